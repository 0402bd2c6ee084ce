from datetime import date

import pytest

from cases.lib.tet import FIRST_DAYS, next_tet


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2026, 11, 20), date(2027, 2, 6)),
        (date(2027, 2, 5), date(2027, 2, 6)),
        (date(2027, 2, 6), date(2028, 1, 26)),
        (date(2036, 1, 28), None),
    ],
)
def test_the_next_tet_comes_after_the_day(on, first):
    assert next_tet(on) == first


def test_every_year_has_one_between_20_january_and_21_february():
    assert [day.year for day in FIRST_DAYS] == list(range(2026, 2037))
    assert all((1, 20) <= (day.month, day.day) <= (2, 21) for day in FIRST_DAYS)
