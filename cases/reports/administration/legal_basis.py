"""The words of the law beside the rules that rest on them and the cases that pin them, for the section that checks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cases.law.examples import EXAMPLES, Example
from cases.law.provisions import PROVISIONS, Provision
from cases.law.waiting import RuleSet
from cases.models import RuleVersion
from cases.reports.administration import rule_tables
from cases.reports.administration.rule_tables import BANDS, ROUTES, RuleLine


@dataclass(frozen=True)
class LegalBasis:
    """One provision with what rests on it."""

    provision: Provision
    certainty: str
    lines: list[RuleLine]
    examples: list[Example]


def provisions(rules: RuleSet) -> Iterator[LegalBasis]:
    """Yield each provision in the order of the Code; `rules` is the version in force."""
    lines = [*_waits(rules), *rule_tables.conditions(rules), *rule_tables.clock_numbers(rules)]
    for each in PROVISIONS:
        yield LegalBasis(
            each,
            str(RuleVersion.Certainty(each.certainty).label),
            [line for line in lines if each.is_basis_of(line.source)],
            [example for example in EXAMPLES if example.place == each.place],
        )


def _waits(rules: RuleSet) -> Iterator[RuleLine]:
    for wait in rules.waits:
        name = _("%(route)s, %(penalty)s") % {"route": ROUTES[wait.column], "penalty": BANDS[wait.band]}
        value = rule_tables.months_text(wait.months)
        certainty = str(RuleVersion.Certainty(wait.certainty).label)
        yield RuleLine(name, value, rules.valid_from, wait.legal_basis, certainty)
