"""What stands in clear is encrypted where it stands, with the keys of the settings; numbers get their digests.

In batches, each written whole: cut off it goes on where it was, what is encrypted already is left. The log keeps its
seals: those of before are held against the values it tells, not against how they are stored. On SQLite the file is
written anew, so that no free page of it holds what stood there; of PostgreSQL see docs/operations.md.
"""

import json
import re

from django.db import migrations, transaction
from django.db.models import Q

from cases.lib import identity, names
from cases.lib.field_cipher import is_sealed
from cases.models.field_keys import cipher

AT_ONCE, FILES_AT_ONCE = 1000, 10
SHA256_DIGITS = 64
TEXTS = {
    "Returnee": ["identity_number", "old_identity_number", "phone", "household_contact", "household_phone"],
    "GroupMember": ["phone"],
    "ArrivalAnswer": ["phone"],
    "Loan": ["borrower"],
    "Transfer": ["number", "sender_phone"],
}
VALUES = {
    "TransferStep": ["sheet"],
    "ImportRun": ["corrections", "mapping", "notices"],
    "StagedRow": ["cells", "messages", "changes"],
    "QueuedJob": ["arguments"],
}
BYTES = {"ImportRun": ["content"], "PreparedPart": ["content"], "Picture": ["content"]}
DIGESTS = {
    "identity_key": "identity_number",
    "old_identity_key": "old_identity_number",
    "phone_key": "phone",
    "household_phone_key": "household_phone",
}
LOGGED = [
    *("identity_number", "old_identity_number", "phone", "household_contact", "household_phone"),
    *("number", "sender_phone", "borrower"),
]
APPEND_ONLY = ("AuditEvent", "ArrivalAnswer", "TransferStep")  # of which PostgreSQL refuses to change a row


def encrypt_all(apps, schema_editor):
    connection = schema_editor.connection
    for name in TEXTS:
        encrypt_rows(connection, apps.get_model("cases", name), TEXTS[name], seal_text)
    for name in VALUES:
        encrypt_rows(connection, apps.get_model("cases", name), VALUES[name], seal_values)
    for name in BYTES:
        encrypt_rows(connection, apps.get_model("cases", name), BYTES[name], seal_bytes)
    encrypt_rows(connection, apps.get_model("cases", "SentForm"), ["digest"], key_digest)
    encrypt_rows(connection, apps.get_model("cases", "AuditEvent"), ["before", "after"], seal_logged)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def encrypt_rows(connection, model, fields, seal):
    read = [*fields, "full_name", "aliases", "file_number", "search_text"] if model.__name__ == "Returnee" else fields
    last, most = 0, FILES_AT_ONCE if seal is seal_bytes else AT_ONCE
    while True:
        with transaction.atomic(using=connection.alias), Unguarded(connection, model):
            rows = list(rows_after(model, last).using(connection.alias).values("pk", *read)[:most])
            write(connection, model, filter(None, (changed(model, row, fields, seal) for row in rows)))
        if not rows:
            return
        last = rows[-1]["pk"]


def rows_after(model, last):
    rows = model._base_manager.filter(pk__gt=last).order_by("pk")
    if model.__name__ == "AuditEvent":
        rows = rows.filter(Q(before__has_any_keys=LOGGED) | Q(after__has_any_keys=LOGGED))
    return rows


def changed(model, row, fields, seal):
    """What of a row is stored otherwise from now on."""
    found = {}
    for name in fields:
        place = f"{model._meta.db_table}.{name}"
        sealed = seal(row[name], place) if row[name] and not is_sealed(row[name]) else row[name]
        if sealed != row[name]:
            found[name] = sealed
    if model.__name__ == "Returnee":
        found |= {
            digest: cipher().digest(identity.domestic(identity.tidy(row[name])), f"{model._meta.db_table}.{name}")
            for digest, name in DIGESTS.items()
            if name in found
        }
        if found:
            found["search_text"] = text_to_search(row)
    return {"pk": row["pk"], **found} if found else None


def text_to_search(row):
    """The names and the file number, between bars: numbers are no longer among them."""
    others = (part.strip() for part in re.split(r"[,;/\n]", row["aliases"]) if part.strip())
    known = [names.search_key(name) for name in (row["full_name"], *others)]
    known += [identity.tidy(row["file_number"]), row["file_number"]]
    return ("".join(f"| {part} " for part in known if part) + "|")[:400]


def write(connection, model, rows):
    for row in rows:
        model._base_manager.using(connection.alias).filter(pk=row.pop("pk")).update(**row)


def seal_text(value, place):
    return cipher().seal(value, place)


def key_digest(value, place):
    """A digest of what a form said, which anybody could make, becomes one with a key; that is never as long."""
    return cipher().digest(value, place) if len(value) == SHA256_DIGITS else value


def seal_values(value, place):
    return cipher().seal(json.dumps(value, ensure_ascii=False), place)


def seal_bytes(value, place):
    return cipher().seal_bytes(bytes(value), place)


def seal_logged(value, place):
    return {
        key: cipher().seal(each, place) if key in LOGGED and each and isinstance(each, str) and not is_sealed(each) else each
        for key, each in value.items()
    }


class Unguarded:
    """The triggers that refuse a change of a table that only grows are away until the transaction ends."""

    def __init__(self, connection, model):
        self.connection, self.table = connection, model._meta.db_table
        self.is_guarded = model.__name__ in APPEND_ONLY

    def __enter__(self):
        if self.is_guarded and self.connection.vendor == "postgresql":
            self.execute(f"ALTER TABLE {self.table} DISABLE TRIGGER append_only")
        elif self.table == "cases_auditevent":
            self.name = f"{self.table}_never_changed"
            self.made_by = self.execute(f"SELECT sql FROM sqlite_master WHERE name = '{self.name}'").fetchone()[0]
            self.execute(f"DROP TRIGGER {self.name}")

    def __exit__(self, *error):
        if error[0] is not None:
            return  # the transaction takes all of it back
        if self.is_guarded and self.connection.vendor == "postgresql":
            self.execute(f"ALTER TABLE {self.table} ENABLE TRIGGER append_only")
        elif self.table == "cases_auditevent":
            self.execute(self.made_by)

    def execute(self, statement):
        cursor = self.connection.cursor()
        cursor.execute(statement)
        return cursor


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0114_columns_of_what_is_encrypted")]

    operations = [migrations.RunPython(encrypt_all)]
