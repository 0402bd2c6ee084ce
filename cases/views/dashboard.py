"""The overview of a unit on a day: measures by part, each with its list and its units, the worst first."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access.permissions import Permission
from cases.forms.dashboard import DashboardForm, read
from cases.lib.dates import add_months, month_end
from cases.lib.numbers import group
from cases.lib.period import Period
from cases.models import Activity, Returnee
from cases.reports import dashboard, months, sealed
from cases.reports.dashboard import PART_WORDS, Part
from cases.reports.standing import Standing, caseload
from cases.templatetags.charts import Column
from cases.templatetags.words import UNKNOWN
from cases.views import pages
from cases.views.gate import gate
from cases.views.report import chart as contact_chart

MONTHS = 12
PAPERS = dict(Activity.Detail.choices)


@gate(Permission.REPORT_VIEW)
def show(request):
    on = pages.today()
    asked = understand(request, on)
    standing = Standing(asked.report.where, asked.day)
    counted = [measure.count(standing) for measure in dashboard.measures(standing)]
    monthly = months.by_month(asked.report.where, Period(asked.day, asked.day))
    context = {
        "asked": asked,
        "form": DashboardForm(asked=asked, user=request.user, on=on),
        "managed": len(standing.managed),
        "parts": [part_of(part, counted, asked) for part in Part],
        "stuck": [stuck_row(place, count, asked) for place, count in stuck(counted)],
        "caseload": caseload_chart(asked),
        "chart": contact_chart(monthly, asked.report),
        "report_url": f"{reverse('report-show')}?{urlencode({'unit': asked.report.unit.pk})}",
        "now": timezone.now(),
    }
    return render(request, "dashboard/show.html", context)


def understand(request, on):
    asked = read(request.GET, user=request.user, on=on)
    for problem in asked.report.problems:
        messages.warning(request, problem)
    return asked


def part_of(part, counted, asked):
    return {
        "key": part,
        "title": PART_WORDS[part],
        "figures": [figure(each, asked) for each in counted if each.measure.part is part],
    }


def figure(counted, asked, **place):
    """“9 of 10” beside the percentage, and the list behind the 9."""
    return {
        "key": counted.measure.key,
        "title": counted.measure.title,
        "rule": counted.measure.rule,
        "count": len(counted.found),
        "of": len(counted.base),
        "share": UNKNOWN if counted.share is None else f"{group(counted.share, 0)} %",
        "url": list_url(asked, measure=counted.measure.key, **place),
        "income": income(counted) if counted.measure.money else "",
    }


def income(counted):
    if not counted.known:
        return _("income not known")
    told = ngettext(
        "%(mean)s đồng a month on average (%(known)s known)",
        "%(mean)s đồng a month on average (%(known)s known)",
        counted.known,
    )
    return told % {"mean": group(counted.mean), "known": group(counted.known)}


def list_url(asked, **query):
    return f"{reverse('dashboard-list')}?{urlencode({**asked.query, **query})}"


def stuck(counted):
    return next(dashboard.stuck_where(each) for each in counted if each.measure.part is Part.PAPERS)


def stuck_row(place, count, asked):
    kind, office = place
    return {
        "paper": PAPERS[kind],
        "office": office or _("not yet submitted anywhere"),
        "count": count,
        "url": list_url(asked, measure="papers-stuck", kind=kind, office=office),
    }


def caseload_chart(asked):
    """People managed at the end of each of twelve months, the year before in pale."""
    last = add_months(asked.day.replace(day=1), 0)
    ends = [min(month_end(add_months(last, -back)), asked.day) for back in range(MONTHS - 1, -1, -1)]
    years_before = [add_months(end, -MONTHS) for end in ends]
    counts = caseload(asked.report.where, [*years_before, *ends])
    before, now = counts[:MONTHS], counts[MONTHS:]
    rows = [
        {"name": f"{end.month}/{end.year}", "count": count, "before": earlier, "url": managed_url(end, asked)}
        for end, count, earlier in zip(ends, now, before, strict=True)
    ]
    return {
        "rows": rows,
        "columns": [
            Column(str(end.month), count, earlier) for end, count, earlier in zip(ends, now, before, strict=True)
        ],
        "says": says(now[-1], before[-1]),
        "desc": "; ".join(f"{row['name']}: {group(row['count'])}" for row in rows),
    }


def managed_url(day, asked):
    days = f"{day:%d/%m/%Y}"
    query = {"unit": asked.report.unit.pk, "from": days, "to": days, "lens": "as-was", "indicator": "managed_end"}
    return f"{reverse('report-list')}?{urlencode(query)}"


def says(now, before):
    counted = ngettext("%(now)s person under management", "%(now)s people under management", now) % {"now": group(now)}
    if now > before:
        return _("%(people)s, %(more)s more than a year before.") % {"people": counted, "more": group(now - before)}
    if now < before:
        return _("%(people)s, %(more)s fewer than a year before.") % {"people": counted, "more": group(before - now)}
    return _("%(people)s, as many as a year before.") % {"people": counted}


@gate(Permission.REPORT_VIEW)
def show_list(request):
    on = pages.today()
    asked = understand(request, on)
    standing = Standing(asked.report.where, asked.day)
    known = {measure.key: measure for measure in dashboard.measures(standing)}
    measure = known.get(request.GET.get("measure", ""), next(iter(known.values())))
    counted = measure.count(standing)
    found = narrowed(counted.found, request.GET)
    page = pages.paginate(request, found)
    people = Returnee.objects.visible_to(request.user).kept().in_bulk([line.person for line in page])
    hidden = sealed.among(line.person for line in page)
    units = asked.report.where.units
    rows = dashboard.by_unit(counted, standing) if not asked.report.unit.is_commune else []
    return render(
        request,
        "dashboard/list.html",
        {
            "asked": asked,
            "figure": figure(counted, asked),
            "measure": measure,
            "count": len(found),
            "page_obj": page,
            "lines": [
                {
                    "line": line,
                    "person": people.get(line.person),
                    "sealed": line.person in hidden,
                    "unit": units[line.unit].name,
                    "told": told(line, measure),
                }
                for line in page
            ],
            "units": [unit_row(row, name, each, asked) for row, name, each in rows],
            "back_url": f"{reverse('dashboard-show')}?{urlencode(asked.query)}",
            "now": timezone.now(),
        },
    )


def narrowed(found, query):
    """Papers of one kind at one office, where those were asked for."""
    if "kind" not in query:
        return found
    return [line for line in found if line.mark == (query["kind"], query.get("office", ""))]


def unit_row(row, name, counted, asked):
    place = {"unit": row} if row > 0 else {}
    return {"name": name, **figure(counted, asked, **place)}


def told(line, measure):
    """Why the line stands here."""
    if measure.part is Part.PAPERS:
        kind, office = line.mark
        return f"{PAPERS[kind]} · {office}" if office else str(PAPERS[kind])
    if line.mark == "never":
        return _("never met")
    if measure.part is Part.ENTRIES:
        days = ngettext("logged after %(days)s day", "logged after %(days)s days", line.amount)
        return days % {"days": line.amount} if line.amount else _("logged the same day")
    return ""
