"""The list behind a figure of the overview, with the same figure of each unit below."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.access.permissions import Permission
from cases.models import Returnee
from cases.reports.dashboard import overview
from cases.reports.dashboard.measure import Behind, Counted, Part, by_unit
from cases.reports.dashboard.snapshot import Standing
from cases.reports.people import sealed
from cases.reports.periodic.report_scope import DIRECT
from cases.templatetags.words import money
from cases.views import pages
from cases.views.dashboard.figure import PAPERS, figure, place_of, understand
from cases.views.dashboard.overview import days_of
from cases.views.gate import gate
from cases.views.periodic.report_query import DIRECTLY

BEHIND_WORDS = {
    Behind.FOUND: "",
    Behind.BASE: gettext_lazy("of whom: everybody and everything it is a part of"),
    Behind.KNOWN: gettext_lazy("of which the income is known"),
}


def behind(request):
    """What was asked for, the measure and all it counted, which of its lines, and these lines."""
    asked = understand(request, pages.today())
    standing = Standing(asked.report.where, asked.day)
    known = {measure.key: measure for measure in overview.measures(standing)}
    measure = known.get(request.GET.get("measure", ""), next(iter(known.values())))
    which = request.GET.get("lines")
    which = Behind(which) if which in list(Behind) else Behind.FOUND
    direct = request.GET.get("part") == DIRECTLY
    counted = measure.by_row(standing).get(DIRECT, Counted(measure, [], [])) if direct else measure.count(standing)
    return asked, standing, counted, which, narrowed(counted.behind(which), request.GET)


@gate(Permission.REPORT_VIEW)
def show_list(request):
    asked, standing, counted, which, found = behind(request)
    page = pages.paginate(request, found)
    is_part = request.GET.get("part") == DIRECTLY or which is not Behind.FOUND
    has_units = not is_part and not asked.report.unit.is_commune
    context = {
        "asked": asked,
        "figure": figure(counted, asked),
        "days": days_of(counted.measure.part, standing),
        "which": BEHIND_WORDS[which],
        "count": len(found),
        "page_obj": page,
        "lines": lines(page, asked, counted.measure, request.user),
        "units": [unit_row(*row, asked) for row in by_unit(counted.measure, standing)] if has_units else [],
        "back_url": f"{reverse('dashboard-show')}?{urlencode(asked.query)}",
        "now": timezone.now(),
    }
    return render(request, "dashboard/list.html", context)


def narrowed(found, query):
    """Papers of one kind at one office, or people with one reason, where those were asked for."""
    if "kind" in query:
        return [line for line in found if line.mark == (query["kind"], query.get("office", ""))]
    if "reason" in query:
        return [line for line in found if query["reason"] in overview.reasons_of(line)]
    return found


def lines(page, asked, measure, user):
    people = Returnee.objects.visible_to(user).kept().in_bulk([line.person for line in page])
    hidden = sealed.among(line.person for line in page)
    units = asked.report.where.units
    return [
        {
            "line": line,
            "person": people.get(line.person),
            "sealed": line.person in hidden,
            "unit": units[line.unit].name,
            "told": told(line, measure),
        }
        for line in page
    ]


def unit_row(row, name, counted, asked):
    return {"name": name, **figure(counted, asked, **place_of(row))}


def told(line, measure):
    """Why the line stands here."""
    if measure.part is Part.PAPERS:
        kind, office = line.mark
        return f"{PAPERS[kind]} · {office}" if office else str(PAPERS[kind])
    if measure.part is Part.ATTENTION:
        return " · ".join(str(overview.ALARMS[key].title) for key in overview.reasons_of(line))
    if line.mark == "never":
        return _("never met individually")
    if measure.money and line.amount is not None:
        return _("%(income)s a month") % {"income": money(line.amount)}
    if measure.part is Part.ENTRIES:
        days = ngettext("logged after %(days)s day", "logged after %(days)s days", line.amount)
        return days % {"days": line.amount} if line.amount else _("logged the same day")
    return ""
