"""One line behind a figure, and the one way to find such lines: by the unit that held the person on the day."""

from datetime import date
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from cases.lib.period import Period
from cases.reports.periodic.report_scope import ReportScope

Day = date | F


class ReportLine(NamedTuple):
    """A record that counts: at which unit, which record of which person, on which day.

    `mark` tells kinds of one source apart, `amount` is in đồng, `other` the unit at the far end of a handover.
    """

    unit: int
    record: int
    person: int | None
    day: date
    mark: str | int | tuple[str, str] = ""
    amount: int | None = None
    other: int | None = None


def covers(first: Day, last: Day, to: str = "") -> Q:
    """The placement holds the person on at least one day from `first` to `last`; to stand in one filter() alone.

    `to` leads to the placement: "returnee__placements__", or nothing from its own row.
    """
    ended = Q(**{f"{to}until__isnull": True}) | Q(**{f"{to}until__gte": first})
    return Q(**{f"{to}since__lte": last}) & ended


def events(rows: QuerySet, where: ReportScope, period: Period, *, day: str) -> QuerySet:
    """Records dated by `day` in the period, of people whom a unit of the report held on that day."""
    return rows.filter(
        covers(F(day), F(day), to="returnee__placements__"),
        **{f"{day}__range": (period.start, period.end)},
        **where.people.condition("returnee"),
        returnee__withdrawn_at__isnull=True,
        returnee__placements__unit__in=where.among,
    )
