"""The proof that the log is whole: every seal is made anew with its key, every sealed row is held against its mark."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from cases.lib import log_chain
from cases.models import AuditEvent, AuditSeal, Erasure
from cases.models.audit_event import AuditQuerySet
from cases.models.audit_seal import EDITIONS, NO_UNIT, seal_keys
from cases.models.moment import moment_on

TABLES = (AuditEvent._meta.db_table, AuditSeal._meta.db_table, Erasure._meta.db_table)
ERASABLE = {"label", "before", "after", "before_stored", "after_stored", "reason"}  # where a row names people
GUARDS_ON_SQLITE = {f"{table}_never_{done}" for table in TABLES for done in ("changed", "deleted")}
AT_ONCE = 2000


@dataclass(frozen=True)
class Break:
    """A place where the log is not what was sealed.

    `kind`: "changed" (a row; `columns` says where), "missing", "added" (after its day was sealed), "seal_changed",
    "seal_missing", "key_unknown" (`row` is none), "guard_missing" (`columns` names the table or trigger).
    """

    kind: str
    day: date | None = None
    unit: int | None = None
    row: int | None = None
    columns: tuple[str, ...] = ()


@dataclass
class SealProgress:
    """How far the log is sealed: filled in while `breaks` runs."""

    days: int = 0
    rows: int = 0
    erased: int = 0  # rows of which a name was taken out, with a receipt that is true
    last: AuditSeal | None = None
    codes: dict[date, str] = field(default_factory=dict)

    def unsealed(self) -> int:
        """Rows written since the last day that is sealed."""
        after = {"at__gte": moment_on(self.last.day + timedelta(days=1))} if self.last else {}
        return AuditEvent.objects.filter(**after).count()


def breaks(progress: SealProgress, since: date | None = None) -> Iterator[Break]:
    """Every break, the oldest first; rows of days before `since` are not read, their seals are."""
    yield from _missing_guards()
    keys, before = seal_keys(), None
    for seal in AuditSeal.objects.of_days().order_by("day").iterator(chunk_size=100):
        if before is None:
            yield from _strangers(at__lt=moment_on(seal.day))
        yield from _day_breaks(seal, before, keys, since, progress)
        before = progress.last = seal
        progress.days, progress.rows = progress.days + 1, progress.rows + seal.rows
        progress.codes[seal.day] = seal.short


def _missing_guards() -> Iterator[Break]:
    """Triggers that refuse to change the log, gone or switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE tgname = 'append_only' AND tgenabled IN ('O', 'A')"
            )
            expected = set(TABLES)
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            expected = GUARDS_ON_SQLITE
        there = {name for (name,) in cursor.fetchall()}
    for name in sorted(expected - there):
        yield Break("guard_missing", columns=(name,))


def _day_breaks(
    day: AuditSeal, before: AuditSeal | None, keys: dict[str, bytes], since: date | None, progress: SealProgress
) -> Iterator[Break]:
    if before:
        for gone in range(1, (day.day - before.day).days):
            yield Break("seal_missing", before.day + timedelta(days=gone))
    yield from _seal_breaks(day, before.code if before else "", keys)
    units = list(AuditSeal.objects.filter(day=day.day).exclude(unit_id=None).order_by("unit_id"))
    if "".join(seal.code for seal in units).encode() != bytes(day.marks):
        yield Break("seal_missing" if len(units) * 64 < len(day.marks) else "seal_changed", day.day)
    for seal in units:
        yield from _seal_breaks(seal, _code_before(seal), keys)
        if since is None or day.day >= since:
            yield from _row_breaks(seal, progress)
    if since is None or day.day >= since:
        sealed = [seal.unit_id for seal in units if seal.unit_id != NO_UNIT]
        others = _of_day(day.day).exclude(unit_id__in=sealed)
        others = others.exclude(unit_id=None) if any(seal.unit_id == NO_UNIT for seal in units) else others
        for row, unit in others.order_by("pk").values_list("pk", "unit_id"):
            yield Break("added", day.day, unit or NO_UNIT, row)


def _code_before(seal: AuditSeal) -> str:
    earlier = AuditSeal.objects.filter(unit_id=seal.unit_id, day__lt=seal.day).order_by("-day")
    return earlier.values_list("code", flat=True).first() or ""


def _seal_breaks(seal: AuditSeal, before: str, keys: dict[str, bytes]) -> Iterator[Break]:
    """A seal that its key does not make so, or that does not follow the one before."""
    if seal.key not in keys:
        yield Break("key_unknown", seal.day, seal.unit_id, columns=(seal.key,))
    elif seal.code_with(keys[seal.key]) != seal.code:
        yield Break("seal_changed", seal.day, seal.unit_id)
    if seal.before != before:
        yield Break("seal_missing", seal.day, seal.unit_id)


def _of_day(day: date) -> AuditQuerySet:
    return AuditEvent.objects.filter(at__gte=moment_on(day), at__lt=moment_on(day + timedelta(days=1)))


def _row_breaks(seal: AuditSeal, progress: SealProgress) -> Iterator[Break]:
    """The rows of a unit on a day against their marks, both in the order of their numbers."""
    columns, unit = seal.columns, None if seal.unit_id == NO_UNIT else seal.unit_id
    sealed = _of_day(seal.day).filter(unit_id=unit).order_by("pk").as_stored()
    rows = sealed.values("id", *columns).iterator(chunk_size=AT_ONCE)
    try:
        marks = log_chain.unpack(bytes(seal.marks), len(columns))
        row = next(rows, None)
        for mark in marks:
            while row and row["id"] < mark.id:
                yield Break("added", seal.day, seal.unit_id, row["id"])
                row = next(rows, None)
            if row is None or row["id"] > mark.id:
                yield _gone(seal, mark)
                continue
            changed = log_chain.changed_columns(mark, row, columns)
            if changed is not None and _is_erased(row, changed):
                progress.erased += 1
            elif changed is not None:
                yield Break("changed", seal.day, seal.unit_id, mark.id, _told(changed))
            row = next(rows, None)
    except ValueError:
        yield Break("seal_changed", seal.day, seal.unit_id)
        return
    while row:
        yield Break("added", seal.day, seal.unit_id, row["id"])
        row = next(rows, None)


def _told(columns: Iterable[str]) -> tuple[str, ...]:
    """The columns by their names in the table."""
    return tuple(name.removesuffix("_stored") for name in columns)


def _is_erased(row: dict[str, Any], changed: list[str]) -> bool:
    """Whether a row differs from its mark only where people are named, and as the receipt for it says."""
    if not set(changed) <= ERASABLE:
        return False
    receipt = Erasure.objects.newest("auditevent", row["id"])
    if receipt is None:
        return False
    columns = EDITIONS[receipt.edition]
    if not row.keys() >= set(columns):  # sealed as one edition, erased as another
        row = AuditEvent.objects.filter(pk=row["id"]).as_stored().values("id", *columns).get()
    return receipt.is_true(log_chain.digest(row, columns))


def _gone(seal: AuditSeal, mark: log_chain.RowMark) -> Break:
    """A row that is not among those of its unit and day: moved to another one, or removed."""
    row = AuditEvent.objects.filter(pk=mark.id).as_stored().values("id", *seal.columns).first()
    changed = row and log_chain.changed_columns(mark, row, seal.columns)
    return Break("changed" if row else "missing", seal.day, seal.unit_id, mark.id, _told(changed or ()))


def _strangers(**where: Any) -> Iterator[Break]:
    for row, unit in AuditEvent.objects.filter(**where).order_by("pk").values_list("pk", "unit_id"):
        yield Break("added", None, unit or NO_UNIT, row)
