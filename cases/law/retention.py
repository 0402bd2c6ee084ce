"""How long a file is kept after its ending before the person is anonymised: dated rules, none of them the law's own.

The period of the archive schedule was not found. So no rule comes with the program, and without one nothing is ever
due: whoever enters a period names its source, and a chief confirms each person. For the legal section to confirm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.law.versions import Certainty
from cases.lib.dates import add_months

UNKNOWN = "Chưa tìm được thời hạn lưu trữ; bộ phận pháp chế xác nhận (Luật 91/2025/QH15, danh mục hồ sơ của ngành)"
YEAR = 12


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """Files that ended so are kept `years` after the ending; `warned` months before that they are told of."""

    ending: str
    years: int
    warned: int
    valid_from: date
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class KeptUntil:
    """The rule for a file, the day from which it is told of, and the first day it may be anonymised."""

    rule: RetentionRule
    told_from: date
    due_on: date

    def is_due(self, on: date) -> bool:
        return self.due_on <= on


def rule_of(ending: str, rules: Sequence[RetentionRule], on: date) -> RetentionRule | None:
    """The rule in force on `on` for files that ended so; of one day the one entered last."""
    begun = [rule for rule in rules if rule.ending == ending and rule.valid_from <= on]
    newest = max((rule.valid_from for rule in begun), default=None)
    return next((rule for rule in reversed(begun) if rule.valid_from == newest), None)


def kept_until(ending: str, closed_on: date, rules: Sequence[RetentionRule], on: date) -> KeptUntil | None:
    """Until when a file is kept that ended on `closed_on`; None where no rule says so."""
    rule = rule_of(ending, rules, on)
    if rule is None:
        return None
    due = add_months(closed_on, rule.years * YEAR)
    return KeptUntil(rule, add_months(due, -rule.warned), due)


def latest_ending(rule: RetentionRule, on: date) -> date:
    """The last day on which a file may have ended to be told of on `on`."""
    return add_months(on, rule.warned - rule.years * YEAR)
