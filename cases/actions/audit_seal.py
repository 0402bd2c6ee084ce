"""Sealing the log: a day that is over, unit by unit, with a key that the database does not hold.

Nobody who writes waits for it: the chain is made at night over rows that stand, not while they are written.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from cases.lib import log_chain
from cases.models import AuditEvent, AuditSeal
from cases.models.audit_seal import EDITION, EDITIONS, NO_UNIT, seal_keys, sealed_rows
from cases.models.moment import moment_on

GRACE = timedelta(hours=1)  # what was begun before midnight has ended by then
AT_ONCE = 2000


def seal_all(*, now: datetime) -> Iterator[AuditSeal]:
    """Seal every day that is over and not sealed yet, the oldest first, each in a transaction of its own."""
    last = AuditSeal.objects.of_days().order_by("-day").values_list("day", flat=True).first()
    first = AuditEvent.objects.order_by("at", "pk").values_list("at", flat=True).first()
    if first is None:
        return
    day = last + timedelta(days=1) if last else timezone.localdate(first)
    while (end := moment_on(day + timedelta(days=1))) + GRACE <= now and not _is_still_written(end):
        yield seal_day(day=day)
        day += timedelta(days=1)


def seal_day(*, day: date) -> AuditSeal:
    """Seal the log of one day. Its rows stand, so they are read and marked before anything is written."""
    name, key = next(iter(seal_keys().items()))
    that_day = sealed_rows().filter(at__gte=moment_on(day), at__lt=moment_on(day + timedelta(days=1)))
    units = set(that_day.order_by().values_list("unit_id", flat=True).distinct())
    seals = []
    for unit in sorted(units, key=lambda unit: unit or NO_UNIT):
        rows = that_day.filter(unit_id=unit).order_by("id").iterator(chunk_size=AT_ONCE)
        marks = [log_chain.mark(row, EDITIONS[EDITION]) for row in rows]
        packed = log_chain.pack(marks, len(EDITIONS[EDITION]))
        seals.append(_made(key, name, day, unit or NO_UNIT, len(marks), packed))
    codes = "".join(seal.code for seal in seals).encode()
    whole = _made(key, name, day, None, sum(seal.rows for seal in seals), codes)
    with transaction.atomic():
        AuditSeal.objects.bulk_create([*seals, whole], batch_size=100)
    return whole


def _made(key: bytes, name: str, day: date, unit: int | None, rows: int, marks: bytes) -> AuditSeal:
    before = AuditSeal.objects.filter(unit_id=unit, day__lt=day).order_by("-day").values_list("code", flat=True).first()
    seal = AuditSeal(day=day, unit_id=unit, rows=rows, marks=marks, before=before or "", key=name)
    seal.code = seal.code_with(key)
    return seal


def _is_still_written(end: datetime) -> bool:
    """Whether somebody's transaction that began before `end` is open: it may yet bring rows of that day.

    SQLite has one writer at a time, and none beside the transaction that seals.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND xact_start < %s "
            "AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL)",
            [end],
        )
        return cursor.fetchone()[0]
