"""The reviewer's pages: figures by unit, the list behind each figure, who has not been met."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.report import DaysForm, ReportForm
from cases.lib.numbers import group
from cases.models import GroupMeeting, Returnee
from cases.reports.dashboard import silence
from cases.reports.dashboard.measure_people import COVERAGE
from cases.reports.people import sealed
from cases.reports.periodic import months, official_letter, reintegration
from cases.reports.periodic.comparison import signed, signed_percent
from cases.reports.periodic.contacts import KIND_WORDS
from cases.reports.periodic.flow import MOVE_WORDS
from cases.reports.periodic.indicators import THEME_WORDS, Counts, Theme
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.reports.periodic.report_scope import DIRECT, names_of
from cases.templatetags.words import UNKNOWN, money
from cases.views import pages
from cases.views.gate import gate
from cases.views.periodic import contact_chart, report_query

OVERDUE = "overdue"
SILENT_WORDS = {
    "30": gettext_lazy("30 days or more"),
    "60": gettext_lazy("60 days or more"),
    "90": gettext_lazy("90 days or more"),
    OVERDUE: gettext_lazy("Something overdue"),
}
SILENT_RULES = {
    **{each.key.removeprefix("silent-"): each.rule for each in COVERAGE if each.key.startswith("silent-")},
    OVERDUE: gettext_lazy(
        "People under management with a duty of the day's round overdue: a contact, a meeting agreed, a check of the "
        "job or a 5+1 group to form. Desk work is not among them."
    ),
}


@gate(Permission.REPORT_VIEW)
def show(request):
    asked = report_query.understand(request)
    comparison = official_letter.compared(asked.where, asked.named, asked.period)
    monthly = months.by_month(asked.where, asked.period, asked.named.label.profile)
    context = {
        "asked": asked,
        "form": ReportForm(asked=asked, user=request.user, on=pages.today()),
        "days_form": DaysForm(asked=asked, user=request.user, on=pages.today()),
        "sections": [section(theme, comparison, asked) for theme in Theme],
        "before": comparison.before and comparison.before.period,
        "chart": contact_chart.chart(monthly, asked),
        "is_partial": asked.period != asked.named,
        "began_later": not asked.where.existed(asked.period.start),
        "as_is_url": report_query.address("report-show", asked, unit=asked.unit.pk, lens="as-is"),
        "document_url": report_query.address("report-document", asked, unit=asked.unit.pk),
        "reoffending_url": f"{reverse('reoffending-show')}?{urlencode({'unit': asked.unit.pk})}",
        "silent_url": f"{reverse('report-silent')}?{urlencode({'unit': asked.unit.pk})}",
        "now": timezone.now(),
    }
    return render(request, "report/show.html", context)


def section(theme, comparison, asked):
    """The figures of one part of the report: large ones for the whole unit, a table for the units below."""
    table = comparison.table
    columns = [column for column in table.columns if column.theme == theme]
    lines = [line for line in comparison.lines if line.column.theme == theme]
    rows = [row for row in table.rows if any(row.values[column.key] for column in columns)]
    return {
        "key": theme,
        "title": THEME_WORDS[theme],
        "columns": columns,
        "figures": [figure(line, comparison, asked) for line in lines],
        "total": [cell(column, table.total, asked) for column in columns],
        "rows": [
            {
                "name": row.name,
                "url": row.pk and report_query.address("report-show", asked, unit=row.pk),
                "cells": [cell(column, row, asked) for column in columns],
            }
            for row in rows
        ],
        "has_units": bool(table.rows),
        "apart": [apart(column, table) for column in table.columns_apart if column.theme == theme],
        "empty": len(table.rows) - len(rows),
    }


def apart(column, table):
    """A figure whose rows add up to more or less than its total."""
    return {"title": column.title, "sum": group(table.sum_of(column)), "total": group(table.total.values[column.key])}


def figure(line, comparison, asked):
    return {
        "column": line.column,
        **cell(line.column, comparison.table.total, asked),
        **beside(line),
        "before_url": before_url(line, comparison, asked),
    }


def before_url(line, comparison, asked):
    if line.before is None:
        return None
    return report_query.address(
        "report-list",
        asked,
        indicator=line.column.key,
        unit=asked.unit.pk,
        **report_query.days_of(comparison.before.period),
    )


def beside(line):
    """The period before and the change, as they are printed."""
    counts = line.column.counts
    share = f" ({signed_percent(line.percent)})".replace(" %", "\u00a0%") if line.percent else ""
    change = _("unchanged") if line.change == 0 else f"{signed(counts, line.change)}{share}"
    return {"before": shown(counts, line.before), "change": change}


def cell(column, row, asked):
    value = row.shown(column)
    place = {"unit": row.pk} if row.pk else {"unit": asked.unit.pk, "part": report_query.DIRECTLY}
    url = report_query.address("report-list", asked, indicator=column.key, **place)
    return {
        "shown": shown(column.counts, value),
        "zero": not value,
        "url": None if value is None else url,
        "label": f"{column.title} ({column.unit})",
    }


def shown(counts, value):
    if value is None:
        return UNKNOWN
    return group(value, 2) if counts == Counts.PERCENT else group(value)


def behind(request):
    """What was asked for, the figure, its place and the lines behind it."""
    asked = report_query.understand(request)
    key = request.GET.get("indicator", "")
    indicator = BY_KEY.get(key)
    if indicator is None:
        indicator = INDICATORS[0]
        messages.warning(
            request,
            _("There is no figure “%(asked)s”: this is “%(title)s”.") % {"asked": key[:30], "title": indicator.title},
        )
    row = DIRECT if request.GET.get("part") == report_query.DIRECTLY else reintegration.TOTAL
    place = asked.unit.name if row is reintegration.TOTAL else asked.where.name_of(row)
    return asked, indicator, place, reintegration.lines_behind(indicator, asked.where, asked.period, row)


@gate(Permission.REPORT_VIEW)
def show_list(request):
    asked, indicator, place, found = behind(request)
    page = pages.paginate(request, found)
    context = {
        "asked": asked,
        "indicator": indicator,
        "place": place,
        "count": len(found),
        "page_obj": page,
        "lines": lines(page, asked, request.user),
        "report_url": report_query.address("report-show", asked, unit=asked.unit.pk),
        "now": timezone.now(),
    }
    return render(request, "report/list.html", context)


def lines(found, asked, user):
    """The rows of one page. A file that is sealed or has left the user's scope counts, but is not named."""
    hidden = sealed.among(line.person for line in found)
    people = Returnee.objects.visible_to(user).kept().in_bulk([line.person for line in found if line.person])
    meetings = GroupMeeting.objects.visible_to(user).in_bulk([line.record for line in found if line.person is None])
    names = names_of({pk for line in found for pk in (line.unit, line.other) if pk})
    return [
        {
            "line": line,
            "person": people.get(line.person),
            "sealed": line.person in hidden,
            "meeting": meetings.get(line.record) if line.person is None else None,
            "unit": names[line.unit],
            "other": names[line.other] if line.other else "",
            "kind": KIND_WORDS.get(line.mark) or MOVE_WORDS.get(line.mark, ""),
            "amount": money(line.amount) if line.amount is not None else "",
        }
        for line in found
    ]


