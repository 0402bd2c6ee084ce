"""The forms of a unit: the list A–D of a quarter, the figures of a month, the report of a period."""

from itertools import islice

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.report import period_query
from cases.forms.unit_form import UnitFormChoice
from cases.lib.period import PeriodKind, Profile, period_of
from cases.reports.dossier import unit_papers
from cases.reports.dossier.form_paper import FormNames
from cases.views import pages
from cases.views.dossier import drawing
from cases.views.gate import gate
from cases.views.periodic.report_query import address, understand

# Helpers report by the quarters of the calendar, and the list A–D follows them; figures go by the state's months.
PERIODS = {
    "HCD-09": (Profile.CALENDAR, PeriodKind.QUARTER),
    "HCD-12": (Profile.STATE, PeriodKind.MONTH),
}
OF_COMMUNES = {"HCD-09"}  # a list of names
REPORTS = (PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
OFFERED = 4  # periods of a form, the last first


def _backwards(code, on):
    """The periods of a form: the one under way, then those that are over."""
    period = period_of(*PERIODS[code], on)
    while True:
        yield period
        period = period.previous()


@gate(Permission.CASE_VIEW)
def show_list(request):
    """Whose forms, and for which period each is drawn."""
    asked, on = understand(request), pages.today()
    names, unit = FormNames.on_day(on), asked.unit
    pages_of = {code: list(_pages(code, unit, on)) for code in PERIODS if unit.is_commune or code not in OF_COMMUNES}
    groups = [(names.of(code), rows) for code, rows in {**pages_of, "HCD-13": list(_reports(unit, on))}.items()]
    form = UnitFormChoice(asked=asked, user=request.user, on=on)
    crumbs = [{"label": _("Report"), "url": address("report-show", asked, unit=unit.pk)}, {"label": _("Forms")}]
    return render(
        request, "dossier/unit.html", {"unit": unit, "groups": groups, "form": form, "on": on, "crumbs": crumbs}
    )


def _pages(code, unit, on):
    """The first period is the one under way: it stands last, for who reports before it is over."""
    under_way, *over = islice(_backwards(code, on), OFFERED + 1)
    for period in (*over, under_way):
        yield period, _address(reverse("report-form", args=[code]), unit, period)


def _reports(unit, on):
    for kind in REPORTS:
        period = period_of(Profile.STATE, kind, on).previous()
        yield period, _address(reverse("report-document"), unit, period)


def _address(place, unit, period):
    days = "&".join(f"{name}={day}" for name, day in period_query(period).items())
    return f"{place}?unit={unit.pk}&{days}"


@gate(Permission.CASE_VIEW, as_file=True)
def show_paper(request, code):
    if code not in PERIODS:
        raise Http404
    on = pages.today()
    asked = understand(request, usual=period_query(period_of(*PERIODS[code], on).previous()))
    names, where = FormNames.on_day(on), asked.where
    if code in OF_COMMUNES and not asked.unit.is_commune:
        raise Http404
    if code == "HCD-12":
        paper = unit_papers.monthly_figures(where, asked.period, asked.named, names)
    else:
        paper = unit_papers.group_list(where, asked.period, request.user, names)
    if request.method == "POST":
        actions.dossier.record_unit_download(unit=asked.unit, code=code, by=request.user)
        return drawing.hand_out(request, [paper], f"{code.lower()}-{asked.unit.code}-{asked.named.start:%Y%m%d}")
    back = {"label": _("Forms"), "url": f"{reverse('report-form-list')}?unit={asked.unit.pk}"}
    return drawing.show_paper(request, paper, crumbs=[back, {"label": code}])
