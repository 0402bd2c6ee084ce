"""Which versions of a rule hold on a day, and from one day to another."""

from datetime import date

import pytest

from cases.law.versions import in_force, in_force_between
from cases.law.waiting import RULE_SETS

OLD, NEW = date(2018, 1, 1), date(2025, 7, 1)


class Line:
    """A version by its code alone, in force from a day on."""

    def __init__(self, code, valid_from):
        self.code, self.valid_from, self.valid_to = code, valid_from, None


LINES = [Line("c", date(2026, 1, 1)), Line("a", OLD), Line("b", NEW), Line("b again", NEW)]


@pytest.mark.parametrize(("first", "last", "codes"), [
    (OLD, OLD, ["a"]),
    (OLD, date(2025, 6, 30), ["a"]),
    (OLD, NEW, ["b again", "a"]),
    (date(2025, 6, 30), date(2026, 1, 1), ["c", "b again", "a"]),
    (NEW, date(2026, 1, 1), ["c", "b again"]),
    (date(2000, 1, 1), OLD, ["a"]),
])  # fmt: skip
def test_the_versions_between_two_days_are_told_once_each_the_newest_first(first, last, codes):
    assert [line.code for line in in_force_between(LINES, first, last)] == codes


@pytest.mark.parametrize(("on", "code"), [(date(2000, 1, 1), "a"), (OLD, "a"), (NEW, "b again")])
def test_of_two_from_one_day_the_later_in_the_line_holds(on, code):
    assert in_force(LINES, on).code == code


def test_before_the_first_rules_the_first_hold():
    assert in_force(RULE_SETS, date(1990, 1, 1)) is RULE_SETS[0]
