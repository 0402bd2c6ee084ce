"""The reviewer's pages: figures by unit, the list behind each figure, who has not been met."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.forms.report import DaysForm, ReportForm, period_query
from cases.lib.numbers import group
from cases.reports.dashboard import silence
from cases.reports.lists.report import SILENT_RULES, SILENT_WORDS, lines
from cases.reports.periodic import reintegration
from cases.reports.periodic.comparison import figure, signed_number, signed_percent
from cases.reports.periodic.indicators import THEME_WORDS, Theme
from cases.reports.periodic.report_scope import Lens, names_of
from cases.views import counting, pages
from cases.views.gate import gate
from cases.views.lists.report import drill_down, silent
from cases.views.periodic import contact_chart, counted, report_query
from cases.views.periodic.asked_figures import of_report

MOST_UNITS = 36  # below the one reported on, in the tables of one page; of more, each part has a page of its own
MOST_STACKED = 12  # units whose figures stand one below the other on a phone; the table of more scrolls


@gate(Permission.REPORT_VIEW, figures=True)
def show(request):
    asked = report_query.understand(request)
    asked, figures, shown = counted.count_report(request, asked, most_units=MOST_UNITS)
    has_tables = figures.below <= MOST_UNITS
    comparison = (figures if has_tables else figures.without_units()).comparison
    context = {
        "asked": asked,
        "shown": shown,
        "form": ReportForm(asked=asked, user=request.user, on=pages.today()),
        "days_form": DaysForm(asked=asked, user=request.user, on=pages.today()),
        "sections": [section(theme, comparison, asked, has_tables) for theme in Theme],
        "before": comparison.before and comparison.before.period,
        "accepted": comparison.accepted,
        "chart": contact_chart.chart(figures.months(asked.named), asked),
        "is_partial": asked.period != asked.named,
        "began_later": figures.began_later,
        "joinings": joinings(asked),
        "as_is_url": report_query.address("report-show", asked, unit=asked.unit.pk, lens=Lens.AS_IS),
        "document_url": report_query.address("report-document", asked, unit=asked.unit.pk),
        "reoffending_url": f"{reverse('reoffending-show')}?{urlencode({'unit': asked.unit.pk})}",
        "silent_url": f"{reverse('report-silent')}?{urlencode({'unit': asked.unit.pk})}",
        "now": timezone.now(),
    }
    return render(request, "report/show.html", context)


def joinings(asked):
    """Which units became this one, or part of it, since the period before began; by the units of today nothing did."""
    if asked.lens != Lens.AS_WAS:
        return []
    return asked.history.joinings(asked.named.previous().start, asked.period.end)


@gate(Permission.REPORT_VIEW, figures=True)
def show_units(request):
    """The table of one part of the report, for a unit with too many below it to stand on the report's own page."""
    asked = report_query.understand(request)
    shown = counting.look(request, of_report(asked))
    theme = next((each for each in Theme if each == request.GET.get("part")), Theme.RETURN)
    if shown.kept:
        asked, figures = counted.read_kept(asked, shown.kept)
        table = figures.table
    else:
        table = reintegration.search(asked.where, asked.period, reintegration.of_theme(theme)).table()
    context = {
        "asked": asked,
        "shown": shown,
        "section": by_unit(theme, table, asked),
        "parts": [(part, THEME_WORDS[part], None, units_url(part, asked)) for part in Theme],
        "report_url": report_query.address("report-show", asked, unit=asked.unit.pk),
        "now": timezone.now(),
    }
    return render(request, "report/units.html", context)


def units_url(theme, asked):
    return report_query.address("report-units", asked, unit=asked.unit.pk, part=theme)


def section(theme, comparison, asked, has_tables):
    """The figures of one part of the report: large ones for the whole unit, a table for the units below."""
    lines = [line for line in comparison.lines if line.column.theme == theme]
    lists = report_query.address("report-list", asked)
    return {
        **by_unit(theme, comparison.table, asked),
        "figures": [figure_cells(line, comparison, asked, lists) for line in lines],
        "units_url": None if has_tables else units_url(theme, asked),
    }


