"""The shipped list of days off, checked against what every year must have."""

from datetime import date, timedelta

import pytest

from cases.importing.holidays import official
from cases.law.deadlines import WorkCalendar, add_working_days
from cases.lib.tet import FIRST_DAYS

ROWS = official()
DAYS = {row.day for row in ROWS if row.kind == "off"}
WORKED = {row.day for row in ROWS if row.kind == "worked"}


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
@pytest.mark.parametrize("month_day", [(1, 1), (4, 30), (5, 1), (9, 2)])
def test_the_fixed_days_of_article_112_are_off_each_year(year, month_day):
    assert date(year, *month_day) in DAYS


@pytest.mark.parametrize("first", [date(2024, 2, 10), date(2025, 1, 29), *FIRST_DAYS[:2]])
def test_tet_is_off_for_its_first_three_days_and_the_day_before(first):
    assert {first + timedelta(days=number) for number in range(-1, 3)} <= DAYS


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_each_year_has_the_eleven_days_of_the_code_at_least(year):
    assert sum(day.year == year for day in DAYS) >= 11


def test_every_day_stands_once_with_name_source_and_certainty():
    assert len(DAYS | WORKED) == len(ROWS)
    assert {row.kind for row in ROWS} == {"off", "worked"}
    assert all(row.name and row.source and row.certainty in "VSM" for row in ROWS)


def test_article_112_names_no_24_november_so_that_day_waits_for_its_amendment():
    (culture,) = [row for row in ROWS if row.day == date(2027, 11, 24)]

    assert (culture.kind, culture.certainty) == ("off", "M")


@pytest.mark.parametrize(
    ("since", "last"),
    [
        (date(2026, 2, 12), date(2026, 2, 24)),  # Tết between
        (date(2026, 4, 23), date(2026, 4, 29)),  # Giỗ Tổ on a Sunday, off on Monday
        (date(2026, 4, 29), date(2026, 5, 6)),
        (date(2026, 8, 28), date(2026, 9, 7)),
        (date(2026, 1, 8), date(2026, 1, 12)),  # Saturday 10/01/2026 worked for 02/01/2026
        (date(2026, 8, 19), date(2026, 8, 22)),  # Saturday 22/08/2026 worked for 31/08/2026
        (date(2026, 11, 20), date(2026, 11, 25)),  # 24/11 is no holiday of the Labour Code
    ],
)
def test_three_working_days_are_counted_around_them(since, last):
    assert add_working_days(since, 3, WorkCalendar(frozenset(DAYS), frozenset(WORKED))) == last


def test_every_day_off_in_exchange_has_its_saturday_that_is_worked():
    promised = [
        date(*map(int, reversed(row.name[-10:].split("/"))))
        for row in ROWS
        if "làm bù " in row.name and row.day in DAYS
    ]

    assert len(promised) >= 4
    assert {*promised} == {day for day in WORKED if day.weekday() == 5}
