"""The way to a cleared record as steps: the period over, or the court asked; evidence; the chief; the file sealed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.law.verdict import Eligibility, Route, Status
from cases.models import CourtApplication, Expungement

OVER = (Status.ELIGIBLE_UNCONFIRMED, Status.MAY_APPLY, Status.EXPUNGED)


@dataclass(frozen=True)
class ClearanceStep:
    label: str
    done: bool
    current: bool = False


def steps(
    answer: Eligibility, evidence: list[Expungement], applications: list[CourtApplication]
) -> list[ClearanceStep]:
    """Each step with whether it is done; the first that is not is the current one. None where no day can be told."""
    if not evidence and answer.due_on is None and answer.status is not Status.EXPUNGED:
        return []
    found, confirmed = bool(evidence), any(each.confirmed_on for each in evidence)
    at_court = any(each.refused_on is None for each in applications)
    begun = found or answer.status is Status.EXPUNGED
    ways = [(_until(answer), begun or answer.status in OVER or (at_court and answer.route is Route.COURT))]
    if answer.route is Route.COURT:
        ways.append((_("Send the application to the court"), begun or at_court))
    ways += [
        (_("The officer brings evidence"), found),
        (_("The chief confirms"), confirmed),
        (_("The file closes and is sealed"), confirmed),
    ]
    now = next((number for number, (_label, done) in enumerate(ways) if not done), None)
    return [ClearanceStep(label, done, number == now) for number, (label, done) in enumerate(ways)]


def _until(answer: Eligibility) -> str:
    if answer.due_on is None:
        return _("Period over")
    day = {"day": f"{answer.due_on:%d/%m/%Y}"}
    if answer.route is Route.COURT:
        return _("May apply from %(day)s") % day
    return _("Period over on %(day)s") % day
