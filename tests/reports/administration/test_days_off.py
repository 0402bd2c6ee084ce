"""Deadlines in working days skip the days off that were loaded."""

from datetime import date

import pytest

from cases.importing import holidays
from cases.law.deadlines import DEADLINES, DeadlineKind
from cases.models import DeadlineVersion
from cases.reports.administration.days_off import last_day, work_calendar


@pytest.fixture
def loaded(db):
    holidays.load(holidays.official(), by=None)


def test_the_residence_check_waits_for_the_end_of_tet(loaded):
    assert last_day(DeadlineKind.RESIDENCE_CHECK, date(2026, 2, 12)) == date(2026, 2, 24)


def test_a_saturday_worked_for_a_day_off_is_a_working_day(loaded):
    assert last_day(DeadlineKind.RESIDENCE_CHECK, date(2026, 1, 8)) == date(2026, 1, 12)
    assert last_day(DeadlineKind.RESIDENCE_CHECK, date(2026, 8, 19)) == date(2026, 8, 22)


def test_without_a_loaded_list_only_weekends_are_left_out(db):
    assert last_day(DeadlineKind.RESIDENCE_CHECK, date(2026, 2, 12)) == date(2026, 2, 17)


def test_deadlines_in_days_do_not_move_for_a_day_off(loaded, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert last_day(DeadlineKind.PRESENTING, date(2026, 2, 2), table=DEADLINES) == date(2026, 2, 17)


def test_the_days_off_are_read_once_for_many_deadlines(loaded, django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar, table = work_calendar(), DeadlineVersion.objects.table()
        for number in range(1, 20):
            last_day(DeadlineKind.RESIDENCE_CHECK, date(2026, 2, number), calendar, table)
