from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.lib.numbers import parse_key
from cases.models import Unit
from cases.reports.lists.arrivals import (
    LIST_WORDS,
    age_columns,
    answers_elsewhere,
    awaited_columns,
    band_words,
    elsewhere_columns,
)
from cases.reports.people import arrivals
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet


def rows_asked(request, on):
    """Which list was asked for, of which unit and band, and the people in it."""
    shown = request.GET.get("show", "out")
    shown = shown if shown in arrivals.LISTS else "out"
    people = arrivals.list_people(shown, request.user, on)
    unit, band = _unit(request), _band(request)
    if unit:
        people = people.filter(unit=unit)
    if band and shown == "out":
        people = arrivals.in_band(people, band, on)
    return shown, unit, band, people


def _unit(request):
    key = parse_key(request.GET.get("unit", ""))
    return None if key is None else Unit.objects.visible_to(request.user).filter(pk=key).first()


def _band(request):
    asked = request.GET.get("band", "")
    return next((band for band in arrivals.BANDS if str(band[0]) == asked), None)


def _awaited(request):
    on = pages.today()
    shown, unit, band, people = rows_asked(request, on)
    told = [str(LIST_WORDS[shown]), *([unit.name] if unit else []), *([band_words(band)] if band else [])]
    return one_sheet(request, _("Awaited"), awaited_columns(), arrivals.rows(people, on), " · ".join(told))


def _sent_elsewhere(request):
    return one_sheet(request, _("Sent elsewhere"), elsewhere_columns(), answers_elsewhere(request.user))


def _held_by_nobody(request):
    on = pages.today()
    rows = arrivals.ages(request.user, on).rows
    return one_sheet(request, _("Held by nobody"), age_columns(), rows, f"{on:%d/%m/%Y}")


AWAITED = List("awaited", gettext_lazy("Awaited"), "arrival-list", Permission.CASE_VIEW, "cho-ve", _awaited)
SENT_ELSEWHERE = List(
    "sent-elsewhere", gettext_lazy("Sent elsewhere"), "arrival-sent", Permission.CASE_VIEW, "chuyen-noi-khac",
    _sent_elsewhere,
)  # fmt: skip
HELD_BY_NOBODY = List(
    "nobody", gettext_lazy("Held by nobody"), "arrival-nobody", Permission.ARRIVAL_ASSIGN, "chua-ai-quan-ly",
    _held_by_nobody,
)  # fmt: skip
