"""A clock with unknown facts shows between which days the answer lies, what to ask first and what follows."""

from datetime import date

import pytest
from django.urls import reverse

from cases.law.bounds import NO_BOUNDS, Bounds
from cases.models import Judgment, Obligation
from cases.reports.casefile import clock
from cases.reports.casefile.alternatives import bounds_in_words
from tests.makers import TODAY, make_returnee, make_served

DONE = date(2022, 1, 1)
DAY = date(2026, 2, 1)


@pytest.fixture
def person(an):
    return make_returnee(by=an, born_on="1985-02-03", completed_on=DONE, presented_on=DONE)


def test_an_unknown_fee_is_asked_for_at_the_enforcement_office_and_each_answer_is_told(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=DONE, parts=[Obligation(kind="court_fee", state="unknown")])

    shown = signed_in(an).get(reverse("returnee-clock", args=[person.pk])).content.decode()

    assert "không sớm hơn 02/01/2024, chưa rõ ngày muộn nhất" in shown
    assert "cơ quan thi hành án dân sự" in shown
    assert "Nếu đã xong hoặc được miễn: vào ngày 02/01/2024." in shown
    assert "Nếu chưa thi hành xong: không sớm hơn" in shown


def test_an_incomplete_clock_shows_two_ends_and_never_one_day(person, an):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    judgment.offences.update(severity=None)

    told = clock.build(person, TODAY)

    assert told.verdict.status == "incomplete"
    assert told.alternatives.between == "không sớm hơn 02/01/2024, chưa rõ ngày muộn nhất"
    assert "02/01/2024" not in told.headline


def test_a_clock_that_is_known_or_contradicts_itself_shows_none(person, an):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    assert clock.build(person, TODAY).alternatives is None

    Judgment.objects.filter(pk=judgment.pk).update(main_done_how="probation_ended")
    told = clock.build(person, TODAY)
    assert (told.verdict.status, told.alternatives) == ("incomplete", None)


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        (Bounds(DAY, DAY), "vào ngày 01/02/2026"),
        (Bounds(DAY, date(2027, 2, 1)), "trong khoảng từ 01/02/2026 đến 01/02/2027"),
        (Bounds(DAY, DAY, no_record=True), "vào ngày 01/02/2026, hoặc không có án tích"),
        (Bounds(no_record=True), "không có án tích"),
        (NO_BOUNDS, "chưa xác định được ngày"),
    ],
)
def test_the_ends_are_told_in_one_clause(bounds, words):
    assert bounds_in_words(bounds) == words
