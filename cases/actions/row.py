"""The three writes every kind of record shares: add once, correct, withdraw."""

import hashlib
import json
from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.actions import audit, verdict
from cases.lib import numbers
from cases.lib.text import UNKNOWN
from cases.models import (
    Anonymisation,
    ArrivalAnswer,
    CourtApplication,
    Crime,
    Judgment,
    Returnee,
    SentForm,
    User,
    Verdict,
)
from cases.models.field_keys import cipher
from cases.models.stamped import CaseRow, Stamped, Withdrawable

Row = TypeVar("Row", bound=Stamped)
CorrectedRow = TypeVar("CorrectedRow", bound=models.Model)
Sent = TypeVar("Sent", bound=Stamped | ArrivalAnswer)  # what a form makes bears the form's uid
Withdrawn = TypeVar("Withdrawn", bound=CaseRow)

AT_ONCE = 2000  # rows written with one question to the database
CAUSES: dict[type[CaseRow], Verdict.Cause] = {  # what the clean-record clock is built on
    Judgment: Verdict.Cause.JUDGMENT,
    Crime: Verdict.Cause.CRIME,
    CourtApplication: Verdict.Cause.COURT,
}


def validate(
    row: models.Model,
    exclude: tuple[str, ...] = ("created_by", "changed_by"),
    kept: Iterable[str] = (),
    *,
    vouched: bool = False,
) -> None:
    """Raise ValidationError where the row is not valid.

    Fields that are `kept` as they were pass on their own; the rules between fields hold for them too.
    """
    if vouched:
        return
    row.full_clean(exclude=[*exclude, *kept], validate_constraints=False)
    row.validate_constraints(exclude=list(exclude))


class SentBeforeError(ValidationError):
    """A form says something else than what it recorded: `row` is what stands, `again` whether both can stand."""

    def __init__(self, row: models.Model, *, again: bool = True) -> None:
        super().__init__(_("This form was recorded before; what stands in it now is not recorded."), code="sent_before")
        self.row, self.again = row, again


def earlier(row: Sent, *parts: object, vouched: bool = False) -> Sent | None:
    """The row that the same form made before, when it is sent twice; None where it is sent for the first time.

    `row` and `parts` are what the form says, before anything is derived from it. Raises SentBeforeError where it says
    something else than when it was recorded, or its row was withdrawn since.
    """
    if vouched:
        return None
    wait_for_the_same(row.uid)
    # The manager of one of two kinds no longer tells which of them it is of.
    with row_scope.beyond("a form is recorded once, wherever the file is by now"):
        known = cast("Sent | None", type(row)._default_manager.filter(uid=row.uid).first())
    known_digests = digests(row, *parts)
    form = SentForm(uid=row.uid, target_type=audit.noun(row), digest=known_digests[0])
    if known is None:
        SentForm.objects.bulk_create([form], ignore_conflicts=True)
        return None
    same = SentForm.objects.filter(uid=form.uid, target_type=form.target_type, digest__in=known_digests).exists()
    if not same or getattr(known, "withdrawn_at", None):
        raise SentBeforeError(known)
    return known


def was_sent(uid: UUID, kind: str, *said: object) -> bool:
    """Whether a form that makes no row of its own, only changes one, was sent before; noted where it was not.

    `kind` stands for the noun of a row. Raises ValidationError where the same form said something else.
    """
    wait_for_the_same(uid)
    known = _digests(list(said))
    form = SentForm(uid=uid, target_type=kind, digest=known[0])
    if SentForm.objects.filter(uid=uid, target_type=kind, digest__in=known).exists():
        return True
    if SentForm.objects.filter(uid=uid, target_type=kind).exists():
        said_before = _("This form was recorded before; what stands in it now is not recorded.")
        raise ValidationError(said_before, code="sent_before")
    form.save()
    return False


def digests(row: models.Model, *parts: object) -> list[str]:
    """What is kept of what a row and its parts say: a keyed digest, with each of the keys, the one in use first."""
    return _digests([audit.snapshot(row), *parts])


def _digests(said: list[object]) -> list[str]:
    """With a key: whoever has the database alone could try every telephone until the digest is that one."""
    whole = hashlib.sha256(json.dumps(said, default=_plain, sort_keys=True).encode()).hexdigest()
    return cipher().digests(whole, f"{SentForm._meta.db_table}.digest")


def _plain(value: object) -> object:
    """A part in values that json knows; a row that is stored by its id."""
    if isinstance(value, models.Model):
        return audit.snapshot(value) if value._state.adding else value.pk
    return list(value) if isinstance(value, Iterable) else str(value)


def refuse_forgotten(row: models.Model) -> None:
    """Raise ValidationError where the row is about somebody who was anonymised: nothing is written of them any more."""
    person = audit.person_of(row)
    if person and person.closed_on and Anonymisation.objects.filter(returnee=person.pk).exists():
        raise ValidationError(_("This person was anonymised: nothing is recorded of them any more."), code="anonymised")


def refuse_other(known: models.Model, row: models.Model, besides: tuple[str, ...] = ()) -> None:
    """Raise SentBeforeError where `row`, `besides` aside, says something else than `known`, which stands once."""
    before, now = audit.snapshot(known), audit.snapshot(row)
    if any(before[name] != now[name] for name in now if name not in besides):
        raise SentBeforeError(known, again=False)


