"""What the first days of a month and a quarter ask for, until their last day is over."""

from datetime import date

import pytest

from cases.law.deadlines import DEADLINES
from cases.reports.work.reminders import reminders


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
