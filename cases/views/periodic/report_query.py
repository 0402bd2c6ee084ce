"""What was asked of a report: its unit, period and lens, and addresses that ask the same."""

from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse

from cases.forms.report import period_query, read
from cases.lib.period import Period
from cases.reports.periodic.report_scope import Lens
from cases.views import pages

DIRECTLY = "direct"  # in a query string: the row of what lies at no unit below


def understand(request, read=read, usual=None):
    """What the query asks for, as `read` takes it; what it could not take as written is told on the page.

    `usual`: the days that are meant where it names none, else the current year.
    """
    query = request.GET.dict()
    if usual and not {"from", "to", "period"} & query.keys():
        query |= usual
    asked = read(query, user=request.user, on=pages.today())
    for problem in asked.problems:
        messages.warning(request, problem)
    return asked


def address(route, asked, **query):
    return f"{reverse(route)}?{urlencode({**asked.query, **query}, safe='/')}"


def day_url(unit_pk, day, indicator):
    """The list behind a figure of the report, of one unit as it was on this one day."""
    return list_url(unit_pk, Period(day, day), Lens.AS_WAS, indicator)


def list_url(unit_pk, period, lens, indicator):
    """The list behind a figure of the report, of one unit in a period."""
    query = {"unit": unit_pk, **period_query(period), "lens": lens, "indicator": indicator}
    return f"{reverse('report-list')}?{urlencode(query)}"


def silent_url(unit_pk, days):
    """The list of whom nobody has met for so many days under a unit."""
    return reverse("report-silent", query={"unit": unit_pk, "days": days})
