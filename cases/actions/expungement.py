from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import returnee as returnees
from cases.actions import row
from cases.actions.vouching import is_vouched
from cases.models import Expungement, Returnee, User, Verdict
from cases.models.law_facts import verdict_of

COURT = Expungement.Evidence.COURT_DECISION


def is_borne_out(status: str, evidence: str) -> bool:
    """Whether the clock agrees with the evidence: automatic and over, or over and decided by the court."""
    if status == Verdict.Status.MAY_APPLY:
        return evidence == COURT
    return status in (Verdict.Status.ELIGIBLE, Verdict.Status.EXPUNGED)


def check(expungement: Expungement, on: date) -> None:
    """Raises ValidationError where the clock does not agree and nobody has said why it is cleared all the same."""
    if is_vouched() or expungement.reason.strip():
        return
    status = Verdict.Status(verdict_of(expungement.returnee, on).status)
    if not is_borne_out(status, expungement.evidence):
        told = _("The clock says: %(status)s. Write the reason for which the record counts as cleared all the same.")
        raise ValidationError({"reason": told % {"status": status.label.lower()}})


@transaction.atomic
def bring_evidence(*, expungement: Expungement, by: User, on: date | None = None) -> Expungement:
    """Record the evidence that a record is cleared, for the chief to confirm; with what the clock said last."""
    check(expungement, on or timezone.localdate())
    if not is_vouched():
        expungement.verdict = Verdict.objects.filter(returnee=expungement.returnee).first()
    return row.add(row=expungement, by=by, verb="expungement.evidence")


@transaction.atomic
def confirm(*, expungement: Expungement, on: date, by: User) -> Expungement:
    """The chief confirms the evidence; the file ends on `on`, unless it has ended before.

    Facts may have changed since the evidence came: the clock is asked again.
    """
    if expungement.confirmed_on:
        return expungement
    check(expungement, on)
    expungement.confirmed_by, expungement.confirmed_on = by, on
    row.correct(row=expungement, by=by, verb="expungement.confirmed")
    if expungement.returnee.closed_on is None:
        returnees.close(returnee=expungement.returnee, on=on, reason=Returnee.CloseReason.EXPUNGED, by=by)
    return expungement