def silent(request):
    """What was asked for, for how long, everybody managed there, and those not met for so long."""
    asked = report_query.understand(request)
    days = request.GET.get("days", "60")
    if days not in SILENT_WORDS:
        messages.warning(request, _("There is no such list: these are people not met individually for 60 days."))
        days = "60"
    people = silence.people(request.user, pages.today(), asked.unit)
    found = [each for each in people if (each.is_overdue if days == OVERDUE else each.days >= int(days))]
    return asked, days, people, found


@gate(Permission.REPORT_VIEW)
def show_silent(request):
    asked, days, people, found = silent(request)
    units = [unit for unit in asked.units if unit.in_force(pages.today()) and asked.unit.contains(unit)]
    below = [unit for unit in units if unit.is_commune]
    communes, rest = silence.communes(people, below), silence.unallocated(people, below)
    page = pages.paginate(request, found)
    names = {unit.pk: unit.name for unit in units}
    context = {
        "asked": asked,
        "communes": [{"row": row, **silent_cells(row)} for row in communes if row.managed],
        "rest": None if rest.is_empty else rest,
        "empty": sum(not row.managed for row in communes),
        "pills": [
            {"label": label, "url": silent_address(asked.unit.pk, key), "current": key == days}
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


def silent_address(unit_pk, days):
    return f"{reverse('report-silent')}?{urlencode({'unit': unit_pk, 'days': days})}"


def silent_cells(row):
    """The counts of one commune, each with the list behind it."""
    counts = [*row.waiting, row.overdue]
    return {
        "url": silent_address(row.pk, "60"),
        "cells": [
            {"label": label, "count": count, "url": silent_address(row.pk, key)}
            for (key, label), count in zip(SILENT_WORDS.items(), counts, strict=True)
        ],
    }