def refuse_more(known: models.Model, **typed: object) -> None:
    """Raise ValidationError where a step that was taken already is sent again with other words."""
    other = [name for name, value in typed.items() if (getattr(known, name) or "") != (value or "")]
    if other:
        said = _("This was recorded already, with “%(value)s”. Nothing was changed: open the page again.")
        raise ValidationError({name: said % {"value": _shown(known, name)} for name in other})


def _shown(row: models.Model, name: str) -> str:
    """The value of a field as pages show it; "—" where nothing stands."""
    value = getattr(row, name)
    if isinstance(value, int):
        return numbers.group(value)
    display = getattr(row, f"get_{name}_display", None)
    return str(display() if display else value) or UNKNOWN


def wait_for_the_same(uid: UUID) -> None:
    """A double tap: the second of two forms with one `uid` waits here until the first is saved.

    In SQLite each write waits for the one before it anyway.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [UUID(str(uid)).int >> 65])  # a lock has 63 bits


def wait_for_alike(model: type[models.Model], about: Iterable[int]) -> None:
    """Two who record the same about somebody at one moment: the second waits here, and is asked about the first.

    It holds until the transaction ends. In SQLite each write waits for the one before it anyway.
    """
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return
    names = {f"{model._meta.model_name}:{pk}" for pk in about}
    keys = [int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True) for name in names]
    with connection.cursor() as cursor:  # in one order, so that nobody waits for each other
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM (SELECT unnest(%s::bigint[]) AS key ORDER BY 1) AS ordered", [keys]
        )


@transaction.atomic
def add(
    *,
    row: Row,
    by: User,
    verb: str | None = None,
    checked: bool = False,
    parts: tuple[Any, ...] = (),
    vouched: bool = False,
) -> Row:
    """Save a new row and audit it; the row that the same form made before is returned instead (see `earlier`).

    `checked` says that a form has validated the row; else it is validated here.
    """
    if known := earlier(row, *parts, vouched=vouched):
        return known
    refuse_forgotten(row)
    row.stamp(by)
    if not checked:
        validate(row, vouched=vouched)
    row.save()
    audit.record(by=by, verb=verb or f"{audit.noun(row)}.added", target=row, after=audit.snapshot(row))
    return row


@transaction.atomic
def add_many(*, rows: list[Row], by: User, verb: str) -> list[Row]:
    """Save many new rows of one kind, each with its audit row; their maker answers for them.

    For kinds without a `save` of their own.
    """
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        type(some[0])._default_manager.bulk_create([row.stamp(by) for row in some])
        audit.record_all([audit.event(by=by, verb=verb, target=row, after=audit.snapshot(row)) for row in some])
    return rows


@transaction.atomic
def correct(
    *,
    row: CorrectedRow,
    by: User,
    verb: str | None = None,
    reason: str = "",
    people: Iterable[Returnee] = (),
    vouched: bool = False,
) -> CorrectedRow:
    """Save a changed row; the audit keeps the values that differ. Nothing is written where nothing changed.

    `people`: whom a row about several is about; the audit tells it of each.
    """
    stored = type(row)._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    before, after = audit.snapshot(stored), audit.snapshot(row)
    if before == after:
        return row
    refuse_forgotten(stored if isinstance(stored, Returnee) else row)
    if isinstance(row, Stamped):
        row.stamp(by)
    validate(row, kept=days_kept(row, stored), vouched=vouched)
    row.save()
    done = partial(audit.event, by=by, verb=verb or f"{audit.noun(row)}.corrected", target=row, reason=reason)
    audit.record_all([done(before=before, after=after, returnee=person) for person in people or (None,)])
    return row


def days_kept(row: models.Model, stored: models.Model) -> list[str]:
    """The days a correction leaves alone: one that was stored before it had its limits stops nothing else."""
    days = [field.name for field in row._meta.fields if isinstance(field, models.DateField)]
    return [name for name in days if getattr(row, name) == getattr(stored, name)]


def mark_withdrawn(row: Withdrawable, *, by: User, reason: str) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = timezone.now(), by, reason[:300]


@transaction.atomic
def withdraw(
    *, row: Withdrawn, by: User, reason: str, people: Iterable[Returnee] = (), vouched: bool = False
) -> Withdrawn:
    """Take a wrong record back: it stays, marked, and counts nowhere. Raises ValidationError without a reason,
    and where it was taken back for another reason.

    `people` as in `correct`.
    """
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why the record is withdrawn.")})
    stored = type(row)._base_manager.select_for_update(no_key=True).get(pk=row.pk)
    if stored.withdrawn_at:
        refuse_more(stored, withdrawn_reason=reason[:300])
        return stored
    mark_withdrawn(row, by=by, reason=reason)
    row.stamp(by).save()
    done = partial(audit.event, by=by, verb=f"{audit.noun(row)}.withdrawn", target=row, reason=reason)
    audit.record_all([done(returnee=person) for person in people or (None,)])
    if type(row) in CAUSES and (person := audit.person_of(row)):
        verdict.recompute(returnee=person, by=by, cause=CAUSES[type(row)], vouched=vouched)
    return row
