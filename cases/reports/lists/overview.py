"""The list behind a figure of the overview: each line with why it stands there."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Activity, User
from cases.reports.dashboard import overview
from cases.reports.dashboard.measure import FigureLines, Measure, OverviewPart
from cases.reports.lists.columns import Columns, counted_rows, day_column, text_column, who_counted
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_scope import ReportScope
from cases.templatetags.words import money

PAPERS = dict(Activity.Detail.choices)
BEHIND_WORDS = {
    FigureLines.FOUND: "",
    FigureLines.BASE: gettext_lazy("of whom: everybody and everything it is a part of"),
    FigureLines.KNOWN: gettext_lazy("of which the income is known"),
}


def lines(found: Collection[ReportLine], where: ReportScope, measure: Measure, user: User) -> list[dict]:
    """Lines of `measure` with the file of each, where it may be named."""
    return [
        {**row, "unit": where.units[row["line"].unit].name, "told": _told(row["line"], measure)}
        for row in counted_rows(found, user)
    ]


def _told(line: ReportLine, measure: Measure) -> str:
    """Why the line stands here."""
    if measure.part is OverviewPart.PAPERS and isinstance(line.mark, tuple):
        kind, office = line.mark
        return f"{PAPERS[kind]} · {office}" if office else str(PAPERS[kind])
    if measure.part is OverviewPart.ATTENTION:
        return " · ".join(str(overview.ALARMS[key].title) for key in overview.reasons_of(line))
    if line.mark == "never":
        return _("never met individually")
    if measure.money and line.amount is not None:
        return _("%(income)s a month") % {"income": money(line.amount)}
    if measure.part is OverviewPart.ENTRIES:
        days = ngettext("logged after %(days)s day", "logged after %(days)s days", line.amount or 0)
        return days % {"days": line.amount} if line.amount else _("logged the same day")
    return ""


def line_columns() -> Columns:
    """The columns of `lines`."""
    return Columns(
        *who_counted(),
        text_column(_("Unit"), lambda row: row["unit"], 20),
        day_column(_("Day"), lambda row: row["line"].day),
        text_column(_("Note"), lambda row: row["told"], 40),
    )
