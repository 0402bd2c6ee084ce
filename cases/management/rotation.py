"""Encrypted values put under the key in use, batch by batch; what is under it already is passed over.

Raw values, by the fields of Django alone: nothing is read or cleaned but what is encrypted. The log is left as it was
written and sealed: the keys of its time stay among FIELD_KEYS as long as it is to be read.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, cast

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import ExpressionWrapper, F

from cases.lib.field_cipher import is_sealed, key_name
from cases.models.field_keys import cipher
from cases.models.fields import EncryptedBytes, EncryptedField, EncryptedJSON, KeyedDigest

AT_ONCE, FILES_AT_ONCE = 500, 10
EncryptedTable = type[models.Model]


def encrypted_fields(model: EncryptedTable) -> list[models.Field]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedField)]


def tables() -> list[EncryptedTable]:
    """The tables that hold something encrypted."""
    return [model for model in apps.get_app_config("cases").get_models() if encrypted_fields(model)]


def rotate(model: EncryptedTable, tell: Callable[[int], None]) -> int:
    """Put every value of a table under the key in use; how many rows were written. `tell` is told of each batch."""
    last, changed = 0, 0
    while True:
        with transaction.atomic():
            rows = list(_batch(model, last, lock=True))
            written = [row for row in rows if _is_old(row)]
            _write(model, written)
        if not rows:
            return changed
        last, changed = rows[-1]["pk"], changed + len(written)
        tell(changed)


def counted_keys(model: EncryptedTable) -> Counter[str]:
    """How many values of a table each key has encrypted; "" counts those that stand in clear."""
    found: Counter[str] = Counter()
    last = 0
    while rows := list(_batch(model, last)):
        last = rows[-1]["pk"]
        found.update(key_name(value) if is_sealed(value) else "" for row in rows for value in _values(row))
    return found


def _batch(model: EncryptedTable, last: int, *, lock: bool = False) -> Any:
    """Rows with the values as they are stored, by "raw_" and the name of the field."""
    raw = {f"raw_{field.name}": ExpressionWrapper(F(field.name), _plain(field)) for field in encrypted_fields(model)}
    rows = model._base_manager.filter(pk__gt=last).order_by("pk")
    rows = rows.select_for_update(no_key=True) if lock and connection.vendor == "postgresql" else rows
    return rows.annotate(**raw).values("pk", *raw)[: FILES_AT_ONCE if _holds_files(model) else AT_ONCE]


def _holds_files(model: EncryptedTable) -> bool:
    return any(isinstance(field, EncryptedBytes) for field in encrypted_fields(model))


def _plain(field: models.Field) -> models.Field:
    if isinstance(field, EncryptedBytes):
        return models.BinaryField()
    return models.JSONField() if isinstance(field, EncryptedJSON) else models.TextField()


def _values(row: dict[str, Any]) -> Iterator[Any]:
    """What of a row is stored and not empty."""
    for name, value in row.items():
        if name != "pk" and value:
            yield bytes(value) if isinstance(value, memoryview) else value


def _is_old(row: dict[str, Any]) -> bool:
    current = cipher().name
    return any(not is_sealed(value) or key_name(value) != current for value in _values(row))


def _write(model: EncryptedTable, rows: list[dict[str, Any]]) -> None:
    """The same values, opened and encrypted anew, with their digests; past the guard of a table that only grows."""
    if not rows:
        return
    pks = [row["pk"] for row in rows]
    names = [field.name for field in encrypted_fields(model)]
    digests = [field for field in model._meta.local_concrete_fields if isinstance(field, KeyedDigest)]
    guard = _guard(model)
    if guard:
        _execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while a check of its rows waits
        _execute(f"ALTER TABLE {guard} DISABLE TRIGGER append_only")
    for told in model._base_manager.filter(pk__in=pks).values("pk", *names):
        pk = told.pop("pk")
        found = {digest.name: digest.digest(told[digest.of]) for digest in digests}
        models.QuerySet(cast(EncryptedTable, model)).filter(pk=pk).update(**told, **found)
    if guard:
        _execute(f"ALTER TABLE {guard} ENABLE TRIGGER append_only")
        _execute("SET CONSTRAINTS ALL DEFERRED")


def _guard(model: EncryptedTable) -> str | None:
    """The table, where PostgreSQL refuses to change its rows."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        asked = "SELECT 1 FROM pg_trigger WHERE tgname = 'append_only' AND tgrelid = %s::regclass"
        cursor.execute(asked, [model._meta.db_table])
        return model._meta.db_table if cursor.fetchone() else None


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
