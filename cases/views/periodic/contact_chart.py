"""Meetings month by month as a chart, with the sentence above it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.forms.report import period_query
from cases.lib.numbers import group
from cases.reports.periodic.registry import BY_KEY
from cases.templatetags.charts import ChartColumn
from cases.views.periodic import report_query


def chart(monthly, asked):
    now, before = sum(month.count for month in monthly), [month.before for month in monthly]
    return {
        "rows": [
            {
                "name": each.name,
                "count": each.count,
                "before": each.before,
                "url": contacts_url(each.period, asked),
                "before_url": contacts_url(each.earlier, asked),
            }
            for each in monthly
        ],
        "columns": [ChartColumn(month.name.split("/")[0], month.count, month.before or 0) for month in monthly],
        "says": chart_sentence(now, None if None in before else sum(before)),
        "desc": "; ".join(f"{month.name}: {group(month.count)}" for month in monthly),
        "how": BY_KEY["contacts"].rule,
    }


def contacts_url(period, asked):
    return report_query.address("report-list", asked, indicator="contacts", unit=asked.unit.pk, **period_query(period))


def chart_sentence(now, before):
    """What the chart shows, in a sentence."""
    if not now and not before:
        return _("No contact was logged in these twelve months.")
    counted = ngettext("%(now)s contact in twelve months", "%(now)s contacts in twelve months", now)
    if before is None:
        told = _("%(contacts)s; there is no whole year before to compare with.")
    elif now > before:
        told = _("%(contacts)s, %(more)s more than a year before.")
    elif now < before:
        told = _("%(contacts)s, %(more)s fewer than a year before.")
    else:
        told = _("%(contacts)s, as many as a year before.")
    return told % {"contacts": counted % {"now": group(now)}, "more": group(abs(now - (before or 0)))}
