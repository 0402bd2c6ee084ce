"""The consolidated report as the sheets of a workbook: the whole, its communes, figures by hand, what changed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.reports.periodic.comparison import figure
from cases.reports.periodic.consolidation import ConsolidatedFigure, Consolidation, ReportPart, changes_of
from cases.reports.periodic.indicators import THEME_WORDS, Countable, Theme
from cases.reports.table import FigureColumn, Value
from cases.reports.writers.xlsx import CellKind, Sheet, SheetColumn
from cases.templatetags.words import day_and_hour, period_days, period_label


def sheets(whole: Consolidation) -> list[Sheet]:
    """Always the same four, so that the workbooks of two periods can be laid side by side."""
    return [_figures(whole), _communes(whole), _by_hand(whole), _changes(whole)]


def standing_words(part: ReportPart) -> str:
    """Where the figures of a part come from."""
    if part.version:
        return _("Accepted, version %(number)d") % {"number": part.version.number}
    if part.submission:
        return _("Not accepted yet: counted now")
    return _("Not asked for a report: counted now")


def apart_words(line: ConsolidatedFigure) -> str:
    """Why the communes do not add up to the whole; "" where they do."""
    if not line.is_apart:
        return ""
    told = _("The communes add up to %(sum)s: who stands in two of them counts once, a move between them is none.")
    return told % {"sum": figure(line.column.counts, line.added)}


def _heading(whole: Consolidation) -> tuple[str, ...]:
    told = _("%(accepted)d of %(count)d parts accepted")
    count = told % {"accepted": len(whole.accepted), "count": len(whole.parts)}
    days = f"{period_label(whole.period)} ({period_days(whole.period)})"
    return _("Consolidated report"), whole.unit.name, days, count


def _figures(whole: Consolidation) -> Sheet:
    columns = [
        SheetColumn(_("Part"), width=24),
        SheetColumn(_("Figure"), width=38),
        SheetColumn(_("Counted in"), width=14),
        SheetColumn(pgettext("figure", "Reported"), CellKind.NUMBER, 15),
        SheetColumn(_("Counted now"), CellKind.NUMBER, 15),
        SheetColumn("+/−", CellKind.CHANGE, 13),
        SheetColumn(_("Communes with a figure by hand"), CellKind.NUMBER, 15),
        SheetColumn(_("Note"), width=50),
    ]
    rows = [
        (
            str(THEME_WORDS[Theme(line.column.theme)]),
            line.column.title,
            line.column.unit,
            line.total,
            line.counted,
            line.change,
            line.by_hand,
            apart_words(line),
        )
        for line in whole.figures
    ]
    return Sheet(_("Consolidated"), _heading(whole), columns, rows, fixed=2)


def _communes(whole: Consolidation) -> Sheet:
    columns = [
        SheetColumn(_("Unit"), width=26),
        SheetColumn(_("Figures"), width=30),
        *(_column(line.column) for line in whole.figures),
    ]
    rows: list[tuple] = [
        (part.name, standing_words(part), *(part.reported[line.column.key] for line in whole.figures))
        for part in whole.parts
    ]
    total = (_("Total"), "", *(line.total for line in whole.figures))
    last = len(rows)
    return Sheet(_("By unit"), _heading(whole), columns, [*rows, total], strong=lambda number: number == last, fixed=1)


def _by_hand(whole: Consolidation) -> Sheet:
    columns = [
        SheetColumn(_("Unit"), width=26),
        SheetColumn(_("Figure"), width=38),
        SheetColumn(_("Counted"), CellKind.NUMBER, 14),
        SheetColumn(_("Typed by hand"), CellKind.NUMBER, 14),
        SheetColumn(_("Reason"), width=50),
        SheetColumn(pgettext("author", "By"), width=24),
    ]
    return Sheet(_("By hand"), _heading(whole), columns, _cells(whole), filtered=True)


def _cells(whole: Consolidation) -> Iterator[tuple]:
    titles = {line.column.key: line.column.title for line in whole.figures}
    for part in whole.accepted:
        for key, cell in part.typed.items():
            yield (part.name, titles[key], part.counted_then[key], part.reported[key], cell.reason, cell.by)


def _changes(whole: Consolidation) -> Sheet:
    columns = [
        SheetColumn(_("Unit"), width=26),
        SheetColumn(_("Sent"), width=18),
        SheetColumn(_("Figure"), width=38),
        SheetColumn(_("Counted when it was sent"), CellKind.NUMBER, 16),
        SheetColumn(_("Counted now"), CellKind.NUMBER, 16),
    ]
    rows: list[tuple[str, str, str, Value, Value]] = [
        (part.name, day_and_hour(part.version.made_at), column.title, then, now)
        for part in whole.changed
        if part.version
        for column, then, now in changes_of(part)
    ]
    return Sheet(_("Changed since"), _heading(whole), columns, rows, filtered=True)


def _column(column: FigureColumn) -> SheetColumn:
    kind = CellKind.DECIMAL if column.counts == Countable.PERCENT else CellKind.NUMBER
    return SheetColumn(f"{column.title} ({column.unit})", kind, 13)
