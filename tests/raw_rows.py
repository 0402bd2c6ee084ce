"""What the tables hold as the database has it, nothing opened: what a copy of it tells to whoever has no key."""

import io
import json
from zipfile import BadZipFile, ZipFile

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection


def raw_texts():
    """Every value of every table as a text, after the name of its table and column; workbooks and sessions unpacked."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if isinstance(value, str | bytes | memoryview | dict | list):
                        yield f"{table}.{column}", as_text(column, value)


def as_text(column, value):
    if column == "session_data":
        return json.dumps(SessionStore().decode(value), ensure_ascii=False)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return plain_json(value) if value[:1] in ("{", "[", '"') else value
    content = bytes(value)
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    except BadZipFile:
        return content.decode(errors="replace")


def plain_json(text):
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def places_of(values):
    """Where any of `values` stands in clear: table, column and value."""
    return sorted({(place, each) for place, text in raw_texts() for each in values if each in text})
