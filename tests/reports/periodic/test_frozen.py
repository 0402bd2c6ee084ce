"""Figures to be sent and as they were sent: what they are compared with, and which communes are late."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from cases.lib.period import Period
from cases.reports.periodic import frozen
from tests.makers import TODAY, make_activity, make_campaign, make_returnee, make_sent, make_unit

DUE = date(2026, 3, 5)
LAST_MONTH = Period(TODAY - timedelta(days=40), TODAY - timedelta(days=10))


def figures(comparison):
    return {key: (line.now, line.before, line.change, line.percent) for key, line in comparison.by_key.items()}


def test_a_version_is_compared_as_its_draft_was(an, anh, units):
    person = make_returnee(by=an)
    for day in (LAST_MONTH.end, LAST_MONTH.start, LAST_MONTH.start - timedelta(days=1)):
        make_activity(person, by=an, on=day)
    submission = make_campaign(unit=units.cluster, by=an, period=LAST_MONTH).submissions.get(unit=units.nam_da)

    live = frozen.draft(units.nam_da, LAST_MONTH, TODAY).comparison
    kept = frozen.comparison_of(make_sent(submission=submission, by=anh))

    assert figures(kept) == figures(live)
    assert kept.before.period == live.before.period == LAST_MONTH.previous()
    assert figures(live)["encouragement"] == (2, 1, 1, None)


def test_a_running_period_is_compared_with_as_many_days_of_the_one_before(an, units):
    running = Period(TODAY - timedelta(days=4), TODAY + timedelta(days=25))
    person = make_returnee(by=an, completed_on=TODAY - timedelta(days=90))
    make_activity(person, by=an, on=running.start - timedelta(days=30))
    make_activity(person, by=an, on=running.start - timedelta(days=25))  # the sixth day of the period before

    live = frozen.draft(units.nam_da, running, TODAY).comparison

    assert live.before.period.days == 5
    assert live.by_key["encouragement"].before == 1


def test_a_unit_younger_than_the_period_before_is_compared_with_nothing(an, units):
    young = make_unit(kind="commune", code="24700", name="Xã Mới", parent=units.cluster, valid_from=LAST_MONTH.start)

    live = frozen.draft(young, LAST_MONTH, TODAY)

    assert (live.comparison.before, live.previous) == (None, {})
    assert {line.before for line in live.comparison.lines} == {None}


@pytest.mark.parametrize(
    ("hour", "was_late"),
    [
        (datetime(2026, 3, 5, 16, 59, tzinfo=UTC), False),  # 23:59 in Vietnam
        (datetime(2026, 3, 5, 17, 0, tzinfo=UTC), True),  # 0:00 on the next day
        (None, False),
    ],
    ids=str,
)
def test_a_report_is_late_by_the_days_of_vietnam(hour, was_late):
    campaign, unit = SimpleNamespace(due_on=DUE), SimpleNamespace(name="Xã Nam Đà")
    row = SimpleNamespace(campaign=campaign, unit=unit, state="submitted", accepted_id=None, first_sent=hour)

    assert frozen.standings([row], TODAY)[0].was_late is was_late
