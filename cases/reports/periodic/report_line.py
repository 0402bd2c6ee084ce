"""One line behind a figure, and the one way to find such lines: by the unit that held the person on the day."""

from datetime import date
from typing import NamedTuple

from django.db.models import BigIntegerField, F, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from cases.lib.period import Period
from cases.reports.periodic.report_scope import ReportScope

Day = date | F
_NUMBER = BigIntegerField()


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


def placement_overlaps(first: Day, last: Day, placements: str) -> Q:
    """The placement holds the person on at least one day from `first` to `last`; to stand in one filter() alone."""
    return Q(**{f"{placements}__since__lte": last}) & (
        Q(**{f"{placements}__until__isnull": True}) | Q(**{f"{placements}__until__gte": first})
    )


def of_people(
    people: QuerySet, where: ReportScope, *, first: Day, last: Day, day: str, mark: str | Combinable = ""
) -> list[ReportLine]:
    """Lines of persons whom a unit of the report held between two days; `day` is the field to show and sort by."""
    rows = people.filter(placement_overlaps(first, last, "placements"), placements__unit__in=where.inside)
    return _lines(rows, "placements", "pk", "pk", day, mark, None)


def events(rows: QuerySet, where: ReportScope, period: Period, *, day: str, person: str = "returnee") -> QuerySet:
    """Records dated by `day` in the period, of people whom a unit of the report held on that day."""
    placements = f"{person}__placements"
    return rows.filter(
        placement_overlaps(F(day), F(day), placements),
        **{
            f"{day}__range": (period.start, period.end),
            f"{person}__withdrawn_at__isnull": True,
            f"{placements}__unit__in": where.inside,
        },
    )


def of_events(
    rows: QuerySet,
    where: ReportScope,
    period: Period,
    *,
    day: str,
    mark: str | Combinable = "",
    amount: str | None = None,
    person: str = "returnee",
) -> list[ReportLine]:
    """The lines of such records, at the unit that held the person on that day."""
    rows = events(rows, where, period, day=day, person=person)
    return _lines(rows, f"{person}__placements", "pk", person, day, mark, amount)


def _lines(
    rows: QuerySet,
    placements: str,
    record: str,
    person: str,
    day: str,
    mark: str | Combinable,
    amount: str | None,
) -> list[ReportLine]:
    told = F(mark) if mark and isinstance(mark, str) else mark or Value("")
    rows = rows.order_by().annotate(found_mark=told, found_amount=F(amount) if amount else Value(None, _NUMBER))
    columns = (f"{placements}__unit", record, person, day, "found_mark", "found_amount")
    return [ReportLine(*line) for line in rows.values_list(*columns)]
