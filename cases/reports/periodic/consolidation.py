"""The figures of a unit made of what its communes reported: accepted versions where there are any, else counted now.

What was accepted stays what it was, whatever becomes of the records; beside it stands what the records say today, so
that whoever reads one knows why it is not the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from cases.lib.percentage import percent
from cases.lib.period import Period
from cases.models import ReportVersion, Submission, Unit
from cases.reports.periodic import reintegration
from cases.reports.periodic.comparison import TypedFigure
from cases.reports.periodic.flow import arrivals, departures
from cases.reports.periodic.frozen import figures_by_hand, lines_of
from cases.reports.periodic.indicators import Indicator, mean
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_records import CountedSource
from cases.reports.periodic.report_scope import DIRECT, Lens, ReportScope, where_of
from cases.reports.table import MEANS, FigureColumn, Value


class CommuneScope(ReportScope):
    """A scope in which everything counts under its commune, however many units lie between."""

    def _row_of(self, unit_id: int) -> int:
        row = super()._row_of(unit_id)
        return int(self.places[unit_id].rstrip("/").rsplit("/", 1)[1]) if row > DIRECT else row

    def in_order(self, row: int) -> tuple:
        """By code, as a report lists units; what lies at no commune comes last."""
        unit = self.units.get(row)
        return (unit is None, *((unit.code, unit.valid_from) if unit else ()))


@dataclass(frozen=True)
class ReportPart:
    """One commune of the whole. `counted` is what its records say now; `submission` is None where nobody asked it."""

    unit: int
    name: str
    counted: Mapping[str, Value]
    submission: Submission | None = None

    @property
    def version(self) -> ReportVersion | None:
        """The version that counts, or None where the records do."""
        return self.submission.accepted if self.submission else None

    @cached_property
    def typed(self) -> Mapping[str, TypedFigure]:
        """Figures of the version written by hand."""
        return figures_by_hand(self.version) if self.version else {}

    @cached_property
    def reported(self) -> Mapping[str, Value]:
        """The figures that go into the whole."""
        return reintegration.kept_values(self.version.figures) if self.version else self.counted

    @cached_property
    def counted_then(self) -> Mapping[str, Value]:
        """What the records said when the version was sent, also where something else was written by hand."""
        if self.version is None:
            return self.counted
        by_records = {key: cell["counted"] for key, cell in self.version.typed.items()}
        return reintegration.kept_values({**self.version.figures, **by_records})

    @property
    def changed(self) -> list[str]:
        """Figures that the records tell otherwise now than when the version was sent, by key."""
        return [key for key, value in self.counted_then.items() if value != self.counted[key]]


@dataclass(frozen=True)
class ConsolidatedFigure:
    """One figure of the whole: as the parts reported it, their sum, and what the records say now.

    `total` counts a person of two parts once, and nobody who moved from one part to another as gone or come; `added`
    is None of what no sum is made of.
    """

    column: FigureColumn
    total: Value
    added: Value
    counted: Value
    by_hand: int  # parts in which it was written by hand

    @property
    def is_apart(self) -> bool:
        """Whether the parts add up to something else."""
        return self.added is not None and self.added != self.total

    @property
    def change(self) -> Value:
        """What the records say now, less what was reported."""
        return None if self.total is None or self.counted is None else self.counted - self.total


@dataclass(frozen=True)
class Consolidation:
    """The report of `unit` for a period out of its parts."""

    unit: Unit
    period: Period
    parts: tuple[ReportPart, ...]
    figures: tuple[ConsolidatedFigure, ...]

    @property
    def accepted(self) -> list[ReportPart]:
        """Parts whose accepted version counts."""
        return [part for part in self.parts if part.version]

    @property
    def is_whole(self) -> bool:
        """Whether every part was accepted: nothing of it changes any more but by a correction."""
        return len(self.accepted) == len(self.parts)

    @property
    def changed(self) -> list[ReportPart]:
        """Accepted parts whose records tell otherwise now."""
        return [part for part in self.accepted if part.changed]


def consolidate(unit: Unit, period: Period, submissions: Iterable[Submission], on: date) -> Consolidation:
    """Put the report of `unit` together, by the units of the time.

    `submissions` are those of the communes below it for this very period, with `accepted` and `unit` read. Communes
    that ended within the period and what lies at no commune are parts too, by their records. A running period is
    counted up to `on`.
    """
    counted = Period(period.start, max(period.start, min(period.end, on)))
    where = _by_commune(where_of(unit, Lens.AS_WAS, counted, on))
    search = reintegration.Search(reintegration.records_of(where, counted), counted)
    now = search.table(by_unit=False).total.values
    asked = {submission.unit_id: submission for submission in submissions}
    parts = tuple(
        ReportPart(pk, asked[pk].unit.name if pk in asked else where.name_of(pk), values, asked.get(pk))
        for pk, values in ((pk, search.values(pk)) for pk in _places(search, asked))
        if pk in asked or any(values.values())
    )
    totals = {each.key: _total(each, parts, search) for each in INDICATORS if not each.of}
    totals |= _shares(totals)
    figures = [_figure(each, totals[each.key], parts, now) for each in INDICATORS]
    return Consolidation(unit, period, tuple(sorted(parts, key=lambda part: where.in_order(part.unit))), tuple(figures))


def _by_commune(where: ReportScope) -> CommuneScope:
    return CommuneScope(where.unit, where.lens, where.rows, where.units, where.places, where.begun)


def _places(search: reintegration.Search, asked: Iterable[int]) -> list[int]:
    """Who was asked, and where else something counts."""
    met = {place for each in INDICATORS if not each.of for place in search.met(each.source)}
    return sorted({*asked, *(place for place in met if place is not reintegration.TOTAL)})


def _total(indicator: Indicator, parts: Iterable[ReportPart], search: reintegration.Search) -> Value:
    key, source = indicator.key, indicator.source
    if indicator.value is mean:
        return _mean([(part.reported[key], part.reported[indicator.among]) for part in parts])
    if isinstance(source, CountedSource) or indicator.value is not len:
        return sum(part.reported[key] or 0 for part in parts)
    by_hand = sum((part.reported[key] or 0) - (part.counted_then[key] or 0) for part in parts if key in part.typed)
    return len(indicator.once(_lines(indicator, parts, search))) + by_hand


def _lines(indicator: Indicator, parts: Iterable[ReportPart], search: reintegration.Search) -> list[ReportLine]:
    """Every line the parts count; of the moves those across the edge of the whole alone."""
    found = _told(indicator, parts, search)
    if indicator.source in (arrivals, departures):
        other_end = next(each for each in INDICATORS if each.source in (arrivals, departures) and each != indicator)
        inner = {line.record for line in _told(other_end, parts, search)}
        return [line for line in found if line.record not in inner]
    return found


def _told(indicator: Indicator, parts: Iterable[ReportPart], search: reintegration.Search) -> list[ReportLine]:
    """The lines of each part: as they were sent, else as they are found now."""
    found: list[ReportLine] = []
    for part in parts:
        found += lines_of(part.version, indicator.key) if part.version else search.lines(indicator, part.unit)
    return found


def _mean(means: Iterable[tuple[Value, Value]]) -> int | None:
    """The mean of all, out of the mean of each and of how many it is; rounded half up to 1 đồng."""
    known = [(value, many) for value, many in means if value is not None and many]
    if not known:
        return None
    whole = Decimal(sum(value * many for value, many in known)) / sum(many for _value, many in known)
    return int(whole.quantize(Decimal(1), ROUND_HALF_UP))


def _shares(totals: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for each in INDICATORS:
        if each.of:
            part, among = (totals[key] for key in each.of)
            found[each.key] = None if part is None or among is None else percent(part, among)
    return found


def _figure(
    indicator: Indicator, total: Value, parts: Iterable[ReportPart], now: Mapping[str, Value]
) -> ConsolidatedFigure:
    key, column = indicator.key, reintegration.column_of(indicator)
    added = None if column.counts in MEANS else sum(part.reported[key] or 0 for part in parts)
    return ConsolidatedFigure(column, total, added, now[key], sum(key in part.typed for part in parts))


def changes_of(part: ReportPart) -> list[tuple[FigureColumn, Value, Value]]:
    """Each changed figure of a part with what its records said when it was sent, and what they say now."""
    columns = {key: reintegration.column_of(BY_KEY[key]) for key in part.changed}
    return [(column, part.counted_then[key], part.counted[key]) for key, column in columns.items()]
