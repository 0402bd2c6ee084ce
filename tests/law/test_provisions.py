"""The words of the law, the rules that rest on them, and the cases that pin each."""

import pytest

from cases.law.examples import EXAMPLES, ON
from cases.law.expungement import evaluate
from cases.law.provisions import OPEN_QUESTIONS, PROVISIONS, Provision
from cases.law.versions import Certainty
from cases.law.waiting import RULE_SETS


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.told)
def test_the_clock_gives_each_example_the_day_that_is_shown(example):
    assert evaluate(example.facts, ON).due_on == example.due_on


@pytest.mark.parametrize("rules", RULE_SETS, ids=lambda each: each.code)
def test_every_rule_of_the_clock_rests_on_a_provision_whose_words_are_here(rules):
    for rule in (*rules.waits, *rules.extensions, *rules.conditions):
        assert any(each.is_basis_of(rule.legal_basis) for each in PROVISIONS), rule.legal_basis


@pytest.mark.parametrize(
    ("place", "basis", "rests"),
    [
        ("Điều 70 khoản 2", "Điều 70 khoản 2 điểm b BLHS", True),
        ("Điều 70 khoản 2", "Điều 70 khoản 3; Điều 107 khoản 2 BLHS", False),
        ("Điều 107 khoản 2", "Điều 70 khoản 3; Điều 107 khoản 2 BLHS", True),
        ("Điều 7", "Điều 70 khoản 2 BLHS", False),
        ("Điều 70 khoản 2", "Điều 70 khoản 20 BLHS", False),
    ],
)
def test_a_basis_is_read_to_its_article_and_clause(place, basis, rests):
    assert Provision(place, "", "", "").is_basis_of(basis) is rests


def test_words_that_nobody_read_are_marked():
    for each in PROVISIONS:
        assert (each.read_at is not None) is (each.certainty is Certainty.READ)


def test_every_example_stands_beside_words_and_every_question_says_what_holds_until_it_is_answered():
    assert {each.place for each in EXAMPLES} <= {each.place for each in PROVISIONS}
    assert all(each.question.endswith("?") and each.until_then.endswith(".") for each in OPEN_QUESTIONS)
