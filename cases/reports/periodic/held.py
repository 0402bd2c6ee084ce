"""People a unit held: sources that pick placements by a condition, all of a page in one question."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from cases.lib.period import ONE_DAY, Period
from cases.models import Placement
from cases.reports.periodic.report_line import ReportLine, covers
from cases.reports.periodic.report_records import CountedSource, Counts, RecordReading, ReportRecords

_DAYS = ("completed_on", "presented_on", "closed_on")


def is_open(on: date) -> Q:
    """The file is not closed, and the placement holds the person; on the closing day it is no longer open."""
    return covers(on, on) & (Q(returnee__closed_on__isnull=True) | Q(returnee__closed_on__gt=on))


def is_absent(on: date) -> Q:
    """The person has not presented by the day."""
    return Q(returnee__presented_on__isnull=True) | Q(returnee__presented_on__gt=on)


def is_managed(on: date) -> Q:
    """The file is open on the day, and the person had presented by then."""
    return is_open(on) & Q(returnee__presented_on__lte=on)


@dataclass(frozen=True)
class HeldSource:
    """A source: placements of which `which` holds, one line each; `day` is the person's day to show and sort by.

    `mark` tells kinds apart, if any. Where `which` is about one day nobody stands there twice: HeldOnceSource.
    """

    which: Callable[[Period], Q]
    day: str
    mark: Callable[[Period], Combinable] | None = None

    def __call__(self, records: ReportRecords, period: Period) -> list[ReportLine]:
        return records.once(LINES)[self, period]

    def told(self, period: Period) -> Case:
        """The mark of a placement that counts, empty where there is none to tell; null where it does not count."""
        mark = self.mark(period) if self.mark else Value("")
        return Case(When(self.which(period), then=mark), default=None, output_field=CharField())


class HeldOnceSource(HeldSource, CountedSource):
    """A source whose lines the database can count: no two placements of a person hold them on one day."""

    def __call__(self, records: ReportRecords, period: Period) -> list[ReportLine]:
        return records.once(LINES_ONCE)[self, period]

    def counts(self, records: ReportRecords, period: Period) -> Counts:
        return records.once(COUNTS)[self, period]


AskedSources = dict[str, tuple[HeldSource, Period]]
LinesBySource = dict[tuple[HeldSource, Period], list[ReportLine]]


def _asked(records: ReportRecords, kind: type[HeldSource]) -> AskedSources:
    pairs = [(source, period) for source in records.asked(kind) for period in records.periods]
    return {f"told_{number}": pair for number, pair in enumerate(pairs)}


def within_reach(records: ReportRecords) -> QuerySet[Placement]:
    """Placements that any condition may pick: of files that were open, or were closed, from the first day's eve on."""
    span = records.span
    return Placement.objects.filter(
        covers(span.start - ONE_DAY, span.end),
        Q(returnee__closed_on__isnull=True) | Q(returnee__closed_on__gte=span.start),
        unit__in=records.where.among,
        returnee__withdrawn_at__isnull=True,
        **records.where.people.condition("returnee"),
    ).order_by()


def _placements(kind: type[HeldSource], records: ReportRecords) -> QuerySet:
    asked = _asked(records, kind)
    any_of = Q()
    for source, period in asked.values():
        any_of |= source.which(period)
    rows = within_reach(records).filter(any_of)
    rows = rows.annotate(**{name: source.told(period) for name, (source, period) in asked.items()})
    return rows.values_list("unit", "returnee", *(f"returnee__{day}" for day in _DAYS), *asked)


def _lines(kind: type[HeldSource], records: ReportRecords, rows: QuerySet) -> LinesBySource:
    asked = _asked(records, kind)
    found: LinesBySource = {pair: [] for pair in asked.values()}
    pairs = [(found[source, period], _DAYS.index(source.day)) for source, period in asked.values()]
    for unit, person, *rest in rows:
        for (lines, day), mark in zip(pairs, rest[len(_DAYS) :], strict=True):
            if mark is not None:
                lines.append(ReportLine(unit, person, person, rest[day], mark))
    return found


def _marked_and_plain(records: ReportRecords) -> tuple[AskedSources, AskedSources]:
    asked = _asked(records, HeldOnceSource)
    marked = {name: pair for name, pair in asked.items() if pair[0].mark}
    return marked, {name: pair for name, pair in asked.items() if not pair[0].mark}


def _sums(records: ReportRecords) -> QuerySet:
    marked, plain = _marked_and_plain(records)
    rows = within_reach(records).annotate(**{name: source.told(period) for name, (source, period) in marked.items()})
    return (
        rows.annotate(place=records.where.summed_by("unit"))
        .values("place", *marked)
        .annotate(
            **{name: Count("pk", filter=source.which(period)) for name, (source, period) in plain.items()},
            all=Count("pk"),
        )
    )


def _counts(records: ReportRecords, rows: QuerySet) -> dict[tuple[HeldSource, Period], Counts]:
    marked, plain = _marked_and_plain(records)
    found: dict[tuple[HeldSource, Period], Counts] = {
        pair: defaultdict(Counter) for pair in (*marked.values(), *plain.values())
    }
    for row in rows:
        for name, pair in plain.items():
            if row[name]:
                found[pair][row["place"]][""] += row[name]
        for name, pair in marked.items():
            if row[name] is not None:
                found[pair][row["place"]][row[name]] += row["all"]
    return found


LINES = RecordReading(partial(_placements, HeldSource), partial(_lines, HeldSource))
LINES_ONCE = RecordReading(partial(_placements, HeldOnceSource), partial(_lines, HeldOnceSource))
COUNTS = RecordReading(_sums, _counts)
