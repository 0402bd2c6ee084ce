"""The overview of a unit on a day: measures by part, each with its list, communes that need attention first."""

from itertools import groupby
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access.permissions import Permission
from cases.forms.dashboard import DashboardForm, read
from cases.lib.dates import add_months, month_end
from cases.lib.numbers import group
from cases.lib.period import Period, Profile
from cases.reports.dashboard import overview
from cases.reports.dashboard.measure import PART_WORDS, FigureLines, OverviewPart
from cases.reports.dashboard.measure_people import SILENT
from cases.reports.dashboard.snapshot import UnitSnapshot, caseload, caseload_records
from cases.reports.lists.overview import PAPERS
from cases.reports.periodic import contacts, held, months
from cases.reports.periodic.registry import BY_KEY
from cases.reports.periodic.report_records import ReportRecords
from cases.templatetags.charts import ChartColumn
from cases.views import pages
from cases.views.dashboard import figure
from cases.views.gate import gate
from cases.views.periodic.contact_chart import chart as contact_chart
from cases.views.periodic.report_query import day_url, understand

MONTHS = 12
WORST = 10  # so many communes stand in sight, the others behind a fold


@gate(Permission.REPORT_VIEW, figures=True)
def show(request):
    on = pages.today()
    asked = understand(request, read)
    standing = UnitSnapshot(asked.report.where, asked.day)
    where, today = asked.report.where, Period(asked.day, asked.day)
    files = caseload_records(where, month_ends(asked.day))
    contacted = ReportRecords(where, charted=months.chart_periods(today, Profile.CALENDAR))
    standing.read({files: (held.COUNTS,), contacted: (contacts.COUNTS,)})
    counted = [measure.count(standing) for measure in overview.measures(standing)]
    attention = next(each for each in counted if each.measure.key == overview.ATTENTION.key)
    monthly = months.by_month(where, today, records=contacted)
    context = {
        "asked": asked,
        "form": DashboardForm(asked=asked, user=request.user, on=on),
        "managed": len(standing.managed),
        "parts": [part_of(part, counted, asked, standing) for part in OverviewPart],
        "stuck": [stuck_row(place, count, asked) for place, count in stuck(counted)],
        "worst": worst(attention, standing, asked),
        "alarms": [alarm.title for alarm in overview.ALARMS.values()],
        "silences": SILENT,
        "caseload": caseload_chart(asked, files),
        "chart": contact_chart(monthly, asked.report),
        "report_url": f"{reverse('report-show')}?{urlencode({'unit': asked.report.unit.pk})}",
        "now": timezone.now(),
    }
    return render(request, "dashboard/show.html", context)


def part_of(part, counted, asked, standing):
    own = [each for each in counted if each.measure.part is part]
    return {
        "key": part,
        "title": PART_WORDS[part],
        "days": figure.days_words(part, standing),
        "figures": [figure.figure(each, asked) for each in own],
        "forces": forces(own, asked) if part is OverviewPart.FORCES else [],
    }


def forces(counted, asked):
    """One row for each force, its figures by length of silence."""
    rows = []
    for _force, measures in groupby(counted, key=lambda each: each.measure.key.removesuffix(f"-{each.measure.days}")):
        cells = [force_cell(each, asked) for each in measures]
        rows.append({"name": cells[0]["row"], "of": cells[0], "cells": cells})
    return rows


def force_cell(counted, asked):
    days = _("%(days)s days or more") % {"days": counted.measure.days}
    return {**figure.figure(counted, asked), "days": days}


def worst(attention, standing, asked):
    """Communes that need attention first, each with its reasons; the rest behind a fold with how many people alone,
    those in order counted.
    """
    if asked.report.unit.is_commune:
        return None
    rows = overview.worst(attention, standing)
    known = {standing.where.leaf_of(line.unit) for line in attention.base}
    return {
        "rows": [worst_row(row, asked) for row in rows[:WORST]],
        "more": [further_row(row, asked) for row in rows[WORST:]],
        "in_order": len(known) - len(rows),
    }


def further_row(row, asked):
    url = figure.list_url(asked, measure=overview.ATTENTION.key, **figure.place_of(row.unit))
    return {
        "name": row.name,
        "cells": [{"label": _("Need attention"), "shown": group(row.people), "url": url, "zero": False}],
    }


def worst_row(row, asked):
    query = {"measure": overview.ATTENTION.key, **figure.place_of(row.unit)}
    return {
        "name": row.name,
        "people": row.people,
        "of": row.of,
        "url": figure.list_url(asked, **query),
        "base_url": figure.list_url(asked, lines=FigureLines.BASE, **query),
        "reasons": [
            {"title": overview.ALARMS[key].title, "count": count, "url": figure.list_url(asked, reason=key, **query)}
            for key, count in row.reasons.items()
        ],
    }


def stuck(counted):
    return next(overview.stuck_where(each) for each in counted if each.measure.part is OverviewPart.PAPERS)


def stuck_row(place, count, asked):
    kind, office = place
    return {
        "paper": PAPERS[kind],
        "office": office or _("not yet submitted anywhere"),
        "count": count,
        "url": figure.list_url(asked, measure="papers-stuck", kind=kind, office=office),
    }


def month_ends(day):
    """The ends of twelve months up to the day, after those of the year before."""
    last = day.replace(day=1)
    ends = [min(month_end(add_months(last, -back)), day) for back in range(MONTHS - 1, -1, -1)]
    return [*(add_months(end, -MONTHS) for end in ends), *ends]


def caseload_chart(asked, files):
    """People managed at the end of each of twelve months, the year before in pale."""
    days = month_ends(asked.day)
    ends, counts = days[MONTHS:], caseload(asked.report.where, days, files)
    before, now = counts[:MONTHS], counts[MONTHS:]
    rows = [
        {
            "name": f"{end.month}/{end.year}",
            "count": count,
            "before": earlier,
            "url": day_url(asked.report.unit.pk, end, "managed_end"),
            "before_url": day_url(asked.report.unit.pk, year_before, "managed_end"),
        }
        for end, year_before, count, earlier in zip(ends, days[:MONTHS], now, before, strict=True)
    ]
    return {
        "rows": rows,
        "columns": [ChartColumn(row["name"].split("/")[0], row["count"] or 0, row["before"] or 0) for row in rows],
        "says": chart_sentence(now[-1], before[-1]),
        "how": BY_KEY["managed_end"].rule,
        "desc": "; ".join(f"{row['name']}: {group(row['count'])}" for row in rows if row["count"] is not None),
    }


def chart_sentence(now, before):
    counted = ngettext("%(now)s person under management", "%(now)s people under management", now) % {"now": group(now)}
    if before is None:
        told = _("%(people)s; a year before the unit did not exist yet.")
    elif now > before:
        told = _("%(people)s, %(more)s more than a year before.")
    elif now < before:
        told = _("%(people)s, %(more)s fewer than a year before.")
    else:
        told = _("%(people)s, as many as a year before.")
    return told % {"people": counted, "more": group(abs(now - (before or 0)))}
