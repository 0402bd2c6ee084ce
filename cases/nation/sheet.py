"""Rows on their way to the database: one sheet a table, sent by COPY whenever it is full."""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from io import StringIO
from random import Random

from django.db import connection, models

from cases.models.fields import EncryptedText, KeyedDigest

FULL = 20_000  # rows
MORNING = "10:00+07"


class TableSheet:
    """The rows of one table. A column that is not named has the default of its field; `uid` is drawn from the dice."""

    def __init__(self, cursor, model: type[models.Model], dice: Random) -> None:
        self.cursor, self.dice = cursor, dice
        fields = model._meta.concrete_fields
        self.defaults = {field.attname: spell(_default(field)) for field in fields}
        self.table = model._meta.db_table
        self.columns = ", ".join(f'"{field.column}"' for field in fields)
        self.encrypted = {field.attname: field for field in fields if isinstance(field, EncryptedText)}
        self.digests = [field for field in fields if isinstance(field, KeyedDigest)]
        self.has_uid = "uid" in self.defaults
        self.lines: list[str] = []
        self.last = 0

    def add(self, **values) -> int:
        """Note a row; returns its id, counted from 1."""
        self.last += 1
        row = self.defaults | {"id": f"{self.last}"}
        for name, value in values.items():
            field = self.encrypted.get(name)
            row[name] = spell(field.get_db_prep_save(value, connection) if field else value)
        for digest in self.digests:
            row[digest.attname] = spell(digest.digest(values.get(digest.of)))
        if self.has_uid:
            row["uid"] = f"{self.dice.getrandbits(128):032x}"
        if len(row) != len(self.defaults):
            raise TypeError(f"{self.table} has no column {sorted(row.keys() - self.defaults.keys())}")
        self.lines.append("\t".join(row.values()))
        if len(self.lines) >= FULL:
            self.send()
        return self.last

    def send(self) -> None:
        if self.lines:
            self.cursor.copy_expert(
                f"COPY {self.table} ({self.columns}) FROM STDIN", StringIO("\n".join(self.lines) + "\n")
            )
            self.lines = []


class Sheets:
    """The sheets of all tables, each begun when its first row comes."""

    def __init__(self, cursor, dice: Random) -> None:
        self.cursor, self.dice = cursor, dice
        self.open: dict[type[models.Model], TableSheet] = {}

    def __getitem__(self, model: type[models.Model]) -> TableSheet:
        if model not in self.open:
            self.open[model] = TableSheet(self.cursor, model, self.dice)
        return self.open[model]

    def send(self) -> None:
        for sheet in self.open.values():
            sheet.send()


def spell(value) -> str:
    """A value as COPY reads it; the texts of the nation hold no tab and no line break."""
    if value is None:
        return "\\N"
    if value.__class__ is str:
        return value.replace("\\", "\\\\")
    if value.__class__ is bool:
        return "t" if value else "f"
    return json.dumps(value, ensure_ascii=False).replace("\\", "\\\\") if value.__class__ is dict else str(value)


def _default(field):
    """What a column has that is not named; an empty text where nothing else is said, else nothing."""
    if field.has_default() and not callable(field.default):
        return field.default if isinstance(field.default, bool | int) else str(field.default)
    if field.has_default() and field.default is dict:
        return {}
    return "" if isinstance(field, models.CharField | models.TextField) and not field.null else None


def stamps(by: int, day: date) -> dict:
    """Who recorded a row, on the morning of `day`."""
    at = f"{day} {MORNING}"
    return {"created_at": at, "changed_at": at, "created_by_id": by, "changed_by_id": by}


def days_after(day: date, days: float) -> date:
    return day + timedelta(days=int(days))


def copy_rows(cursor, table: str, rows: Iterable[tuple]) -> None:
    """Send whole rows to a table of one's own."""
    lines = "".join("\t".join(map(spell, row)) + "\n" for row in rows)
    cursor.copy_expert(f"COPY {table} FROM STDIN", StringIO(lines))
