"""What a statement asks of encrypted columns: the database would compare and sort what is never twice the same."""

import re

from django.apps import apps

from cases.models.fields import EncryptedField

MODELS = list(apps.get_app_config("cases").get_models())
COLUMNS = {
    (model._meta.db_table, field.column)
    for model in MODELS
    for field in model._meta.local_concrete_fields
    if isinstance(field, EncryptedField)
}
# Names that no column in clear has: they are known under any alias of their table
ALIASED = {column for _table, column in COLUMNS} - {
    field.column
    for model in MODELS
    for field in model._meta.local_concrete_fields
    if (model._meta.db_table, field.column) not in COLUMNS
}
NAMED = re.compile(r'(?P<table>"\w+"|\b[A-Z]\d+)\."(?P<column>\w+)"')
CLAUSE = re.compile(r"\b(SELECT|FROM|WHERE|ON|ORDER BY|GROUP BY|HAVING)\b")
READ_BEFORE = re.compile(r"(?:SELECT(?: DISTINCT)?|,)\s*$")
READ_AFTER = re.compile(r'(?: AS "\w+")?(?:,| FROM\b|\s*$)')
CLOSED = re.compile(r"\([^()]*\)")
EMPTY = re.compile(r" = ''| IS (?:NOT )?NULL")


def misused(sql):
    """The encrypted columns that a statement does more with than read them, or ask whether there is a value."""
    return sorted(
        {found["column"] for found in NAMED.finditer(sql) if _is_encrypted(found) and not _is_fit(sql, found)}
    )


def _is_encrypted(found):
    return (found["table"].strip('"'), found["column"]) in COLUMNS or found["column"] in ALIASED


def _is_fit(sql, found):
    before, after = sql[: found.start()], sql[found.end() :]
    if EMPTY.match(after):
        return True
    before = _of_its_own(before)
    clause = [each[1] for each in CLAUSE.finditer(before)][-1:]
    rows_apart = f'{found["table"]}."id"' in sql  # grouped or made distinct by their numbers too: each is its own group
    if clause == ["GROUP BY"]:
        return rows_apart
    is_read = clause == ["SELECT"] and READ_BEFORE.search(before) and READ_AFTER.match(after)
    return bool(is_read) and (rows_apart or "SELECT DISTINCT" not in before)


def _of_its_own(before):
    """Of what stands before a column that of its own question, without the brackets that are closed by then."""
    while (shorter := CLOSED.sub("", before)) != before:
        before = shorter
    return before.rpartition("(")[2]
