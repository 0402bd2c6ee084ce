"""What was asked of a report: its unit, period and lens, and addresses that ask the same."""

from urllib.parse import urlencode

from django.contrib import messages
from django.urls import reverse

from cases.forms.report import read
from cases.views import pages

DIRECTLY = "direct"  # in a query string: the row of what lies at no unit below


def understand(request, usual=None):
    """What the query asks for; `usual`: the days that are meant where it names none, else the current year."""
    query = request.GET.dict()
    if usual and not {"from", "to", "period"} & query.keys():
        query |= usual
    asked = read(query, user=request.user, on=pages.today())
    for problem in asked.problems:
        messages.warning(request, problem)
    return asked


def address(route, asked, **query):
    return f"{reverse(route)}?{urlencode({**asked.query, **query}, safe='/')}"


def days_of(period):
    """A period as a query asks for it."""
    return {"from": f"{period.start:%d/%m/%Y}", "to": f"{period.end:%d/%m/%Y}"}
