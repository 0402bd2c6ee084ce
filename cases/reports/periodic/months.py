"""Contacts month by month beside the year before: what the chart of the report draws."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.lib.dates import add_months
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.reports.periodic.contacts import contacts
from cases.reports.periodic.report_records import ReportRecords
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


def by_month(
    where: ReportScope, period: Period, profile: Profile = Profile.CALENDAR, records: ReportRecords | None = None
) -> list[ContactMonth]:
    """The twelve months up to the end of `period`, oldest first; months of the state run from the 15th. One query,
    none where `records` were read with `charted` of the same period and profile.
    """
    months = _months(period, profile)
    records = records or ReportRecords(where, charted=charted(period, profile))
    return [
        ContactMonth(
            now,
            f"{month.end.month}/{month.end.year}",
            _count(records, now),
            _count(records, before) if where.existed(before.start) else None,
            before,
        )
        for month, now, before in months
    ]


def charted(period: Period, profile: Profile) -> list[Period]:
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
