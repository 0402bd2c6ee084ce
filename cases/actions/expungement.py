from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import returnee as returnees
from cases.actions import row
from cases.actions import verdict as verdicts
from cases.models import Expungement, Returnee, User, Verdict
from cases.models.law_facts import expunge_by_court, facts_of, judgments_of, not_entered, verdict_of

COURT = Expungement.Evidence.COURT_DECISION
CLEARED = (Verdict.Status.ELIGIBLE, Verdict.Status.EXPUNGED)


def refuse_unready(expungement: Expungement, on: date, *, vouched: bool = False) -> None:
    """Raises ValidationError where the clock does not agree, or the evidence is older than the day of which it should
    speak, and nobody has said why it is cleared all the same.

    A conviction without its judgment on file stops everybody: no reason stands in for it.
    """
    if vouched:
        return
    case = facts_of([expungement.returnee_id])[expungement.returnee_id]
    if missing := not_entered(case):
        told = _("Convicted of an act of %(day)s, but that judgment is not on file: enter the judgment first.")
        raise ValidationError([told % {"day": f"{day:%d/%m/%Y}"} for day in missing])
    if expungement.reason.strip():
        return
    answer = verdict_of(expunge_by_court(case, expungement.evidence_on) if expungement.evidence == COURT else case, on)
    if answer.status not in CLEARED:
        told = _("The clock says: %(status)s. Write the reason for which the record counts as cleared all the same.")
        raise ValidationError({"reason": told % {"status": Verdict.Status(answer.status).label.lower()}})
    if expungement.evidence != COURT and answer.due_on and expungement.evidence_on < answer.due_on:
        told = _("Dated before %(day)s, the day of eligibility: bring newer evidence, or write why this one counts.")
        raise ValidationError({"reason": told % {"day": f"{answer.due_on:%d/%m/%Y}"}})


@transaction.atomic
def bring_evidence(*, expungement: Expungement, by: User, on: date | None = None, vouched: bool = False) -> Expungement:
    """Record the evidence that a record is cleared, for another to confirm; with what the clock said last."""
    if earlier := row.earlier(expungement, vouched=vouched):
        return earlier
    refuse_unready(expungement, on or timezone.localdate(), vouched=vouched)
    if not vouched:
        expungement.verdict = Verdict.objects.filter(returnee=expungement.returnee).first()
    return row.add(row=expungement, by=by, verb="expungement.evidence", vouched=vouched)


@transaction.atomic
def confirm(*, expungement: Expungement, on: date, by: User, vouched: bool = False) -> Expungement:
    """Another than who brought it confirms the evidence; the file ends on `on` and is sealed, unless it ended before.

    Facts may have changed since the evidence came: the clock is asked again.
    """
    stored = Expungement.objects.select_for_update(no_key=True, of=("self",)).get(pk=expungement.pk)
    if stored.confirmed_on:
        return stored
    check_confirmer(expungement, by, vouched=vouched)
    if expungement.evidence == Expungement.Evidence.REGISTER:
        raise ValidationError(_("An old register is no evidence: name the paper that says so."))
    refuse_unready(expungement, on, vouched=vouched)
    expungement.confirmed_by, expungement.confirmed_on = by, on
    row.correct(row=expungement, by=by, verb="expungement.confirmed", vouched=vouched)
    if expungement.evidence == COURT:
        keep_decision(expungement, by, vouched=vouched)
    if expungement.returnee.closed_on is None:
        returnees.close(
            returnee=expungement.returnee, on=on, reason=Returnee.CloseReason.EXPUNGED, by=by, vouched=vouched
        )
    return expungement


@dataclass(frozen=True)
class ClearancePaper:
    """What says that the records of several people are cleared; `reason` for those whose clock does not say so."""

    evidence: str
    evidence_on: date
    reference: str
    reason: str = ""


class ListRefusedError(ValidationError):
    """`refused`: id of each evidence that cannot be confirmed, and why."""

    def __init__(self, refused: dict[int, list[str]]) -> None:
        super().__init__(_("Nothing was confirmed: see what is said below, take these out or write the reason."))
        self.refused = refused


@transaction.atomic
def confirm_list(
    *, expungements: Iterable[Expungement], paper: ClearancePaper, on: date, by: User
) -> list[Expungement]:
    """Confirm what old registers say of many people with one paper: all of them, or nobody. Raises ListRefusedError.

    Whoever was confirmed already, by a form sent twice, is passed over.
    """
    confirmed, refused = [], {}
    for each in expungements:
        try:
            with transaction.atomic():
                confirmed.append(confirm(expungement=_on_paper(each, paper, on), on=on, by=by))
        except ValidationError as error:
            refused[each.pk] = error.messages
    if refused:
        raise ListRefusedError(refused)
    return confirmed


def _on_paper(expungement: Expungement, paper: ClearancePaper, on: date) -> Expungement:
    expungement.evidence, expungement.evidence_on = paper.evidence, paper.evidence_on
    expungement.reference, expungement.reason = paper.reference, ""
    try:
        refuse_unready(expungement, on)
    except ValidationError:
        expungement.reason = paper.reason
    return expungement


def check_confirmer(expungement: Expungement, by: User, *, vouched: bool = False) -> None:
    if vouched or Expungement.objects.confirmable_by(by).filter(pk=expungement.pk).exists():
        return
    if expungement.created_by_id == by.pk:
        raise ValidationError(_("Whoever brought the evidence cannot confirm it: somebody else has to."))
    raise ValidationError(_("This evidence is confirmed by the chief of the commune, unless the chief brought it."))


def keep_decision(expungement: Expungement, by: User, *, vouched: bool = False) -> None:
    """Write the court's decision into the judgments whose record it clears, and let the clock know."""
    case = facts_of([expungement.returnee_id])[expungement.returnee_id]
    judgments = judgments_of(expungement.returnee)
    for conviction in expunge_by_court(case, expungement.evidence_on).convictions or ():
        judgment = judgments[conviction.id]
        judgment.clearance_decision_on = conviction.court_decision_on
        row.correct(row=judgment, by=by, vouched=vouched)
    verdicts.recompute(returnee=expungement.returnee, by=by, cause=Verdict.Cause.JUDGMENT, vouched=vouched)


@transaction.atomic
def take_back(*, returnee: Returnee, by: User, reason: str) -> Returnee:
    """Open a sealed file whose record was not cleared after all: the evidence goes, and what it had written."""
    for evidence in Expungement.objects.confirmed().filter(returnee=returnee):
        if evidence.evidence == COURT:
            _drop_decision(evidence, by)
        row.withdraw(row=evidence, by=by, reason=reason)
    returnees.reopen(returnee=returnee, by=by, reason=reason)
    verdicts.recompute(returnee=returnee, by=by, cause=Verdict.Cause.JUDGMENT)
    return returnee


def _drop_decision(evidence: Expungement, by: User) -> None:
    for judgment in judgments_of(evidence.returnee).values():
        if judgment.clearance_decision_on == evidence.evidence_on:
            judgment.clearance_decision_on = None
            row.correct(row=judgment, by=by)
