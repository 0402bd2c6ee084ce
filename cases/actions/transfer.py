"""The handover of a file between communes: offered or requested, then answered; one open at a time."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.actions import audit, row
from cases.actions import returnee as returnees
from cases.models import Returnee, Transfer, TransferStep, Unit, User

State, Direction = Transfer.State, Transfer.Direction
BEGUN = {Direction.OFFERED: "transfer.proposed", Direction.REQUESTED: "transfer.requested"}


@transaction.atomic
def propose(*, transfer: Transfer, on: date, by: User, vouched: bool = False) -> Transfer:
    """Offer a person to the commune set on `transfer`; the file stays where it is until that commune accepts.

    `on` is today. Raises ValidationError where the file cannot change hands so.
    """
    returnee = lock(transfer)
    return begin(transfer, returnee, Direction.OFFERED, on, by, vouched=vouched)


@row_scope.beyond("the file that is asked for is of another unit")
@transaction.atomic
def request(*, transfer: Transfer, on: date, by: User) -> Transfer:
    """Ask the unit that holds a person for the file: `to_unit` is the commune where the person now lives."""
    returnee = lock(transfer)
    return begin(transfer, returnee, Direction.REQUESTED, on, by)


@transaction.atomic
def accept(
    *, transfer: Transfer, on: date, by: User, sheet_of: Callable[[Returnee, date], dict], vouched: bool = False
) -> Transfer:
    """From `on` the receiving unit holds the person; whoever was asked accepts, an offer as well as a request.

    `sheet_of` writes the handover sheet before the file changes hands. Sent twice, it is done once; raises
    ValidationError where the transfer, the file or a unit has changed meanwhile.
    """
    returnee = lock(transfer)
    if transfer.state == State.ACCEPTED and transfer.accepted_on == on:
        return transfer
    refuse_answered(transfer)
    to_unit = unit_today(transfer.to_unit)
    refuse_unfit(returnee, transfer, to_unit, on)
    if on < transfer.on:
        said = _("The proposed day is %(day)s: accept on that day or later.")
        raise ValidationError({"on": said % {"day": f"{transfer.on:%d/%m/%Y}"}})
    sheet = sheet_of(returnee, on)
    returnees.hand_over(returnee=returnee, to_unit=to_unit, on=on, by=by)
    if transfer.hamlet and transfer.hamlet != returnee.hamlet:
        returnee.hamlet, returnee.address = transfer.hamlet, ""
        row.correct(row=returnee, by=by, vouched=vouched)
    transfer.to_unit, transfer.accepted_on = to_unit, on
    return take_step(transfer, State.ACCEPTED, on, by, sheet=sheet)


@transaction.atomic
def refuse(*, transfer: Transfer, reason: str, on: date, by: User) -> Transfer:
    """Whoever was asked says no, and why."""
    return end(transfer, State.REFUSED, reason, on, by)


@transaction.atomic
def withdraw(*, transfer: Transfer, reason: str, on: date, by: User) -> Transfer:
    """Whoever proposed takes it back."""
    return end(transfer, State.WITHDRAWN, reason, on, by)


def begin(
    transfer: Transfer, returnee: Returnee, direction: Transfer.Direction, on: date, by: User, *, vouched: bool = False
) -> Transfer:
    if known := row.earlier(transfer, vouched=vouched):
        return known
    transfer.direction, transfer.from_unit = direction, returnee.unit.of_today
    refuse_unfit(returnee, transfer, transfer.to_unit, transfer.on)
    if returnee.transfers.filter(state=State.OPEN).exists():
        raise ValidationError(_("A handover of this file is waiting for an answer already."))
    transfer.stamp(by)
    row.validate(transfer, vouched=vouched)
    transfer.save()
    TransferStep(transfer=transfer, kind=TransferStep.Kind.PROPOSED, on=on, by=by, reason=transfer.reason).save()
    audit.record(by=by, verb=BEGUN[direction], target=transfer, after=audit.snapshot(transfer))
    return transfer


def end(transfer: Transfer, state: str, reason: str, on: date, by: User) -> Transfer:
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why.")})
    lock(transfer)
    if transfer.state == state and transfer.steps.latest("pk").reason == reason[:300]:
        return transfer
    refuse_answered(transfer)
    return take_step(transfer, state, on, by, reason=reason[:300])


def take_step(
    transfer: Transfer, state: str, on: date, by: User, *, reason: str = "", sheet: dict | None = None
) -> Transfer:
    transfer.state = state
    transfer.stamp(by).save()
    TransferStep(transfer=transfer, kind=state, on=on, by=by, reason=reason, sheet=sheet).save()
    audit.record(
        by=by,
        verb=f"transfer.{state}",
        target=transfer,
        before={"state": State.OPEN.value},
        after={"state": str(state), "on": f"{on}"},
        reason=reason,
    )
    return transfer


def lock(transfer: Transfer) -> Returnee:
    """The person, locked until the end: every step of any transfer of one person waits here for the one before."""
    returnee = Returnee.objects.select_for_update(no_key=True).get(pk=transfer.returnee_id)
    if not transfer._state.adding:
        transfer.refresh_from_db()
    transfer.returnee = returnee
    return returnee


def unit_today(unit: Unit) -> Unit:
    """The unit of today in the place of `unit`; raises ValidationError where it was divided."""
    if unit.standing is None:
        said = _("%(unit)s was divided meanwhile: take this back and propose it anew, to the right commune.")
        raise ValidationError(said % {"unit": unit.name})
    return unit.standing


def refuse_unfit(returnee: Returnee, transfer: Transfer, to_unit: Unit, on: date) -> None:
    """Raise ValidationError where the file cannot go from the one unit to the other on `on`."""
    if returnee.closed_on or returnee.withdrawn_at:
        raise ValidationError(_("This file was closed meanwhile: it cannot be handed over."))
    if returnee.unit.of_today != transfer.from_unit.of_today:
        raise ValidationError(_("Another commune holds this file meanwhile. Open the page again."))
    if returnee.unit.of_today == to_unit:
        raise ValidationError({"to_unit": _("This commune holds the file already.")})
    since = returnee.placements.get(until__isnull=True).since
    if on <= since:
        said = _("The handover must come after %(day)s.")
        raise ValidationError({"on": said % {"day": f"{since:%d/%m/%Y}"}})
    if not to_unit.is_commune or not to_unit.in_force(on):
        said = _("%(unit)s is no commune in force on %(day)s.")
        raise ValidationError({"to_unit": said % {"unit": to_unit.name, "day": f"{on:%d/%m/%Y}"}})


def refuse_answered(transfer: Transfer) -> None:
    """Two tabs, two people: whoever comes second reads what the first did."""
    if transfer.is_open:
        return
    last = transfer.steps.latest("pk")
    said = _("%(name)s answered this on %(day)s already: %(state)s. Nothing was changed.")
    words = {"name": last.by.full_name, "day": f"{last.on:%d/%m/%Y}", "state": transfer.get_state_display().lower()}
    raise ValidationError(said % words)
