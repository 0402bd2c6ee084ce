"""The periodic report of a unit, and the lines behind each of its figures: both out of one search."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cases.lib.percentage import percent
from cases.lib.period import Period
from cases.models import Unit
from cases.reports.periodic import contacts, dated, flow, held, outcomes
from cases.reports.periodic.indicators import Indicator, Theme
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_records import CountedSource, RecordReading, ReportRecords, Source
from cases.reports.periodic.report_scope import OUTSIDE, ReportScope
from cases.reports.table import FigureColumn, FigureRow, ReportTable, Value

NAME = "reintegration"
CUT_OUT_OF: dict[Source | type, tuple[RecordReading, ...]] = {  # what a source, or any of its kind, is found in
    held.HeldSource: (held.LINES,),
    held.HeldOnceSource: (held.COUNTS,),
    dated.DatedSource: (dated.LINES,),
    flow.arrivals: (flow.MOVES,),
    flow.departures: (flow.MOVES,),
    contacts.contacts: (contacts.COUNTS,),
    contacts.meetings: (contacts.MEETINGS,),
    contacts.attendances: (contacts.MEETINGS,),
    outcomes.eligible: outcomes.OF_CLOCKS,
}
TOTAL = None  # the place that is the whole report

PlaceOfLine = int | None
PlaceLines = dict[PlaceOfLine, list[ReportLine]]


@dataclass(frozen=True)
class Search:
    """What the records say of a unit in one period: the table and each list come out of it. Each source is asked when
    it is first needed; for the table those that can count do, and find no lines.
    """

    records: ReportRecords
    period: Period
    indicators: tuple[Indicator, ...] = INDICATORS
    _places: dict[Source, PlaceLines] = field(default_factory=dict)
    _counts: dict[CountedSource, dict[PlaceOfLine, Counter]] = field(default_factory=dict)

    @property
    def where(self) -> ReportScope:
        return self.records.where

    def table(self, *, by_unit: bool = True) -> ReportTable:
        """A commune has no rows, and without `by_unit` no unit has any. A unit that is no longer in force has one where
        something still counts under it, and so has what lies at no unit below (see Where.name_of).
        """
        where = self.where
        self.records.read(*_readings(self.records))
        total = FigureRow(where.unit.pk, where.unit.code, where.unit.name, self.values(TOTAL))
        below: dict[int, Unit | None] = {}
        if by_unit and not where.unit.is_commune:
            below = {unit.pk: unit for unit in where.rows}
            met = {row for found in (self._places, self._counts) for places in found.values() for row in places}
            below.update({row: where.units.get(row) for row in met - below.keys() if row is not TOTAL})
        return ReportTable(
            report=NAME,
            period=self.period,
            lens=where.lens,
            columns=tuple(column_of(indicator) for indicator in self.indicators),
            total=total,
            rows=tuple(
                _row(below[row], where.name_of(row), self.values(row))
                for row in sorted(below, key=lambda each: in_order(below[each]))
            ),
        )

    def values(self, place: PlaceOfLine) -> dict[str, Value]:
        """Every figure of the unit, or of one directly below it."""
        found = {each.key: self._value(each, place) for each in self.indicators if not each.of}
        return {each.key: share(each.of, found) if each.of else found[each.key] for each in self.indicators}

    def _value(self, indicator: Indicator, place: PlaceOfLine) -> Value:
        if isinstance(indicator.source, CountedSource):
            return indicator.count(self.counts(indicator.source).get(place, Counter()))
        return indicator.value(indicator.lines(self.places(indicator.source).get(place, [])))

    def counts(self, source: CountedSource) -> dict[PlaceOfLine, Counter]:
        """By place and mark how many lines the source has."""
        if source not in self._counts:
            found: dict[PlaceOfLine, Counter] = defaultdict(Counter)
            for unit, marks in source.counts(self.records, self.period).items():
                for place in (self.where.row_of(unit), TOTAL):
                    found[place] += marks
            self._counts[source] = found
        return self._counts[source]

    def places(self, source: Source) -> PlaceLines:
        """By place the lines the source finds."""
        if source not in self._places:
            self._places[source] = by_place(source(self.records, self.period), self.where)
        return self._places[source]

    def met(self, source: Source) -> set[PlaceOfLine]:
        """The places at which a source counts anything."""
        return set(self.counts(source) if isinstance(source, CountedSource) else self.places(source))

    def lines(self, indicator: Indicator, row: PlaceOfLine = TOTAL) -> list[ReportLine]:
        """The lines a figure counts, the newest first: of the whole unit, of a unit directly below it or of DIRECT."""
        part = _counted(indicator)
        lines = part.lines(self.places(part.source).get(row, []))
        return sorted(lines, key=lambda line: (line.day, line.record), reverse=True)


def _readings(records: ReportRecords) -> list[RecordReading]:
    """What the sources of a page find their lines in, each once."""
    found = [CUT_OUT_OF.get(each) or CUT_OUT_OF.get(type(each), ()) for each in records.sources]
    return list(dict.fromkeys(reading for readings in found for reading in readings))


def of_theme(theme: Theme) -> tuple[Indicator, ...]:
    """The figures of one part of the report, and those that its percentages are made of."""
    keys = {key for each in INDICATORS if each.theme == theme for key in (each.key, *(each.of or ()))}
    return tuple(each for each in INDICATORS if each.key in keys)


def _counted(indicator: Indicator) -> Indicator:
    """The figure whose lines stand behind this one: of a percentage its part."""
    return BY_KEY[indicator.of[0]] if indicator.of else indicator


def _row(unit: Unit | None, name: str, values: dict[str, Value]) -> FigureRow:
    return FigureRow(unit.pk, unit.code, name, values) if unit else FigureRow(None, None, name, values)


def records_of(
    where: ReportScope,
    *periods: Period,
    indicators: Iterable[Indicator] = INDICATORS,
    charted: Iterable[Period] = (),
) -> ReportRecords:
    """What these figures are cut out of, for all the periods together: three queries, however large they are."""
    asked = [_counted(each).source for each in indicators]
    beside = [each for source in asked for each in getattr(source, "beside", ())]
    return ReportRecords(where, *periods, sources=[*asked, *beside], charted=charted)


def search(where: ReportScope, period: Period, indicators: Iterable[Indicator] = INDICATORS) -> Search:
    """What these indicators count in one period, for the unit and for each unit directly below it."""
    chosen = tuple(indicators)
    return Search(records_of(where, period, indicators=chosen), period, chosen)


def build(where: ReportScope, period: Period) -> ReportTable:
    """Every indicator for the unit and for each unit directly below it."""
    return search(where, period).table()


def table_of(unit: Unit, period: Period, lens: str, values: dict[str, int | float | None]) -> ReportTable:
    """The table of figures kept earlier, as `ReportTable.as_json` told them; a figure that was not kept is unknown."""
    total = FigureRow(unit.pk, unit.code, unit.name, kept_values(values))
    return ReportTable(NAME, period, lens, tuple(column_of(indicator) for indicator in INDICATORS), total, ())


def kept_values(values: Mapping[str, int | float | None]) -> dict[str, Value]:
    """The figures of one row as JSON kept them."""
    return {each.key: _kept(each, values.get(each.key)) for each in INDICATORS}


def _kept(indicator: Indicator, value: int | float | None) -> Value:
    if value is None or not indicator.of:
        return None if value is None else int(value)
    return Decimal(str(value)).quantize(Decimal("0.01"))


def in_order(unit: Unit | None) -> tuple:
    """Where the row of a unit stands: by code; last what lies at no unit."""
    return (unit is None, *((unit.code, unit.valid_from) if unit else ()))


def lines_behind(
    indicator: Indicator, where: ReportScope, period: Period, row: PlaceOfLine = TOTAL
) -> list[ReportLine]:
    """The lines one figure counts (see Search.lines); nothing else is searched for."""
    return search(where, period, [indicator]).lines(indicator, row)


def by_place(lines: list[ReportLine], where: ReportScope) -> PlaceLines:
    """Lines by the place they count at; a move within one place counts nowhere in it."""
    places: PlaceLines = defaultdict(list)
    for line in lines:
        here = where.row_of(line.unit)
        there = where.row_of(line.other) if line.other else OUTSIDE
        if here == OUTSIDE:
            continue
        if here != there:
            places[here].append(line)
        if there == OUTSIDE:
            places[TOTAL].append(line)
    return places


def in_whole(lines: list[ReportLine], where: ReportScope) -> list[ReportLine]:
    """Those of the lines that count for the whole unit, as `by_place` has them under TOTAL."""
    if any(line.other for line in lines):
        return by_place(lines, where).get(TOTAL, [])
    return [line for line in lines if where.row_of(line.unit) != OUTSIDE]


def share(of: tuple[str, str], values: Mapping[str, Value]) -> Value:
    """A percentage out of the figures it is made of; unknown where one of them is."""
    part, whole = (values[key] for key in of)
    return None if part is None or whole is None else percent(part, whole)


def column_of(indicator: Indicator) -> FigureColumn:
    """The column of the report that shows an indicator."""
    return FigureColumn(
        key=indicator.key,
        title=str(indicator.title),
        counts=indicator.counts,
        unit=str(indicator.unit),
        theme=indicator.theme,
        rule=str(indicator.rule),
        part=indicator.of[0] if indicator.of else "",
        among=indicator.of[1] if indicator.of else indicator.among or indicator.key,
        is_part=indicator.is_part,
    )
