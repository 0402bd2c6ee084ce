"""The three writes every kind of record shares: add once, correct, withdraw."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import audit, verdict
from cases.actions.vouching import is_vouched
from cases.models import CourtApplication, Crime, Judgment, Returnee, User, Verdict

Row = TypeVar("Row", bound=models.Model)

AT_ONCE = 2000  # rows written with one question to the database
CAUSES = {  # what the clean-record clock is built on
    Judgment: Verdict.Cause.JUDGMENT,
    Crime: Verdict.Cause.CRIME,
    CourtApplication: Verdict.Cause.COURT,
}


def validate(row: models.Model, exclude: tuple[str, ...] = ("created_by", "changed_by")) -> None:
    """Raise ValidationError where the row is not valid."""
    if not is_vouched():
        row.full_clean(exclude=list(exclude))


def earlier(row: Row) -> Row | None:
    """The row that the same form made before, when it is sent twice."""
    if is_vouched():
        return None
    wait_for_the_same(row.uid)
    return type(row)._default_manager.filter(uid=row.uid).first()


def wait_for_the_same(uid: UUID) -> None:
    """A double tap: the second of two forms with one `uid` waits here until the first is saved.

    In SQLite each write waits for the one before it anyway.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [UUID(str(uid)).int >> 65])  # a lock has 63 bits


@transaction.atomic
def add(*, row: Row, by: User, verb: str | None = None, checked: bool = False) -> Row:
    """Save a new row and audit it; a row whose client-made `uid` is already there is returned instead.

    `checked` says that a form has validated the row; else it is validated here.
    """
    if known := earlier(row):
        return known
    row.stamp(by)
    if not checked:
        validate(row)
    row.save()
    audit.record(by=by, verb=verb or f"{row._meta.model_name}.added", target=row, after=audit.snapshot(row))
    return row


@transaction.atomic
def add_many(*, rows: list[Row], by: User, verb: str) -> list[Row]:
    """Save many new rows of one kind, each with its audit row; their maker answers for them (see `vouching`).

    For kinds without a `save` of their own.
    """
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        type(some[0])._default_manager.bulk_create([row.stamp(by) for row in some])
        audit.record_all([audit.event(by=by, verb=verb, target=row, after=audit.snapshot(row)) for row in some])
    return rows


@transaction.atomic
def correct(*, row: Row, by: User, verb: str | None = None, reason: str = "", people: Iterable[Returnee] = ()) -> Row:
    """Save a changed row; the audit keeps the values that differ. Nothing is written where nothing changed.

    `people`: whom a row about several is about; the audit tells it of each.
    """
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    before, after = audit.snapshot(stored), audit.snapshot(row)
    if before == after:
        return row
    row.stamp(by)
    validate(row)
    row.save()
    done = {"by": by, "verb": verb or f"{row._meta.model_name}.corrected", "target": row, "reason": reason}
    audit.record_all([audit.event(**done, before=before, after=after, returnee=person) for person in people or (None,)])
    return row


def mark_withdrawn(row: models.Model, *, by: User, reason: str) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = timezone.now(), by, reason[:300]


@transaction.atomic
def withdraw(*, row: Row, by: User, reason: str, people: Iterable[Returnee] = ()) -> Row:
    """Take a wrong record back: it stays, marked, and counts nowhere. Raises ValidationError without a reason.

    `people` as in `correct`.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why the record is withdrawn.")})
    if row.withdrawn_at:
        return row
    mark_withdrawn(row, by=by, reason=reason)
    row.stamp(by).save()
    done = {"by": by, "verb": f"{row._meta.model_name}.withdrawn", "target": row, "reason": reason}
    audit.record_all([audit.event(**done, returnee=person) for person in people or (None,)])
    if type(row) in CAUSES:
        verdict.recompute(returnee=row.returnee, by=by, cause=CAUSES[type(row)])
    return row
