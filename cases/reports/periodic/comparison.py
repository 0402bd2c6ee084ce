"""A report beside that of the period before: kỳ này, kỳ trước, +/−, %. Pure: two tables in, lines out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from cases.lib.numbers import group
from cases.lib.percentage import is_enough, percent, rate
from cases.lib.period import Period
from cases.lib.text import UNKNOWN
from cases.reports.periodic.indicators import Countable
from cases.reports.table import FigureColumn, ReportTable, Value


@dataclass(frozen=True)
class TypedFigure:
    """A figure somebody wrote by hand in the place of the counted one, and why."""

    value: Decimal
    reason: str
    by: str
    is_below: bool = False  # units below wrote part of it


@dataclass(frozen=True)
class ComparedFigure:
    """One figure: `now` as it is reported, `counted` as it was counted; None is unknown.

    `shown` and `before` are None too where a percentage has too few people; `change` is between these two. Of a
    percentage it is in points, and such a line has no `percent` of its own. `among` counts the people behind `before`.
    """

    column: FigureColumn
    counted: Value
    before: Value
    typed: TypedFigure | None = None
    is_shown: bool = True
    among: Value = None

    @property
    def now(self) -> Value:
        return self.typed.value if self.typed else self.counted

    @property
    def shown(self) -> Value:
        return self.now if self.is_shown else None

    @property
    def change(self) -> Value:
        return None if self.shown is None or self.before is None else self.shown - self.before

    @property
    def percent(self) -> Decimal | None:
        """Change in hundredths of the figure before, one decimal; None where that was unknown or too small."""
        if self.change is None or self.before is None or self.column.counts == Countable.PERCENT:
            return None
        return rate(self.change, self.before, among=self.among or 0, step="0.1")


@dataclass(frozen=True)
class AcceptedFigures:
    """Which version of which submission the figures are of, and when it was sent."""

    submission: int
    number: int
    sent_at: datetime


@dataclass(frozen=True)
class ReportComparison:
    """The report of a unit beside that of the period before; `before` is None where there is none to compare with.

    `accepted` says in which version the figures before were reported; None where the records were counted. `notes`, in
    Vietnamese, say of which reports a unit above is put together.
    """

    table: ReportTable
    before: ReportTable | None
    typed: Mapping[str, TypedFigure]
    accepted: AcceptedFigures | None = None
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[ComparedFigure, ...]:
        """One line for each figure of the whole unit, in the order of the report."""
        now, before, typed = self.table.total, self.before.total if self.before else None, self.typed
        reported = {**now.values, **{key: cell.value for key, cell in typed.items()}}
        return tuple(
            ComparedFigure(
                column=each,
                counted=_counted(each, now.values, reported),
                before=before.shown(each) if before else None,
                typed=typed.get(each.key),
                is_shown=each.key in typed or not each.part or is_enough(reported[each.among]),
                among=before.values.get(each.among) if before else None,
            )
            for each in self.table.columns
        )

    @property
    def by_key(self) -> dict[str, ComparedFigure]:
        return {line.column.key: line for line in self.lines}


def _counted(column: FigureColumn, values: Mapping[str, Value], reported: Mapping[str, Value]) -> Value:
    """A percentage is that of the figures it stands beside, also where one of these was written by hand."""
    pair = (column.part, column.among)
    if not column.part or all(reported[key] == values[key] for key in pair):
        return values[column.key]
    part, among = (reported[key] for key in pair)
    return None if part is None or among is None else percent(part, among)


def compare(
    table: ReportTable,
    before: ReportTable | None,
    typed: Mapping[str, TypedFigure] | None = None,
) -> ReportComparison:
    """Put the tables of two periods side by side; `typed` are the figures written by hand, by key."""
    return ReportComparison(table, before, typed or {})


def period_before(named: Period, counted: Period) -> Period:
    """The period to compare with. Of a period under way, cut at today, as many days of the one before it."""
    whole = named.previous()
    if counted == named:
        return whole
    return Period(whole.start, min(whole.end, whole.start + timedelta(days=counted.days - 1)))


def figure(counts: str, value: Value) -> str:
    """A value as it is printed: 1.234; a percentage with two decimals; "—" where it is unknown."""
    if value is None:
        return UNKNOWN
    return group(value, 2 if counts == Countable.PERCENT else 0)


def signed_number(counts: str, change: Value) -> str:
    """Return a change as it is printed: +12, −3, 0 or "—"."""
    if not change:
        return UNKNOWN if change is None else "0"
    return f"{'+' if change > 0 else '−'}{figure(counts, change if change > 0 else -change)}"


def signed_percent(percent: Decimal | None) -> str:
    """+12,5 %, −3 %, 0 % or "—"."""
    if percent is None:
        return UNKNOWN
    shown = group(abs(percent), 1).removesuffix(",0")
    return f"{'+' if percent > 0 else '−' if percent < 0 else ''}{shown} %"
