"""This period beside the one before: changes, shares, what is unknown, what was written by hand."""

from datetime import date
from decimal import Decimal

import pytest

from cases.lib.period import Period
from cases.reports.comparison import Typed, compare, figure, period_before, signed, signed_percent
from cases.reports.table import Column, Row, Table

YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))


def table(period=YEAR, rows=(), **values):
    columns = tuple(Column(key, key, "percent" if key == "rate" else "people", "", "", "") for key in values)
    return Table("reintegration", period, "as-was", columns, Row(1, "1", "Xã", values), tuple(rows))


def line(now, before, key="count"):
    return compare(table(**{key: now}), table(**{key: before})).by_key[key]


@pytest.mark.parametrize(
    ("now", "before", "change", "share"),
    [
        (12, 10, 2, Decimal("20.0")),
        (8, 12, -4, Decimal("-33.3")),
        (5, 5, 0, Decimal("0.0")),
        (5, 0, 5, None),
        (None, 5, None, None),
        (5, None, None, None),
    ],
)
def test_a_change_is_now_less_before_and_its_share_is_of_before(now, before, change, share):
    found = line(now, before)

    assert (found.change, found.percent) == (change, share)


def test_a_percentage_changes_in_points_and_has_no_share():
    found = line(Decimal("2.50"), Decimal("3.06"), key="rate")

    assert (found.change, found.percent) == (Decimal("-0.56"), None)


def test_where_there_was_no_period_before_nothing_is_known_of_it():
    found = compare(table(count=5), None).by_key["count"]

    assert (found.now, found.before, found.change, found.percent) == (5, None, None, None)


def test_a_figure_by_hand_stands_in_the_place_of_the_counted_one_which_is_kept():
    typed = {"count": Typed(Decimal("7.00"), "Sổ giấy", "An")}
    found = compare(table(count=5), table(count=5), typed).by_key["count"]

    assert (found.now, found.counted, found.change) == (7, 5, 2)


def test_a_unit_below_is_compared_with_its_own_row():
    row, new = Row(2, "2", "A", {"count": 4}), Row(3, "3", "B", {"count": 1})
    found = compare(table(rows=[row, new], count=5), table(rows=[Row(2, "2", "A", {"count": 1})], count=1))

    assert found.lines_of(row)[0].change == 3
    assert found.lines_of(new)[0].before is None


def test_a_period_under_way_is_compared_with_as_many_days_of_the_one_before():
    found = period_before(YEAR, Period(YEAR.start, date(2025, 12, 24)))

    assert found == Period(date(2024, 12, 15), date(2024, 12, 24))
    assert period_before(YEAR, YEAR) == Period(date(2024, 12, 15), date(2025, 12, 14))


def test_a_longer_month_is_not_compared_beyond_the_end_of_a_shorter_one():
    march = Period(date(2026, 3, 1), date(2026, 3, 31))

    assert period_before(march, Period(march.start, date(2026, 3, 30))).end == date(2026, 2, 28)


def test_figures_are_printed_as_vietnam_writes_them():
    assert [figure("people", value) for value in (1234567, 0, None)] == ["1.234.567", "0", "—"]
    assert figure("percent", Decimal("2.1")) == "2,10"
    assert [signed("people", value) for value in (1200, -3, 0, None)] == ["+1.200", "−3", "0", "—"]
    shares = (Decimal("12.5"), Decimal("-3.0"), Decimal("0.0"), None)
    assert [signed_percent(value) for value in shares] == ["+12,5 %", "−3 %", "0 %", "—"]
