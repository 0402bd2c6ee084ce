"""The figures of a report as numbers alone: counted at once, or part by part of the people, and kept as JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cases.lib.period import Period
from cases.models import Unit
from cases.reports.periodic import months, official_letter, reintegration
from cases.reports.periodic.comparison import ReportComparison, TypedFigure, compare, period_before
from cases.reports.periodic.indicators import Indicator, mean, mean_of, total
from cases.reports.periodic.months import ContactMonth, MonthCounts
from cases.reports.periodic.registry import INDICATORS
from cases.reports.periodic.report_scope import EVERYBODY, PeoplePart, ReportScope, direct_name
from cases.reports.table import FigureRow, ReportTable, Value, json_values

# Of a part of the people a mean is no figure that adds up: its sum is, and how many it is of
OF_PARTS = tuple(replace(each, value=total) if each.value is mean else each for each in INDICATORS)
RowValues = Mapping[str, Value]


@dataclass(frozen=True)
class ReportFigures:
    """A report beside the period before, with the contacts of its months; `below` units lie directly below.

    `began_later`: the unit did not stand yet when the period began.
    """

    comparison: ReportComparison
    contacts: list[MonthCounts]
    below: int
    began_later: bool

    @property
    def table(self) -> ReportTable:
        return self.comparison.table

    def months(self, named: Period) -> list[ContactMonth]:
        return months.months_of(self.table.period, named.label.profile, self.contacts)

    def without_units(self) -> "ReportFigures":
        """The same without the rows of the units below."""
        table = replace(self.table, rows=())
        return replace(self, comparison=replace(self.comparison, table=table))

    def typed(self, typed: Mapping[str, TypedFigure]) -> ReportComparison:
        """The comparison with figures written by hand in their places."""
        return replace(self.comparison, typed=typed)

    def as_json(self) -> dict[str, Any]:
        """What is kept of them; the row of what lies at no unit below bears no name."""
        before = self.comparison.before
        return {
            "total": json_values(self.table.total.values),
            "rows": [
                [row.pk, row.code, row.name if row.pk else "", json_values(row.values)] for row in self.table.rows
            ],
            "before": before and json_values(before.total.values),
            "contacts": self.contacts,
            "below": self.below,
            "began_later": self.began_later,
        }


def read_kept(kept: dict[str, Any], unit: Unit, lens: str, named: Period, counted: Period) -> ReportFigures:
    """The figures of a unit as they were kept."""
    table = reintegration.table_of(unit, counted, lens, kept["total"])
    rows = tuple(
        FigureRow(pk, code, name if pk else direct_name(unit, lens), reintegration.kept_values(values))
        for pk, code, name, values in kept["rows"]
    )
    earlier = kept["before"]
    before = reintegration.table_of(unit, period_before(named, counted), lens, earlier) if earlier else None
    contacts = [(now, was) for now, was in kept["contacts"]]
    return ReportFigures(compare(replace(table, rows=rows), before), contacts, kept["below"], kept["began_later"])


def count_report(
    where: ReportScope,
    named: Period,
    counted: Period,
    *,
    by_unit: bool = True,
    parts: Iterable[PeoplePart] = (EVERYBODY,),
) -> ReportFigures:
    """Count the report of `counted` beside the period before `named`; `by_unit` with the units below."""
    profile = named.label.profile
    charted = months.chart_periods(counted, profile)
    tables: list[list[ReportTable]] = []
    contacts: list[MonthCounts] = []
    for people in parts:
        records = official_letter.records_compared(replace(where, people=people), named, counted, charted)
        now, *before = [reintegration.Search(records, period, OF_PARTS) for period in records.periods]
        tables.append([now.table(by_unit=by_unit), *(each.table(by_unit=False) for each in before)])
        monthly = months.month_counts(where, counted, profile, records)
        contacts = months.add_months_counts(contacts, monthly) if contacts else monthly
    table, *earlier = [_whole(each, where) for each in zip(*tables, strict=True)]
    comparison = compare(table, earlier[0] if earlier else None)
    return ReportFigures(comparison, contacts, len(where.rows), not where.existed(counted.start))


def _whole(tables: Sequence[ReportTable], where: ReportScope) -> ReportTable:
    """The table of everybody out of those of the parts."""
    rows: dict[int | None, list[FigureRow]] = {}
    for row in (row for table in tables for row in table.rows):
        rows.setdefault(row.pk, []).append(row)
    in_order = sorted(rows, key=lambda pk: reintegration.in_order(where.units[pk] if pk else None))
    first = tables[0]
    total = replace(first.total, values=_added(table.total.values for table in tables))
    return replace(first, total=total, rows=tuple(_row(rows[pk]) for pk in in_order))


def _row(parts: list[FigureRow]) -> FigureRow:
    return replace(parts[0], values=_added(row.values for row in parts))


def _added(parts: Iterable[RowValues]) -> dict[str, Value]:
    """The figures of everybody: sums, and out of them the means and percentages."""
    known = list(parts)
    sums = {each.key: sum(int(values[each.key] or 0) for values in known) for each in INDICATORS if not each.of}
    found = {each.key: _value(each, sums) for each in INDICATORS if not each.of}
    return {each.key: reintegration.share(each.of, found) if each.of else found[each.key] for each in INDICATORS}


def _value(indicator: Indicator, sums: Mapping[str, int]) -> Value:
    return mean_of(sums[indicator.key], sums[indicator.among]) if indicator.value is mean else sums[indicator.key]
