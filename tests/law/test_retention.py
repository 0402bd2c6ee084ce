"""How long a file is kept: by a dated rule for its ending, and never by a guess."""

from dataclasses import replace

import pytest

from cases.law.retention import RetentionRule, kept_until, latest_ending, rule_of
from cases.law.versions import Certainty
from tests.law.cases import day

TEN_YEARS = RetentionRule("expunged", 10, 6, day("01/01/2026"), "Danh mục hồ sơ", Certainty.UNVERIFIED)
FIVE_YEARS = replace(TEN_YEARS, years=5, valid_from=day("01/07/2026"))
DEATH = replace(TEN_YEARS, ending="died", years=20)
RULES = (TEN_YEARS, FIVE_YEARS, DEATH)


@pytest.mark.parametrize(
    ("ending", "on", "rule"),
    [
        ("expunged", "31/12/2025", None),
        ("expunged", "01/01/2026", TEN_YEARS),
        ("expunged", "30/06/2026", TEN_YEARS),
        ("expunged", "01/07/2026", FIVE_YEARS),
        ("died", "01/07/2026", DEATH),
        ("moved", "01/07/2026", None),
    ],
)
def test_a_file_is_kept_by_the_rule_for_its_ending_in_force_on_the_day(ending, on, rule):
    assert rule_of(ending, RULES, day(on)) == rule


def test_of_two_rules_of_one_day_the_one_entered_last_holds():
    corrected = replace(FIVE_YEARS, years=7)

    assert rule_of("expunged", (*RULES, corrected), day("01/07/2026")) == corrected


def test_it_is_told_of_before_it_is_due_and_due_on_the_very_day():
    kept = kept_until("expunged", day("15/03/2026"), RULES, day("01/06/2026"))

    assert (kept.told_from, kept.due_on, kept.rule) == (day("15/09/2035"), day("15/03/2036"), TEN_YEARS)
    assert (kept.is_due(day("14/03/2036")), kept.is_due(day("15/03/2036"))) == (False, True)


def test_without_a_rule_nothing_is_ever_due():
    assert kept_until("moved", day("15/03/2026"), RULES, day("01/06/2026")) is None


def test_a_file_that_ended_on_the_latest_day_is_told_of_on_the_day_asked_about():
    ended = latest_ending(TEN_YEARS, day("15/09/2035"))

    assert ended == day("15/03/2026")
    assert kept_until("expunged", ended, RULES, day("01/06/2026")).told_from == day("15/09/2035")
