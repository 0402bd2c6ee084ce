"""The list behind a figure of the overview, with the same figure of each unit below."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from cases.access.permissions import Permission
from cases.reports.dashboard.measure import FigureLines, by_unit
from cases.reports.lists.overview import BEHIND_WORDS, lines
from cases.views import pages
from cases.views.dashboard.figure import days_words, figure, place_of
from cases.views.gate import gate
from cases.views.lists.overview import drill_down
from cases.views.periodic.report_query import DIRECTLY


@gate(Permission.REPORT_VIEW, figures=True)
def show_list(request):
    asked, standing, counted, which, found = drill_down(request)
    page = pages.paginate(request, found)
    is_part = request.GET.get("part") == DIRECTLY or which is not FigureLines.FOUND
    has_units = not is_part and not asked.report.unit.is_commune
    context = {
        "asked": asked,
        "figure": figure(counted.measure, counted.figures, asked),
        "days": days_words(counted.measure.part, standing),
        "which": BEHIND_WORDS[which],
        "count": len(found),
        "page_obj": page,
        "lines": lines(page, asked.report.where, counted.measure, request.user),
        "units": [unit_row(*row, asked) for row in by_unit(counted.measure, standing)] if has_units else [],
        "back_url": f"{reverse('dashboard-show')}?{urlencode(asked.query)}",
        "now": timezone.now(),
    }
    return render(request, "dashboard/list.html", context)


def unit_row(row, name, counted, asked):
    return {"name": name, **figure(counted.measure, counted.figures, asked, **place_of(row))}
