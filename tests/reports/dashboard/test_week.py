"""The week on the home of those above is made of the figures of the report, whatever unit and day."""

from datetime import timedelta

import pytest

from cases.lib.period import Period
from cases.reports.dashboard.week import KEYS, LENS, WeekRecords
from cases.reports.periodic import reintegration
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.report_scope import scope_under
from tests.makers import TODAY, make_accepted, make_returnee, make_transfer

pytestmark = pytest.mark.both


@pytest.mark.parametrize("back", [0, 3, 5, 12])
@pytest.mark.parametrize("place", ["cluster", "krong_no"])
def test_each_number_is_that_of_the_report_of_these_days(an, binh, units, place, back):
    """A move within the unit counts nowhere in it; seen from the commune that took over it does."""
    for days in range(0, 16, 3):
        day = TODAY - timedelta(days=days)
        make_returnee(by=an, completed_on=day - timedelta(days=2), presented_on=day)
    moved = make_transfer(returnee=make_returnee(by=an), to_unit=units.krong_no, by=an, on=TODAY - timedelta(days=9))
    make_accepted(transfer=moved, by=binh, on=TODAY - timedelta(days=9))
    on = TODAY - timedelta(days=back)
    unit = getattr(units, place)
    week = WeekRecords(unit, on)

    told = {change.indicator.key: (change.count, change.before) for change in week.changes()}

    def counted(key, period):
        where = scope_under(unit, LENS, period, on)
        return len(reintegration.lines_behind(BY_KEY[key], where, period, reintegration.TOTAL))

    expected = {key: (counted(key, week.period), counted(key, week.before)) for key in KEYS}
    assert told == {key: both for key, both in expected.items() if any(both)}
    assert week.period == Period(on - timedelta(days=6), on)
