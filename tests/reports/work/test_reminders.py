"""What the first days of a month and a quarter ask for, until their last day is over."""

from datetime import date, timedelta

import pytest

from cases import actions
from cases.law.deadlines import DEADLINES
from cases.reports.work.reminders import changes_to_enter, reminders
from tests.makers import TODAY, make_returnee


@pytest.mark.parametrize(
    ("on", "kinds"),
    [
        (date(2026, 10, 1), ["helper_report", "loan_list"]),
        (date(2026, 10, 5), ["helper_report", "loan_list"]),
        (date(2026, 10, 6), []),
        (date(2026, 11, 5), ["loan_list"]),
        (date(2026, 11, 6), []),
    ],
)
def test_the_report_and_the_list_are_asked_for_until_the_fifth(on, kinds):
    assert [each.kind for each in reminders(on, DEADLINES)] == kinds


@pytest.mark.parametrize(("days", "told"), [(0, 1), (1, 1), (2, 0)])
def test_whoever_presented_within_the_hours_is_to_be_entered_into_the_other_database(days, told, an):
    day = TODAY - timedelta(days=days)
    make_returnee(by=an, completed_on=day, presented_on=day)

    assert changes_to_enter(an, TODAY, DEADLINES).count() == told


def test_whose_file_was_closed_or_taken_over_is_told_too_and_nobody_of_another_commune(an, anh, binh, units):
    old = {"completed_on": TODAY - timedelta(days=90), "presented_on": TODAY - timedelta(days=89)}
    closed, moved, _still = (make_returnee(by=an, **old) for _time in range(3))
    actions.returnee.close(returnee=closed, on=TODAY, reason="died", by=anh)
    actions.returnee.hand_over(returnee=moved, to_unit=units.krong_no, on=TODAY, by=an)

    assert list(changes_to_enter(an, TODAY, DEADLINES)) == [closed]
    assert list(changes_to_enter(binh, TODAY, DEADLINES)) == [moved]
