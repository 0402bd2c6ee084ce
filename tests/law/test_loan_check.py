"""Decision 22/2023/QĐ-TTg, condition by condition."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.law.loan_check import RATES, RULES, Answer, Condition, LoanFacts, Purpose, check
from cases.law.versions import faults, in_force
from tests.law.cases import day

READY = LoanFacts(
    completed_on=day("10/03/2022"),
    has_certificate=True,
    law_abiding=True,
    listed_on=day("01/02/2026"),
    other_loan=False,
    amount=50_000_000,
)
ON = day("01/06/2026")
TRAINING = replace(READY, purpose=Purpose.TRAINING)


def answers(facts, on=ON):
    return {criterion.condition: criterion.answer for criterion in check(facts, on).criteria}


def test_somebody_who_meets_every_condition_may_borrow():
    found = check(READY, ON)

    assert found.answer is Answer.MET
    assert [criterion.condition for criterion in found.criteria] == list(Condition)
    assert found.rules.code == "QD22-2023"


@pytest.mark.parametrize(
    ("on", "answer"),
    [("10/03/2027", "met"), ("11/03/2027", "missing"), ("10/03/2022", "met"), ("09/03/2022", "missing")],
)
def test_dieu_3_the_window_is_five_years_with_its_last_day(on, answer):
    criterion = check(READY, day(on)).criteria[1]

    assert (criterion.condition, criterion.answer, criterion.day) == (Condition.WINDOW, answer, day("10/03/2027"))
    assert criterion.article == "Điều 3 Quyết định 22/2023/QĐ-TTg"


@pytest.mark.parametrize(
    ("changes", "condition", "answer"),
    [
        ({"completed_on": None}, "window", "unknown"),
        ({"has_certificate": False}, "certificate", "missing"),
        ({"law_abiding": False}, "law_abiding", "missing"),
        ({"law_abiding": None}, "law_abiding", "unknown"),
        ({"listed_on": None}, "listed", "unknown"),
        ({"listed_on": day("02/06/2026")}, "listed", "missing"),
        ({"other_loan": True}, "no_other_loan", "missing"),
        ({"other_loan": None}, "no_other_loan", "unknown"),
        ({"amount": None}, "amount", "unknown"),
        ({"amount": 100_000_001}, "amount", "missing"),
    ],
)
def test_one_condition_that_fails_or_is_unknown_stands_alone(changes, condition, answer):
    found = check(replace(READY, **changes), ON)

    assert found.answer == answer
    assert [criterion.condition for criterion in found.criteria if criterion.answer is not Answer.MET] == [condition]


@pytest.mark.parametrize(
    ("amount", "months", "answer"),
    [
        (24_000_000, 6, "met"),
        (24_000_001, 6, "missing"),
        (4_000_000, None, "unknown"),
        (None, 6, "unknown"),
    ],
)
def test_dieu_6_a_course_is_lent_four_million_a_month(amount, months, answer):
    criterion = check(replace(TRAINING, amount=amount, training_months=months), ON).criteria[-1]

    assert (criterion.answer, criterion.cap) == (answer, 4_000_000)
    assert criterion.article == "Điều 6 Quyết định 22/2023/QĐ-TTg"


def test_dieu_6_a_hundred_million_is_still_lent():
    criterion = check(replace(READY, amount=100_000_000), ON).criteria[-1]

    assert (criterion.answer, criterion.cap) == ("met", 100_000_000)


def test_missing_weighs_more_than_unknown():
    assert check(replace(READY, other_loan=None, has_certificate=False), ON).answer is Answer.MISSING


def test_the_versions_leave_no_gap():
    assert not list(faults(RULES))


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=10**12))
def test_a_smaller_sum_is_never_harder_to_get(one, other):
    small, large = sorted([one, other])

    if answers(replace(READY, amount=large))[Condition.AMOUNT] is Answer.MET:
        assert answers(replace(READY, amount=small))[Condition.AMOUNT] is Answer.MET


@given(st.dates())
def test_unknown_facts_never_meet_a_condition(on):
    nothing = LoanFacts(completed_on=None, has_certificate=False, law_abiding=None, listed_on=None, other_loan=None)

    assert Answer.MET not in answers(nothing, on).values()


@pytest.mark.parametrize(
    ("on", "rate"), [(date(2025, 11, 30), "6.6"), (date(2025, 12, 1), "6.24"), (date(2026, 11, 29), "6.24")]
)
def test_the_interest_follows_its_own_line_of_versions(on, rate):
    assert str(in_force(RATES, on).percent_a_year) == rate
    assert not list(faults(RATES))
