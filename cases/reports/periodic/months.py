"""Contacts month by month beside the year before: what the chart of the report draws."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.lib.dates import add_months
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.reports.periodic.contacts import contacts
from cases.reports.periodic.report_records import ReportRecords
from cases.reports.periodic.report_scope import ReportScope

MONTHS = 12
MonthCounts = tuple[int, int | None]


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


def month_counts(where: ReportScope, period: Period, profile: Profile, records: ReportRecords) -> list[MonthCounts]:
    """The contacts of each of the months and of the same days a year before."""
    return [
        (_count(records, now), _count(records, before) if where.existed(before.start) else None)
        for _month, now, before in _months(period, profile)
    ]


def months_of(period: Period, profile: Profile, counts: Iterable[MonthCounts]) -> list[ContactMonth]:
    """The months with these counts."""
    return [
        ContactMonth(now, f"{month.end.month}/{month.end.year}", count, earlier, before)
        for (month, now, before), (count, earlier) in zip(_months(period, profile), counts, strict=True)
    ]


def add_months_counts(one: list[MonthCounts], more: list[MonthCounts]) -> list[MonthCounts]:
    """Of two parts of the people together."""
    return [
        (count + other, None if before is None or earlier is None else before + earlier)
        for (count, before), (other, earlier) in zip(one, more, strict=True)
    ]


def chart_periods(period: Period, profile: Profile) -> list[Period]:
    """The periods of which the chart needs the contacts."""
    return [each for _month, now, before in _months(period, profile) for each in (now, before)]


def _months(period: Period, profile: Profile) -> list[tuple[Period, Period, Period]]:
    """Each month whole, its days up to the end of `period`, and the same days a year before."""
    whole = _twelve(period, Profile.STATE if profile == Profile.STATE else Profile.CALENDAR)
    cut = [(each, Period(each.start, min(each.end, period.end))) for each in whole]
    return [(month, now, _year_before(now)) for month, now in cut]


def _twelve(period: Period, profile: Profile) -> Iterable[Period]:
    last = period_of(profile, PeriodKind.MONTH, period.end)
    for back in range(MONTHS - 1, -1, -1):
        yield period_of(profile, PeriodKind.MONTH, add_months(last.start, -back))


def _year_before(month: Period) -> Period:
    return Period(add_months(month.start, -MONTHS), add_months(month.end, -MONTHS))


def _count(records: ReportRecords, period: Period) -> int:
    return sum(each.total() for each in contacts.counts(records, period).values())
