"""The shipped list of days off, checked against what every year must have."""

from datetime import date, timedelta

import pytest

from cases.importing.holidays import official
from cases.law.deadlines import add_working_days
from cases.lib.tet import FIRST_DAYS

ROWS = official()
DAYS = {row.day for row in ROWS}


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
@pytest.mark.parametrize("month_day", [(1, 1), (4, 30), (5, 1), (9, 2)])
def test_the_fixed_days_of_article_112_are_off_each_year(year, month_day):
    assert date(year, *month_day) in DAYS


@pytest.mark.parametrize("first", [date(2024, 2, 10), date(2025, 1, 29), *FIRST_DAYS[:2]])
def test_tet_is_off_for_its_first_three_days_and_the_day_before(first):
    assert {first + timedelta(days=number) for number in range(-1, 3)} <= DAYS


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_each_year_has_the_eleven_days_of_the_code_at_least(year):
    assert sum(row.day.year == year for row in ROWS) >= 11


def test_every_day_stands_once_with_name_source_and_certainty():
    assert len(DAYS) == len(ROWS)
    assert all(row.name and row.source and row.certainty in "VSM" for row in ROWS)


@pytest.mark.parametrize(
    ("since", "last"),
    [
        (date(2026, 2, 12), date(2026, 2, 24)),  # Tết between
        (date(2026, 4, 23), date(2026, 4, 29)),  # Giỗ Tổ on a Sunday, off on Monday
        (date(2026, 4, 29), date(2026, 5, 6)),
        (date(2026, 8, 28), date(2026, 9, 7)),
    ],
)
def test_three_working_days_are_counted_around_them(since, last):
    assert add_working_days(since, 3, DAYS) == last
