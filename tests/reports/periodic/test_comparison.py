"""This period beside the one before: changes, shares, what is unknown, what was written by hand."""

from datetime import date
from decimal import Decimal

import pytest

from cases.lib.period import Period
from cases.reports.periodic.comparison import TypedFigure, compare, figure, period_before, signed_number, signed_percent
from cases.reports.table import FigureColumn, FigureRow, ReportTable

YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))


def column(key):
    """A figure; `rate` is that of `part` among `people`, `money` what `people` got."""
    if key == "rate":
        return FigureColumn(key, key, "percent", "", "", "", part="part", among="people")
    return FigureColumn(key, key, "people", "", "", "", among="people" if key == "money" else key)


def table(period=YEAR, rows=(), **values):
    columns = tuple(column(key) for key in values)
    return ReportTable("reintegration", period, "as-was", columns, FigureRow(1, "1", "Xã", values), tuple(rows))


def line(now, before, key="count"):
    return compare(table(**{key: now}), table(**{key: before})).by_key[key]


@pytest.mark.parametrize(
    ("now", "before", "change", "share"),
    [
        (120, 100, 20, Decimal("20.0")),
        (20, 30, -10, Decimal("-33.3")),
        (50, 50, 0, Decimal("0.0")),
        (25, 20, 5, Decimal("25.0")),
        (3, 1, 2, None),  # of fewer than twenty no percentage is made
        (25, 19, 6, None),
        (5, 0, 5, None),
        (None, 5, None, None),
        (5, None, None, None),
    ],
)
def test_a_change_is_now_less_before_and_its_share_is_of_before(now, before, change, share):
    found = line(now, before)

    assert (found.change, found.percent) == (change, share)


def test_a_percentage_changes_in_points_and_has_no_share():
    now = {"part": 10, "people": 400, "rate": Decimal("2.50")}
    found = compare(table(**now), table(part=11, people=360, rate=Decimal("3.06"))).by_key["rate"]

    assert (found.change, found.percent) == (Decimal("-0.56"), None)


def test_a_percentage_of_fewer_than_twenty_people_is_kept_and_not_shown():
    few = {"part": 1, "people": 19, "rate": Decimal("5.26")}
    many = {"part": 1, "people": 20, "rate": Decimal("5.00")}
    now, before = (compare(table(**few), table(**many)), compare(table(**many), table(**few)))

    assert (now.by_key["rate"].now, now.by_key["rate"].shown, now.by_key["rate"].before) == (few["rate"], None, 5)
    assert (before.by_key["rate"].shown, before.by_key["rate"].before, before.by_key["rate"].change) == (5, None, None)


def test_the_change_of_a_sum_is_a_percentage_only_where_people_enough_stand_behind_it():
    def share(people):
        return compare(table(money=3_000_000, people=50), table(money=2_000_000, people=people)).by_key["money"].percent

    assert (share(19), share(20)) == (None, 50)


def test_a_percentage_follows_the_figure_written_by_hand_beside_it():
    typed = {"part": TypedFigure(Decimal("8.00"), "Sổ giấy", "An")}
    lines = compare(table(part=2, people=100, rate=Decimal("2.00")), None, typed).by_key

    assert (lines["part"].now, lines["rate"].now, lines["rate"].typed) == (8, 8, None)


def test_where_there_was_no_period_before_nothing_is_known_of_it():
    found = compare(table(count=5), None).by_key["count"]

    assert (found.now, found.before, found.change, found.percent) == (5, None, None, None)


def test_a_figure_by_hand_stands_in_the_place_of_the_counted_one_which_is_kept():
    typed = {"count": TypedFigure(Decimal("7.00"), "Sổ giấy", "An")}
    found = compare(table(count=5), table(count=5), typed).by_key["count"]

    assert (found.now, found.counted, found.change) == (7, 5, 2)


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
    assert [signed_number("people", value) for value in (1200, 1, -3, 0, None)] == ["+1.200", "+1", "−3", "0", "—"]
    shares = (Decimal("12.5"), Decimal("-3.0"), Decimal("0.0"), None)
    assert [signed_percent(value) for value in shares] == ["+12,5 %", "−3 %", "0 %", "—"]
