"""Judgments served together, and a suspended sentence that was turned into prison: counted, marked, said."""

import pytest

from cases.law.expungement import evaluate
from cases.law.facts import DoneHow, PenaltyFacts, PenaltyKind
from cases.law.provisions import OPEN_QUESTIONS
from cases.law.read_case import read_case
from tests.law.cases import case, conviction, day

TODAY = day("01/07/2026")


def told(verdict, words):
    return [step for step in verdict.steps if words in step]


def test_articles_55_and_56_each_judgment_counts_by_its_own_penalty_and_the_steps_say_so():
    since = {"effective": "01/06/2015"}
    both = (conviction(id="A", months=36, **since), conviction(id="B", months=72, act="05/03/2015", **since))
    verdict = evaluate(case(*both), TODAY)

    assert [each.due_on for each in verdict.convictions] == [day("02/01/2022"), day("02/01/2023")]
    (step,) = told(verdict, "Điều 55, 56")
    assert step.startswith("Các bản án A, B cùng chấp hành xong ngày 01/01/2020: ")
    assert "pháp chế xác nhận" in step


def test_articles_55_and_56_are_not_named_where_each_penalty_ended_on_its_own_day():
    since = {"effective": "01/06/2015"}
    apart = (conviction(id="A", **since), conviction("02/01/2020", id="B", act="05/03/2015", **since))

    assert told(evaluate(case(*apart), TODAY), "Điều 55, 56") == []
    assert told(evaluate(case(conviction()), TODAY), "Điều 55, 56") == []


@pytest.mark.parametrize(
    ("how", "kind", "is_said"),
    [
        (DoneHow.SERVED, PenaltyKind.SUSPENDED_PRISON, True),
        (DoneHow.AMNESTY, PenaltyKind.SUSPENDED_PRISON, True),
        (DoneHow.PROBATION_ENDED, PenaltyKind.SUSPENDED_PRISON, False),
        (None, PenaltyKind.SUSPENDED_PRISON, False),
        (DoneHow.SERVED, PenaltyKind.PRISON, False),
    ],
)
def test_article_65_5_a_suspended_sentence_that_did_not_end_as_probation_may_have_been_turned(how, kind, is_said):
    penalty = PenaltyFacts(kind, 24 if kind is PenaltyKind.PRISON else None)
    verdict = evaluate(case(conviction(main_penalty=penalty, main_done_how=how)), TODAY)

    assert bool(told(verdict, "Điều 65 khoản 5")) == is_said


@pytest.mark.parametrize("words", ["Điều 55, 56", "Điều 65 khoản 5", "Tòa án nước ngoài"])
def test_what_is_counted_by_a_reading_stands_among_the_open_questions(words):
    assert [each for each in OPEN_QUESTIONS if words in f"{each}"]


def test_articles_55_and_56_a_penalty_said_to_be_general_is_counted_as_such_and_marked():
    since = {"effective": "01/06/2015"}
    both = (
        conviction(id="A", months=36, **since),
        conviction(id="B", months=72, act="05/03/2015", general=True, **since),
    )
    verdict = evaluate(case(*both), TODAY)

    assert verdict.due_on == day("02/01/2023")
    (step,) = told(verdict, "Điều 55, 56")
    assert step.startswith("Bản án B: hình phạt chính đã ghi là hình phạt chung của nhiều bản án")
    assert "pháp chế xác nhận" in step


def test_a_judgment_of_a_foreign_court_is_counted_as_entered_and_marked():
    here, abroad = (evaluate(case(conviction(foreign=foreign)), TODAY) for foreign in (False, True))

    assert abroad.due_on == here.due_on
    assert told(here, "Tòa án nước ngoài") == []
    (step,) = told(abroad, "Tòa án nước ngoài")
    assert "pháp chế xác nhận" in step


@pytest.mark.parametrize(("field", "name"), [("general_penalty", "general"), ("foreign_court", "foreign")])
def test_both_are_read_from_a_file_of_cases(field, name):
    (yes,), (no,), (wrong,) = (
        read_case({"id": 1, "convictions": [{"id": "A", field: value}]}).convictions for value in (True, None, "có")
    )

    assert [getattr(each, name) for each in (yes, no, wrong)] == [True, False, False]
    assert f"convictions[A].{field}" in str(read_case({"convictions": [{"id": "A", field: "có"}]}).unreadable[0])
