"""The periodic report of a unit, and the lines behind each of its figures: both out of one search."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cases.lib.percentage import percent
from cases.lib.period import Period
from cases.models import Unit
from cases.reports.periodic.indicators import Indicator, Source
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_scope import OUTSIDE, ReportScope
from cases.reports.table import FigureColumn, FigureRow, ReportTable, Value

NAME = "reintegration"
TOTAL = None  # the place that is the whole report

Places = dict[int | None, list[ReportLine]]


@dataclass(frozen=True)
class Search:
    """All lines found for a unit and a period in one search of the records: the table and each list come out of it."""

    where: ReportScope
    period: Period
    found: dict[Source, Places]

    def table(self) -> ReportTable:
        """A commune has no rows. A unit that is no longer in force has one where something still counts under it, and
        so has what lies at no unit below (see Where.name_of).
        """
        where = self.where
        below: dict[int, Unit | None] = {} if where.unit.is_commune else {unit.pk: unit for unit in where.rows}
        if not where.unit.is_commune:
            met = {row for places in self.found.values() for row in places if row is not TOTAL}
            below.update({row: where.units.get(row) for row in met - below.keys()})
        return ReportTable(
            report=NAME,
            period=self.period,
            lens=where.lens,
            columns=tuple(column_of(indicator) for indicator in INDICATORS),
            total=FigureRow(where.unit.pk, where.unit.code, where.unit.name, _values(self.found, TOTAL)),
            rows=tuple(
                _row(unit, where.name_of(row), _values(self.found, row))
                for row, unit in sorted(below.items(), key=_in_order)
            ),
        )

    def lines(self, indicator: Indicator, row: int | None = TOTAL) -> list[ReportLine]:
        """The lines a figure counts, the newest first: of the whole unit, of a unit directly below it or of DIRECT."""
        part = BY_KEY[indicator.of[0]] if indicator.of else indicator
        lines = part.lines(self.found[part.source].get(row, []))
        return sorted(lines, key=lambda line: (line.day, line.record), reverse=True)


def _row(unit: Unit | None, name: str, values: dict[str, Value]) -> FigureRow:
    return FigureRow(unit.pk, unit.code, name, values) if unit else FigureRow(None, None, name, values)


def search(where: ReportScope, period: Period, indicators: Iterable[Indicator] = INDICATORS) -> Search:
    """What every indicator counts, for the unit and for each unit directly below it; some twenty queries, however large
    they are.
    """
    found: dict[Source, Places] = {}
    for indicator in indicators:
        source = (BY_KEY[indicator.of[0]] if indicator.of else indicator).source
        if source not in found:
            found[source] = by_place(source(where, period), where)
    return Search(where, period, found)


def build(where: ReportScope, period: Period) -> ReportTable:
    """Every indicator for the unit and for each unit directly below it."""
    return search(where, period).table()


def table_of(unit: Unit, period: Period, lens: str, values: dict[str, int | float | None]) -> ReportTable:
    """The table of figures kept earlier, as `ReportTable.as_json` told them; a figure that was not kept is unknown."""
    kept = {each.key: _kept(each, values.get(each.key)) for each in INDICATORS}
    total = FigureRow(unit.pk, unit.code, unit.name, kept)
    return ReportTable(NAME, period, lens, tuple(column_of(indicator) for indicator in INDICATORS), total, ())


def _kept(indicator: Indicator, value: int | float | None) -> Value:
    if value is None or not indicator.of:
        return None if value is None else int(value)
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _in_order(row: tuple[int, Unit | None]) -> tuple:
    unit = row[1]
    return (unit is None, *((unit.code, unit.valid_from) if unit else ()))


def lines_behind(indicator: Indicator, where: ReportScope, period: Period, row: int | None = TOTAL) -> list[ReportLine]:
    """The lines one figure counts (see Search.lines); nothing else is searched for."""
    return search(where, period, [indicator]).lines(indicator, row)


def by_place(lines: list[ReportLine], where: ReportScope) -> Places:
    """Lines by the place they count at; a move within one place counts nowhere in it."""
    places: Places = defaultdict(list)
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


def _values(found: dict[Source, Places], place: int | None) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for indicator in INDICATORS:
        if indicator.of:
            continue
        values[indicator.key] = indicator.value(indicator.lines(found[indicator.source].get(place, [])))
    return {each.key: _share(each.of, values) if each.of else values[each.key] for each in INDICATORS}


def _share(of: tuple[str, str], values: Mapping[str, Value]) -> Value:
    part, whole = (values[key] for key in of)
    return None if part is None or whole is None else percent(part, whole)


def column_of(indicator: Indicator) -> FigureColumn:
    return FigureColumn(
        key=indicator.key,
        title=str(indicator.title),
        counts=indicator.counts,
        unit=str(indicator.unit),
        theme=indicator.theme,
        rule=str(indicator.rule),
        part=indicator.of[0] if indicator.of else "",
        among=indicator.of[1] if indicator.of else indicator.among or indicator.key,
    )
