"""A figure of the overview: “9 of 10”, the percentage, and the lists behind both."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.lib.numbers import group
from cases.lib.text import UNKNOWN
from cases.reports.dashboard.measure import FigureLines, period_of
from cases.reports.periodic.report_scope import DIRECT
from cases.templatetags.words import period_days
from cases.views.periodic.report_query import DIRECTLY


def days_words(part, days):
    """The day or the days the figures of a part are of; `days` are those of the overview."""
    period = period_of(part, days)
    if period.days == 1:
        return _("as of %(day)s") % {"day": f"{period.end:%d/%m/%Y}"}
    return period_days(period)


def figure(measure, counted, asked, **place):
    """“9 of 10” beside the percentage, and the lists behind the 9 and the 10; `counted` are the figures."""
    query = {"measure": measure.key, **place}
    return {
        "key": measure.key,
        "title": measure.title,
        "row": measure.row,
        "how": measure.how,
        "sign": measure.sign,
        "count": counted.found,
        "of": counted.base if measure.of else None,
        "share": UNKNOWN if counted.share is None else f"{group(counted.share, 0)} %",
        "url": list_url(asked, **query),
        "base_url": list_url(asked, lines=FigureLines.BASE, **query),
        "income": income(counted) if measure.money else None,
        "known": counted.known,
        "known_url": list_url(asked, lines=FigureLines.KNOWN, **query),
    }


def income(counted):
    if not counted.known:
        return _("income not known")
    return _("%(mean)s đồng a month on average") % {"mean": group(counted.mean)}


def list_url(asked, **query):
    return f"{reverse('dashboard-list')}?{urlencode({**asked.query, **query})}"


def place_of(row):
    """How a query asks for a unit below, or for what lies at the unit itself."""
    return {"part": DIRECTLY} if row == DIRECT else {"unit": row}
