"""The overview of a unit on a day: measures by part, each with its list, communes that need attention first."""

from dataclasses import replace
from itertools import groupby
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access.permissions import Permission
from cases.forms.dashboard import DashboardForm, read
from cases.lib.numbers import group
from cases.reports.dashboard import overview, overview_figures
from cases.reports.dashboard.measure import PART_WORDS, FigureLines, OverviewPart
from cases.reports.dashboard.measure_people import SILENT
from cases.reports.dashboard.overview_figures import MONTHS, month_ends
from cases.reports.dashboard.snapshot import OverviewDays
from cases.reports.lists.overview import PAPERS
from cases.reports.periodic.registry import BY_KEY
from cases.templatetags.charts import ChartColumn
from cases.views import counting, pages
from cases.views.dashboard import figure
from cases.views.gate import gate
from cases.views.periodic.asked_figures import of_overview
from cases.views.periodic.contact_chart import chart as contact_chart
from cases.views.periodic.report_query import day_url, understand

WORST = 10  # so many communes stand in sight, the others behind a fold


@gate(Permission.REPORT_VIEW, figures=True)
def show(request):
    on = pages.today()
    asked = understand(request, read)
    shown = counting.look(request, of_overview(asked))
    if shown.kept:
        asked = replace(asked, day=shown.kept.upto)
        found = overview_figures.read_kept(shown.kept.figures, asked.report.unit, asked.report.lens)
    else:
        found = overview_figures.count_overview(asked.report.where, asked.day)
    days, kinds = OverviewDays(asked.report.unit, asked.day), found.kinds
    context = {
        "asked": asked,
        "shown": shown,
        "form": DashboardForm(asked=asked, user=request.user, on=on),
        "managed": found.managed,
        "parts": [part_of(part, kinds, found, asked, days) for part in OverviewPart],
        "stuck": [stuck_row(place, count, asked) for place, count in found.stuck],
        "worst": worst(found, asked),
        "alarms": [alarm.title for alarm in overview.ALARMS.values()],
        "silences": SILENT,
        "caseload": caseload_chart(asked, found.caseload),
        "chart": contact_chart(found.months(asked.day), asked.report),
        "report_url": f"{reverse('report-show')}?{urlencode({'unit': asked.report.unit.pk})}",
        "now": timezone.now(),
    }
    return render(request, "dashboard/show.html", context)


def part_of(part, kinds, found, asked, days):
    own = [each for each in kinds if each.part is part]
    return {
        "key": part,
        "title": PART_WORDS[part],
        "days": figure.days_words(part, days),
        "figures": [figure.figure(each, found.measures[each.key], asked) for each in own],
        "forces": forces(own, found, asked) if part is OverviewPart.FORCES else [],
    }


def forces(kinds, found, asked):
    """One row for each force, its figures by length of silence."""
    rows = []
    for _force, measures in groupby(kinds, key=lambda each: each.key.removesuffix(f"-{each.days}")):
        cells = [force_cell(each, found.measures[each.key], asked) for each in measures]
        rows.append({"name": cells[0]["row"], "of": cells[0], "cells": cells})
    return rows


def force_cell(measure, counted, asked):
    days = _("%(days)s days or more") % {"days": measure.days}
    return {**figure.figure(measure, counted, asked), "days": days}


def worst(found, asked):
    """Communes, in the country provinces, that need attention first, each with its reasons; the rest behind a fold with
    how many people alone, those in order counted.
    """
    if asked.report.unit.is_commune:
        return None
    return {
        "rows": [worst_row(row, asked) for row in found.worst[:WORST]],
        "more": [further_row(row, asked) for row in found.worst[WORST:]],
        "in_order": found.in_order,
        "of_provinces": asked.report.unit.is_ministry,
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


def stuck_row(place, count, asked):
    kind, office = place
    return {
        "paper": PAPERS[kind],
        "office": office or _("not yet submitted anywhere"),
        "count": count,
        "url": figure.list_url(asked, measure="papers-stuck", kind=kind, office=office),
    }


def caseload_chart(asked, counts):
    """People managed at the end of each of twelve months, the year before in pale."""
    days = month_ends(asked.day)
    ends, before, now = days[MONTHS:], counts[:MONTHS], counts[MONTHS:]
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
