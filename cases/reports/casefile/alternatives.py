"""Where something is unknown: between which days the answer lies, what to ask first and where, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.law import deciding
from cases.law.bounds import NO_BOUNDS, Bounds
from cases.law.deciding import FoundAt
from cases.law.facts import CaseFacts
from cases.law.verdict import Eligibility
from cases.law.waiting import RuleSet

WHERE = {
    FoundAt.PRISON_NOTICE: gettext_lazy("the prison's notice or the certificate"),
    FoundAt.JUDGMENT: gettext_lazy("the judgment"),
    FoundAt.ENFORCEMENT_OFFICE: gettext_lazy("the civil judgment enforcement office"),
    FoundAt.EXECUTION_BODY: gettext_lazy("the body that executes the additional penalty"),
    FoundAt.IDENTITY_PAPERS: gettext_lazy("the identity papers or the population database"),
}


@dataclass(frozen=True)
class Alternatives:
    """`answers`: what may be found, and what then follows."""

    between: str
    ask: str
    where: str
    answers: list[tuple[str, str]]


def build(facts: CaseFacts, answer: Eligibility, on: date, rules: Sequence[RuleSet]) -> Alternatives | None:
    """What the tab shows of a case with unknown facts; None where nothing is unknown, or it contradicts itself."""
    decides = answer.decides
    if decides is None or answer.bounds == NO_BOUNDS:
        return None
    found = next((each for each in deciding.unknown_facts(facts, on, rules) if each.field == decides.field), None)
    answers = deciding.alternatives(found, on, rules) if found else []
    told = [(words, bounds_in_words(bounds)) for words, bounds in answers]
    return Alternatives(bounds_in_words(answer.bounds), decides.text, str(WHERE[decides.where]), told)


def bounds_in_words(bounds: Bounds) -> str:
    """The ends in one clause; both ends are days that are possible."""
    days = {"first": _day(bounds.earliest), "last": _day(bounds.latest)}
    if bounds.earliest is None:
        return _("no criminal record") if bounds.no_record else _("no day can be told")
    if bounds.latest is None:
        told = _("not before %(first)s, no last day known") % days
    elif bounds.latest == bounds.earliest:
        told = _("on %(first)s") % days
    else:
        told = _("between %(first)s and %(last)s") % days
    return _("%(told)s, or no criminal record at all") % {"told": told} if bounds.no_record else told


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