def by_unit(theme, table, asked):
    """The table of one part of the report: a row for each unit below of which it tells something, and their total."""
    columns = [column for column in table.columns if column.theme == theme]
    rows = [row for row in table.rows if any(row.values[column.key] for column in columns)]
    lists = report_query.address("report-list", asked)
    return {
        "key": theme,
        "title": THEME_WORDS[theme],
        "columns": columns,
        "rows": [
            *(
                {
                    "name": row.name,
                    "url": row.pk and report_query.address("report-show", asked, unit=row.pk),
                    "cells": [cell(column, row, asked, lists) for column in columns],
                }
                for row in rows
            ),
            *(
                [{"is_total": True, "cells": [cell(column, table.total, asked, lists) for column in columns]}]
                if rows
                else []
            ),
        ],
        "stacks": len(rows) <= MOST_STACKED,
        "has_units": bool(table.rows),
        "apart": [apart(column, table) for column in table.columns_apart if column.theme == theme],
        "empty": len(table.rows) - len(rows),
    }


def apart(column, table):
    """A figure whose rows add up to more or less than its total."""
    return {"title": column.title, "sum": group(table.sum_of(column)), "total": group(table.total.values[column.key])}


def figure_cells(line, comparison, asked, lists):
    return {
        "column": line.column,
        **cell(line.column, comparison.table.total, asked, lists),
        **beside(line),
        "before_url": before_url(line, comparison, asked),
    }


def before_url(line, comparison, asked):
    if line.before is None:
        return None
    if sent := comparison.accepted:
        query = urlencode({"version": sent.number, "indicator": line.column.key})
        return f"{reverse('submission-list', args=[sent.submission])}?{query}"
    return report_query.address(
        "report-list",
        asked,
        indicator=line.column.key,
        unit=asked.unit.pk,
        **period_query(comparison.before.period),
    )


def beside(line):
    """The period before and the change, as they are printed."""
    counts = line.column.counts
    share = f" ({signed_percent(line.percent)})".replace(" %", "\u00a0%") if line.percent else ""
    change = _("unchanged") if line.change == 0 else f"{signed_number(counts, line.change)}{share}"
    return {"before": figure(counts, line.before), "change": change}


def cell(column, row, asked, lists):
    """One figure; `lists` is the address of the lists behind them all, to which a key and ids are added as they are."""
    value = row.shown(column)
    place = f"unit={row.pk}" if row.pk else f"unit={asked.unit.pk}&part={report_query.DIRECTLY}"
    url = f"{lists}&indicator={column.key}&{place}"
    return {
        "shown": figure(column.counts, value),
        "zero": not value,
        "url": None if value is None else url,
        "label": f"{column.title} ({column.unit})",
    }


@gate(Permission.REPORT_VIEW, figures=True)
def show_list(request):
    asked, indicator, place, found = drill_down(request)
    page = pages.paginate(request, found)
    context = {
        "asked": asked,
        "indicator": indicator,
        "place": place,
        "count": len(found),
        "page_obj": page,
        "lines": lines(page, request.user),
        "report_url": report_query.address("report-show", asked, unit=asked.unit.pk),
        "now": timezone.now(),
    }
    return render(request, "report/list.html", context)


@gate(Permission.REPORT_VIEW, figures=True)
def show_silent(request):
    asked, days, people, found = silent(request)
    below, placed = silence.rows_of(asked.unit, pages.today(), people)
    communes, rest = silence.communes(placed, below), silence.unallocated_row(placed, below)
    page = pages.paginate(request, found)
    names = names_of({each.unit_id for each in page})
    context = {
        "asked": asked,
        "communes": [{"row": row, **silent_cells(row)} for row in communes if row.managed],
        "rest": None if rest.is_empty else rest,
        "empty": sum(not row.managed for row in communes),
        "pills": [
            {"label": label, "url": report_query.silent_url(asked.unit.pk, key), "current": key == days}
            for key, label in SILENT_WORDS.items()
        ],
        "count": len(found),
        "managed": len(people),
        "page_obj": page,
        "lines": [{"person": each, "unit": names.get(each.unit_id, "")} for each in page],
        "title": SILENT_WORDS[days],
        "how": SILENT_RULES[days],
        "report_url": report_query.address("report-show", asked, unit=asked.unit.pk),
        "now": timezone.now(),
    }
    return render(request, "report/silent.html", context)


def silent_cells(row):
    """The counts of one commune, each with the list behind it."""
    counts = [*row.waiting, row.overdue]
    return {
        "url": report_query.silent_url(row.pk, "60"),
        "cells": [
            {"label": label, "count": count, "url": report_query.silent_url(row.pk, key)}
            for (key, label), count in zip(SILENT_WORDS.items(), counts, strict=True)
        ],
    }
