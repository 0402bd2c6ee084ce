"""Contacts month by month beside the year before: what the chart of the report draws."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from cases.lib.dates import add_months
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import ActivityEntry
from cases.reports.periodic.report_line import events
from cases.reports.periodic.report_scope import ReportScope

MONTHS = 12


@dataclass(frozen=True)
class ContactMonth:
    """Contacts of one month and of the same days a year before; the last month may be cut at its report's last day.

    `before` is None where the unit did not exist yet on those days, `earlier`.
    """

    period: Period
    name: str
    count: int
    before: int | None
    earlier: Period


def by_month(where: ReportScope, period: Period, profile: Profile = Profile.CALENDAR) -> list[ContactMonth]:
    """The twelve months up to the end of `period`, oldest first; months of the state run from the 15th. One query."""
    whole = list(_twelve(period, Profile.STATE if profile == Profile.STATE else Profile.CALENDAR))
    slices = [Period(each.start, min(each.end, period.end)) for each in whole]
    earlier = [_year_before(each) for each in slices]
    counts = _by_day(where, Period(earlier[0].start, slices[-1].end))
    return [
        ContactMonth(
            now,
            f"{month.end.month}/{month.end.year}",
            _sum(counts, now),
            _sum(counts, before) if where.existed(before.start) else None,
            before,
        )
        for month, now, before in zip(whole, slices, earlier, strict=True)
    ]


def _twelve(period: Period, profile: Profile) -> Iterable[Period]:
    last = period_of(profile, PeriodKind.MONTH, period.end)
    for back in range(MONTHS - 1, -1, -1):
        yield period_of(profile, PeriodKind.MONTH, add_months(last.start, -back))


def _year_before(month: Period) -> Period:
    return Period(add_months(month.start, -MONTHS), add_months(month.end, -MONTHS))


def _by_day(where: ReportScope, period: Period) -> dict:
    rows = events(ActivityEntry.objects.met(), where, period, day="activity__on").order_by()
    return dict(rows.values_list("activity__on").annotate(count=Count("pk", distinct=True)))


def _sum(counts: dict, period: Period) -> int:
    return sum(count for day, count in counts.items() if period.contains(day))
