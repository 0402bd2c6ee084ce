from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.dashboard import read
from cases.reports.dashboard import overview
from cases.reports.dashboard.measure import CountedMeasure, FigureLines
from cases.reports.dashboard.snapshot import UnitSnapshot
from cases.reports.lists.overview import BEHIND_WORDS, line_columns, lines
from cases.reports.periodic.report_scope import DIRECT
from cases.views.dashboard.figure import days_words
from cases.views.lists.workbook import List, one_sheet
from cases.views.periodic.report_query import DIRECTLY, understand


def drill_down(request):
    """What was asked for, the measure and all it counted, which of its lines, and these lines."""
    asked = understand(request, read)
    standing = UnitSnapshot(asked.report.where, asked.day)
    known = {measure.key: measure for measure in overview.measures(standing)}
    measure = known.get(request.GET.get("measure", ""), next(iter(known.values())))
    which = request.GET.get("lines")
    which = FigureLines(which) if which in list(FigureLines) else FigureLines.FOUND
    direct = request.GET.get("part") == DIRECTLY
    counted = (
        measure.by_row(standing).get(DIRECT, CountedMeasure(measure, [], [])) if direct else measure.count(standing)
    )
    return asked, standing, counted, which, _narrowed(counted.behind(which), request.GET)


def _narrowed(found, query):
    """Papers of one kind at one office, or people with one reason, where those were asked for."""
    if "kind" in query:
        return [line for line in found if line.mark == (query["kind"], query.get("office", ""))]
    if "reason" in query:
        return [line for line in found if query["reason"] in overview.reasons_of(line)]
    return found


def _overview(request):
    asked, standing, counted, which, found = drill_down(request)
    rows = lines(found, asked.report.where, counted.measure, request.user)
    told = [asked.report.unit.name, days_words(counted.measure.part, standing)]
    told += [str(BEHIND_WORDS[which])] if BEHIND_WORDS[which] else []
    return one_sheet(request, counted.measure.title, line_columns(), rows, " · ".join(told))


OVERVIEW = List(
    "overview", gettext_lazy("The list behind a figure"), "dashboard-list", Permission.REPORT_VIEW, "tong-quan",
    _overview,
)  # fmt: skip
