"""The report over periods, units and lenses: edges, reorganised units, queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.lib.period import Period, Profile
from cases.models import Crime
from cases.reports.periodic import report_scope
from cases.reports.periodic.months import chart_periods, month_counts, months_of
from cases.reports.periodic.official_letter import compare_periods
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.reintegration import build, lines_behind, records_of
from cases.reports.periodic.report_records import ReportRecords
from cases.reports.periodic.report_scope import NoStandingUnitError, reportable, where_of
from tests.makers import TODAY, make_activity, make_meeting, make_returnee, make_succession, make_unit, make_user

YEAR = Period(date(2025, 12, 15), date(2026, 12, 14))
REORGANISED = Period(date(2025, 6, 1), date(2025, 7, 31))


def by_month(where, period, profile, records=None):
    records = records or ReportRecords(where, charted=chart_periods(period, profile))
    return months_of(period, profile, month_counts(where, period, profile, records))


def figures(unit, period=YEAR, lens="as-was"):
    return build(where_of(unit, lens, period, TODAY), period)


@pytest.mark.parametrize(
    ("day", "count"),
    [(date(2024, 12, 14), 0), (date(2024, 12, 15), 1), (date(2025, 12, 14), 1), (date(2025, 12, 15), 0)],
)
def test_both_ends_of_the_year_of_the_state_belong_to_it(day, count, an, units):
    make_returnee(by=an, completed_on=day, presented_on=day)

    values = figures(units.nam_da, Period(date(2024, 12, 15), date(2025, 12, 14))).total.values

    assert (values["completed"], values["received"]) == (count, count)


def test_who_presents_and_closes_on_one_day_was_never_managed(an, units):
    day = date(2024, 2, 29)
    person = make_returnee(by=an, completed_on=day, presented_on=day)
    actions.returnee.close(returnee=person, on=day, reason="died", by=an)

    values = figures(units.nam_da, Period(day, day)).total.values

    assert (values["received"], values["closed"]) == (1, 1)
    assert (values["managed_start"], values["managed_end"], values["managed_during"]) == (0, 0, 0)


@pytest.fixture
def moved(lands):
    """A person managed in the old commune, whom July brings to the new one."""
    clerk = make_user("clerk", "Lê Văn An", "officer", lands.right, since=date(2020, 1, 1))
    days = {"completed_on": date(2025, 1, 1), "presented_on": date(2025, 1, 2)}
    lands.person = make_returnee(by=clerk, unit=lands.right, **days)
    lands.clerk = clerk
    actions.unit.move_people(old=lands.right, new=lands.north, on=date(2025, 7, 1), by=clerk)
    return lands


def test_seen_as_it_was_a_reorganisation_is_a_move(moved):
    old, new = figures(moved.right, REORGANISED).total.values, figures(moved.north, REORGANISED).total.values

    assert (old["managed_start"], old["transferred_out"], old["managed_end"]) == (1, 1, 0)
    assert (new["managed_start"], new["transferred_in"], new["managed_end"]) == (0, 1, 1)


@pytest.mark.parametrize("lens", ["as-was", "as-is"])
def test_figures_are_the_same_whether_the_database_sums_by_unit_or_by_row(lens, moved, monkeypatch):
    make_activity(moved.person, by=moved.clerk, on=date(2025, 6, 2))
    make_activity(moved.person, by=moved.clerk, on=date(2025, 7, 3))
    where = where_of(moved.cluster, lens, REORGANISED, TODAY)
    by_unit = build(where, REORGANISED)

    monkeypatch.setattr(report_scope, "MANY", 0)

    assert build(where, REORGANISED) == by_unit
    assert by_unit.total.values["encouragement"] > 0


def test_a_person_moved_twice_left_only_the_unit_before(moved):
    actions.returnee.hand_over(returnee=moved.person, to_unit=moved.south, on=date(2025, 7, 9), by=moved.clerk)

    values = figures(moved.cluster, REORGANISED).total.values

    assert (values["transferred_in"], values["transferred_out"], values["managed_end"]) == (1, 1, 0)
    assert figures(moved.right, REORGANISED).total.values["transferred_out"] == 1


def test_who_presents_on_the_day_of_the_move_is_received_and_not_moved(lands):
    clerk = make_user("clerk", "Lê Văn An", "officer", lands.right, since=date(2020, 1, 1))
    make_returnee(by=clerk, unit=lands.right, completed_on=date(2025, 1, 1), presented_on=date(2025, 7, 1))
    actions.unit.move_people(old=lands.right, new=lands.north, on=date(2025, 7, 1), by=clerk)

    values = figures(lands.north, REORGANISED).total.values

    assert (values["received"], values["transferred_in"], values["managed_end"]) == (1, 0, 1)


def test_of_several_acts_the_gravest_counts(an, units):
    person = make_returnee(by=an)
    for severity in (2, 3, 1):
        about = {"act_on": TODAY, "offence": "x", "severity": severity, "stage": "charged"}
        actions.row.add(row=Crime(returnee=person, **about), by=an)

    values = figures(units.nam_da, Period(TODAY, TODAY)).total.values

    assert values["administrative"] == 0
    assert [values[f"reoffended{end}"] for end in ("", "_1", "_2", "_3", "_4")] == [1, 0, 0, 1, 0]


def test_seen_as_it_is_a_reorganisation_crosses_no_edge(moved):
    values = figures(moved.north, REORGANISED, "as-is").total.values

    assert (values["managed_start"], values["transferred_in"], values["managed_end"]) == (1, 0, 1)


def test_people_of_a_divided_unit_stand_in_a_row_of_their_own(moved):
    make_returnee(by=moved.clerk, unit=moved.divided, completed_on=date(2025, 1, 1), presented_on=date(2025, 1, 2))

    row = figures(moved.new, REORGANISED, "as-is").rows[-1]

    assert (row.pk, row.code, row.values["managed_end"]) == (None, None, 1)


def test_rows_are_the_units_in_force_in_the_period(lands):
    assert [row.name for row in figures(lands.district, REORGANISED).rows] == ["Xã trái", "Xã chia", "Xã phải"]
    assert figures(lands.district).rows == ()


def test_a_divided_unit_has_no_report_of_today(lands):
    with pytest.raises(NoStandingUnitError):
        figures(lands.district, lens="as-is")


def test_a_unit_closed_without_successor_has_no_report_of_today(lands):
    closed = make_unit(
        kind="commune",
        code="1",
        name="x",
        parent=lands.elsewhere,
        valid_from=date(2004, 1, 1),
        valid_to=date(2020, 1, 1),
    )

    with pytest.raises(NoStandingUnitError):
        figures(closed, lens="as-is")


def test_a_unit_that_begins_tomorrow_already_stands_in_the_place_of_the_old(lands):
    coming = make_unit(kind="commune", code="2", name="Xã mới", parent=lands.new, valid_from=TODAY + timedelta(days=9))
    make_succession(lands.south, coming, on=TODAY + timedelta(days=9))

    assert [row.name for row in figures(lands.new, lens="as-is").rows] == ["Xã mới", "Cụm"]


def test_a_reviewer_reaches_the_past_of_the_units_below(lands):
    reviewer = make_user("dung", "Hồ Trung Dũng", "reviewer", lands.new)
    officer = make_user("an", "Lê Văn An", "officer", lands.north)

    assert lands.district in reportable(reviewer)
    assert lands.divided in reportable(reviewer)
    assert lands.far not in reportable(reviewer)
    assert set(reportable(officer)) == {lands.north, lands.left, lands.right}


def test_the_number_of_queries_does_not_grow(an, units):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            figures(units.province)
        return len(captured)

    people = [make_returnee(by=an)]
    before = queries()
    people += [make_returnee(by=an, full_name=f"Người Thứ {number}") for number in range(3)]
    make_activity(*people, by=an)
    make_meeting(*people, by=an, present=people)
    make_unit(kind="commune", code="3", name="x", parent=units.cluster)

    assert queries() == before <= 17


def test_the_period_before_is_read_with_the_period_itself(an, units):
    make_activity(make_returnee(by=an, completed_on=date(2024, 1, 1)), by=an)
    where = where_of(units.nam_da, "as-is", YEAR, TODAY)

    def queries(*periods):
        with CaptureQueriesContext(connection) as captured:
            compare_periods(records_of(where, *periods, charted=chart_periods(YEAR, Profile.STATE)))
        return len(captured)

    assert queries(YEAR, YEAR.previous()) == queries(YEAR)


def test_a_chart_read_with_the_report_draws_the_same_months(an, units):
    person = make_returnee(by=an, completed_on=date(2024, 1, 1))
    for month in range(1, 12):
        make_activity(person, by=an, on=date(2026, month, 14))
        make_activity(person, by=an, on=date(2025, month, 15))
    where = where_of(units.nam_da, "as-is", YEAR, TODAY)
    records = records_of(where, YEAR, YEAR.previous(), charted=chart_periods(YEAR, Profile.STATE))

    assert by_month(where, YEAR, Profile.STATE, records) == by_month(where, YEAR, Profile.STATE)


def test_the_months_of_the_chart_add_up_to_the_list_behind_them(an, units):
    person = make_returnee(by=an, completed_on=date(2024, 1, 1))
    for day in (date(2025, 12, 15), date(2026, 1, 14), date(2026, 1, 15), date(2025, 11, 15), date(2026, 11, 20)):
        make_activity(person, by=an, on=day)
    where = where_of(units.nam_da, "as-is", YEAR, TODAY)

    monthly = by_month(where, YEAR, Profile.STATE)

    assert [monthly[0].name, monthly[-1].name] == ["1/2026", "12/2026"]
    assert [month.count for month in monthly[:2]] == [2, 1]
    assert monthly[-1].before == 1
    assert sum(month.count for month in monthly) == len(lines_behind(BY_KEY["contacts"], where, YEAR))


def test_a_year_in_which_the_unit_did_not_exist_is_unknown_not_zero(units):
    monthly = by_month(where_of(units.nam_da, "as-was", YEAR, TODAY), YEAR, Profile.STATE)

    assert monthly[0].before is None
    assert monthly[-1].before == 0
