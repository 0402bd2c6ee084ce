"""The periodic report as the sheets of a workbook: its figures beside the period before, and by unit."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cases.reports.periodic.comparison import PERCENT, Comparison, Line, figure
from cases.reports.periodic.indicators import THEME_WORDS, Theme
from cases.reports.periodic.report_scope import Lens
from cases.reports.table import Column as Figure
from cases.reports.table import Table, Value
from cases.reports.writers.xlsx import Column, Kind, Sheet
from cases.templatetags.words import period_label


def sheets(comparison: Comparison) -> list[Sheet]:
    """The figures of the unit and, where there are units below, one row for each of them."""
    table = comparison.table
    return [_figures(comparison), *([_by_unit(table)] if table.rows else [])]


def heading(table: Table) -> tuple[str, ...]:
    lens = _("Units as they were") if table.lens == Lens.AS_WAS else _("Units of today")
    title = _("Report on the reintegration of people who completed a prison sentence")
    return title, table.total.name, period_label(table.period), lens


def _figures(comparison: Comparison) -> Sheet:
    columns = [
        Column(_("Part"), width=24),
        Column(_("Figure"), width=38),
        Column(_("Counted in"), width=14),
        Column(_("This period"), Kind.NUMBER, 15),
        Column(_("Period before"), Kind.NUMBER, 15),
        Column("+/−", Kind.CHANGE, 13),
        Column("%", Kind.CHANGE, 10),
        Column(_("Note"), width=36),
    ]
    return Sheet(_("Figures"), heading(comparison.table), columns, _lines(comparison))


def _lines(comparison: Comparison) -> Iterator[tuple]:
    for line in comparison.lines:
        column = line.column
        figures = [_number(column.counts, value) for value in (line.shown, line.before, line.change)]
        values = (*figures, line.percent)
        yield (str(THEME_WORDS[Theme(column.theme)]), column.title, column.unit, *values, note(line))


def _number(counts: str, value: Value) -> Value:
    """Only a percentage has decimals; a figure typed by hand is stored with them."""
    return value if value is None or counts == PERCENT else int(value)


def note(line: Line) -> str:
    """What is said beside a figure written by hand; nothing beside a counted one."""
    if line.typed is None:
        return ""
    counted = figure(line.column.counts, line.counted)
    return _("Typed by hand; counted: %(counted)s. Reason: %(reason)s") % {
        "counted": counted,
        "reason": line.typed.reason,
    }


def _by_unit(table: Table) -> Sheet:
    columns = [Column(_("Code"), width=11), Column(_("Unit"), width=24), *(_column(each) for each in table.columns)]
    rows = [(row.code or "", row.name, *(row.shown(each) for each in table.columns)) for row in table.rows]
    told = [_apart(each, table) for each in table.columns_apart]
    total = ("", _("Total"), *(table.total.shown(each) for each in table.columns))
    return Sheet(
        _("By unit"),
        (*heading(table), *told),
        columns,
        [*rows, total],
        strong=lambda number: number == len(rows),
        fixed=2,
    )


def _apart(column: Figure, table: Table) -> str:
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


def _column(figure: Figure) -> Column:
    kind = Kind.DECIMAL if figure.counts == PERCENT else Kind.NUMBER
    return Column(f"{figure.title} ({figure.unit})", kind, 13)
