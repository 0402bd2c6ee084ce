"""The periodic report as the sheets of a workbook: its figures beside the period before, and by unit."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from cases.reports.periodic.comparison import ComparedFigure, ReportComparison, figure
from cases.reports.periodic.indicators import THEME_WORDS, Countable, Theme
from cases.reports.periodic.report_scope import Lens
from cases.reports.table import FigureColumn, ReportTable, Value
from cases.reports.writers.xlsx import CellKind, Sheet, SheetColumn
from cases.templatetags.words import period_label


def sheets(comparison: ReportComparison) -> list[Sheet]:
    """The figures of the unit and, where there are units below, one row for each of them."""
    table = comparison.table
    return [_figures(comparison), *([_by_unit(comparison)] if table.rows else [])]


def heading(table: ReportTable) -> tuple[str, ...]:
    """What stands above the table in the workbook: its title, unit, period and lens."""
    lens = _("Units as they were") if table.lens == Lens.AS_WAS else _("Units of today")
    title = _("Report on the reintegration of people who completed a prison sentence")
    return title, table.total.name, period_label(table.period), lens


def _figures(comparison: ReportComparison) -> Sheet:
    columns = [
        SheetColumn(_("Part"), width=24),
        SheetColumn(_("Figure"), width=38),
        SheetColumn(_("Counted in"), width=14),
        SheetColumn(_("This period"), CellKind.NUMBER, 15),
        SheetColumn(_("Period before"), CellKind.NUMBER, 15),
        SheetColumn("+/−", CellKind.CHANGE, 13),
        SheetColumn("%", CellKind.CHANGE, 10),
        SheetColumn(_("Note"), width=36),
    ]
    return Sheet(_("Figures"), heading(comparison.table), columns, _lines(comparison))


def _lines(comparison: ReportComparison) -> Iterator[tuple]:
    for line in comparison.lines:
        column = line.column
        figures = [_number(column.counts, value) for value in (line.shown, line.before, line.change)]
        values = (*figures, line.percent)
        yield (str(THEME_WORDS[Theme(column.theme)]), column.title, column.unit, *values, note(line))


def _number(counts: str, value: Value) -> Value:
    """Only a percentage has decimals; a figure typed by hand is stored with them."""
    return value if value is None or counts == Countable.PERCENT else int(value)


def note(line: ComparedFigure) -> str:
    """What is said beside a figure written by hand; nothing beside a counted one."""
    if line.typed is None:
        return ""
    counted = figure(line.column.counts, line.counted)
    return _("Typed by hand; counted: %(counted)s. Reason: %(reason)s") % {
        "counted": counted,
        "reason": line.typed.reason,
    }


def _by_unit(comparison: ReportComparison) -> Sheet:
    """The units below, and the whole as it is reported: also where a figure of it was written by hand."""
    reported = {line.column.key: _number(line.column.counts, line.now) for line in comparison.lines}
    table = replace(comparison.table, total=replace(comparison.table.total, values=reported))
    by_hand = {key for key, cell in comparison.typed.items() if not cell.is_below}
    columns = [
        SheetColumn(_("Code"), width=11),
        SheetColumn(_("Unit"), width=24),
        *(_column(each) for each in table.columns),
    ]
    rows = [(row.code or "", row.name, *(row.shown(each) for each in table.columns)) for row in table.rows]
    told = [_apart(each, table) for each in table.columns_apart if each.key not in by_hand]
    total = ("", _("Total"), *(table.total.shown(each) for each in table.columns))
    return Sheet(
        _("By unit"),
        (*heading(table), *told),
        columns,
        [*rows, total],
        strong=lambda number: number == len(rows),
        fixed=2,
    )


def _apart(column: FigureColumn, table: ReportTable) -> str:
    """Why the rows of a figure do not add up to its total."""
    told = _(
        "%(title)s: the rows add up to %(sum)s, the total is %(total)s. Who stands in two rows counts once in the "
        "total; who moved from one row to another counts in the rows only."
    )
    total = table.total.values[column.key]
    return told % {
        "title": column.title,
        "sum": figure(column.counts, table.sum_of(column)),
        "total": figure(column.counts, total),
    }


def _column(figure: FigureColumn) -> SheetColumn:
    kind = CellKind.DECIMAL if figure.counts == Countable.PERCENT else CellKind.NUMBER
    return SheetColumn(f"{figure.title} ({figure.unit})", kind, 13)
