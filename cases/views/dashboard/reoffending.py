"""Reoffending as cohorts: the page and the list behind each of its figures."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.reoffending import ReoffendingForm, read, years_word
from cases.lib.numbers import group
from cases.lib.percentage import ENOUGH
from cases.lib.survival import YEAR
from cases.lib.text import UNKNOWN
from cases.reports.dashboard import caution, reoffending_figures
from cases.reports.dashboard.reoffending import PART_RULES, PART_WORDS, Base, CohortPart
from cases.reports.lists.reoffending import BASE_WORDS, CURVE_RULE, lines
from cases.views import counting, pages
from cases.views.gate import gate
from cases.views.lists.reoffending import drill_down, place_name, title_and_note, window
from cases.views.periodic.asked_figures import of_reoffending
from cases.views.periodic.report_query import understand

RATE_WORDS = {
    Base.COMPLETED: gettext_lazy("Reoffended, of everybody not lost"),
    Base.PRESENTED: gettext_lazy("Reoffended, of the outcomes known"),
}
RATE_RULES = {
    Base.COMPLETED: gettext_lazy(
        "Who reoffended, of the outcomes known and of whoever never presented together. A percentage is shown where "
        "%(enough)s outcomes or more are known; of fewer there are counts alone."
    ),
    Base.PRESENTED: gettext_lazy(
        "Who reoffended, of those who presented and whose outcome is known. A percentage is shown of %(enough)s "
        "outcomes or more; of fewer there are counts alone."
    ),
}


@gate(Permission.REPORT_VIEW, figures=True)
def show(request):
    on = pages.today()
    asked = understand(request, read)
    shown = counting.look(request, of_reoffending(asked))
    if shown.kept:
        figures = reoffending_figures.read_kept(shown.kept.figures, asked.report.unit, asked.report.lens, asked.years)
    else:
        figures = reoffending_figures.count_reoffending(asked.report.where, on, [asked.years])[asked.years]
    found = figures.findings
    page = pages.paginate(request, found.funnel.dots)
    context = {
        "asked": asked,
        "form": ReoffendingForm(asked=asked, user=request.user, on=on),
        "window": years_word(asked.years),
        "shown": shown,
        **page_context(found, asked, page),
        "page_obj": page,
        "rate_title": RATE_WORDS[Base.PRESENTED],
        "empty": figures.empty,
        "rules": [
            *({"title": PART_WORDS[part], "rule": PART_RULES[part]} for part in CohortPart),
            *({"title": RATE_WORDS[base], "rule": RATE_RULES[base] % {"enough": ENOUGH}} for base in Base),
        ],
        "curve_rule": CURVE_RULE,
        "enough": ENOUGH,
        "report_url": f"{reverse('report-show')}?{urlencode({'unit': asked.report.unit.pk})}",
        "now": timezone.now(),
    }
    return render(request, "report/reoffending.html", context)


def page_context(found, asked, dots=None):
    """The tables, the drawings and the sentences of one finding; `dots` are the units whose rows stand on the page."""
    funnel = found.funnel
    return {
        "sections": [section(each, asked) for each in found.sections.values()],
        "units": [unit_row(dot, asked) for dot in (funnel.dots if dots is None else dots)],
        "funnel": {"shown": funnel.is_shown, "rate": funnel.rate, "dots": [spot(dot) for dot in funnel.dots]},
        "curve": curve(found.curve, asked),
        "cautions": caution.cautions(found),
    }


def section(found, asked):
    """One base: a row for each finished cohort with anybody, the latest first; the other years; all together."""
    base, rows = found.base, found.rows
    return {
        "base": base,
        "title": BASE_WORDS[base],
        "rate_title": RATE_WORDS[base],
        "columns": [PART_WORDS[part] for part in CohortPart],
        "rows": [{"name": row.name, **cells(row, asked, base, cohort=row.key)} for row in rows if any_of(row)],
        "empty": ", ".join(row.name for row in reversed(rows) if not any_of(row)),
        "total": cells(found.total, asked, base),
    }


def any_of(row):
    return row.figures[CohortPart.RELEASED] > 0


def cells(row, asked, base, **place):
    return {
        "rate": rate(row),
        "rate_title": RATE_WORDS[base],
        "cells": [
            {"label": PART_WORDS[part], "count": count, "url": list_url(asked, base=base, part=part, **place)}
            for part, count in row.figures.items()
        ],
    }


def rate(row):
    """A percentage only where enough people are known, else the counts."""
    if row.rate is not None:
        return f"{group(row.rate, 1)} %"
    if not row.whole:
        return UNKNOWN
    return _("%(part)s of %(whole)s") % {"part": group(row.figures[CohortPart.REOFFENDED]), "whole": group(row.whole)}


def list_url(asked, **query):
    return f"{reverse('reoffending-list')}?{urlencode({**asked.query, **query})}"


def unit_row(dot, asked):
    return {
        "name": dot.row.name,
        "limits": "–".join(group(limit) for limit in dot.limits),
        "is_above": dot.is_above,
        **cells(dot.row, asked, Base.PRESENTED, part_of=dot.row.key),
    }


def spot(dot):
    """Where a unit stands on the funnel, and what is told of it."""
    known, reoffended = dot.row.figures[CohortPart.KNOWN], dot.row.figures[CohortPart.REOFFENDED]
    told = _("%(unit)s: %(part)s of %(whole)s") % {
        "unit": dot.row.name,
        "part": group(reoffended),
        "whole": group(known),
    }
    return known, reoffended, told, dot.is_above


def curve(line, asked):
    """The share with a new crime, drawn month by month and told at each anniversary."""
    return {
        "lines": [("", "", line.steps)] if line.is_shown else [],
        "years": [
            {
                "step": step,
                "shown": f"{group(step.fallen, 1)} %",
                "url": list_url(asked, base=Base.PRESENTED, month=step.month),
            }
            for step in line.steps
            if step.month % YEAR == 0
        ],
    }


@gate(Permission.REPORT_VIEW, figures=True)
def show_list(request):
    asked, (base, part, cohort, row), found = drill_down(request)
    page = pages.paginate(request, found)
    title, rule = title_and_note(part, request.GET)
    context = {
        "asked": asked,
        "title": title,
        "rule": rule,
        "base": BASE_WORDS[base],
        "cohort": cohort,
        "place": place_name(asked.report.where, row),
        "window": window(asked, request.GET),
        "count": len(found),
        "page_obj": page,
        "lines": lines(page, asked.report.where, request.user),
        "back_url": f"{reverse('reoffending-show')}?{urlencode(asked.query)}",
        "now": timezone.now(),
    }
    return render(request, "report/reoffending_list.html", context)
