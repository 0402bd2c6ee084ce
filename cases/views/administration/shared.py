"""Data all units share: a page for each table with its dated rows; a row is entered, or corrected, with its source."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cases import actions
from cases.access.permissions import Permission
from cases.forms import shared as forms
from cases.models import DeadlineVersion, FormNameVersion, Holiday, LoanVersion, Organisation, PoliceVersion
from cases.reports.administration import shared_tables
from cases.reports.administration.shared_tables import SharedLine
from cases.views import pages
from cases.views.gate import gate


@dataclass(frozen=True)
class SharedTable:
    """One kind of shared data: its words, its rows, and how a row is entered and corrected."""

    name: str
    title: Promise
    text: Promise
    icon: str
    lines: Callable[..., list[SharedLine]]
    model: type[Model]
    form: type[ModelForm]
    add: Callable
    correct: Callable
    new: Promise  # what a new row is called
    lead: Promise  # what happens when it is entered


def _correct(*, version, by):
    return actions.row.correct(row=version, by=by)


TABLES = {
    table.name: table
    for table in (
        SharedTable(
            "days",
            _lazy("Public holidays"),
            _lazy("Days off of public offices, and days worked instead: deadlines in working days count by them."),
            "calendar-event",
            shared_tables.days,
            Holiday,
            forms.HolidayForm,
            actions.holiday.add,
            actions.holiday.correct,
            _lazy("Day off or working day"),
            _lazy("A day on the list is corrected; deadlines in working days are counted anew at once."),
        ),
        SharedTable(
            "loans",
            _lazy("Limits of credit"),
            _lazy("Highest sums, terms and interest of loans for people who finished a sentence."),
            "cash-coin",
            shared_tables.loans,
            LoanVersion,
            forms.LoanVersionForm,
            actions.loan_version.add,
            _correct,
            _lazy("New limits of credit"),
            _lazy("Loans before their day keep the limits that held then."),
        ),
        SharedTable(
            "deadlines",
            _lazy("Deadlines"),
            _lazy("How long the officers have for each duty, and after how long a sanction counts as never given."),
            "clock-history",
            shared_tables.deadline_lines,
            DeadlineVersion,
            forms.DeadlineVersionForm,
            actions.deadline_version.add,
            _correct,
            _lazy("New version of a deadline"),
            _lazy("What began before its day keeps the deadline that held then."),
        ),
        SharedTable(
            "forms",
            _lazy("Names of the forms"),
            _lazy("What the forms of the circular are called on papers."),
            "file-earmark-text",
            shared_tables.form_lines,
            FormNameVersion,
            forms.FormNameVersionForm,
            actions.form_name_version.add,
            _correct,
            _lazy("New name of a form"),
            _lazy("Papers from its day on carry it."),
        ),
        SharedTable(
            "police",
            _lazy("Police bodies"),
            _lazy("How the bodies of each kind of unit sign: symbol, head, deputy."),
            "shield-check",
            shared_tables.police_lines,
            PoliceVersion,
            forms.PoliceVersionForm,
            actions.police_version.add,
            _correct,
            _lazy("How a kind of body signs"),
            _lazy("Letters dated from its day on carry it; letters sent before stay as they were."),
        ),
        SharedTable(
            "organisations",
            _lazy("Organisations"),
            _lazy("The bodies of the 5+1 whose members help."),
            "people",
            shared_tables.organisations,
            Organisation,
            forms.OrganisationForm,
            actions.organisation.add,
            actions.organisation.correct,
            _lazy("New organisation"),
            _lazy("It is offered in groups, in the quick log and for helpers."),
        ),
    )
}
ELSEWHERE = [  # pages of their own: title, text, icon, route
    (
        _lazy("Rules of the clean record"),
        _lazy("Waiting periods and what a record waits for, each version with its articles."),
        "book",
        "rule-list",
    ),
    (
        _lazy("Words of registers"),
        _lazy("What registers call a column too, so that it is recognised."),
        "table",
        "rule-word-list",
    ),
    (_lazy("Letterhead"), _lazy("How the letters of one's own unit begin."), "envelope", "letterhead-check"),
    (
        _lazy("Changes of units"),
        _lazy("Renamed, merged, divided and new units, with their day."),
        "diagram-3",
        "unit-change-list",
    ),
]


def _find(name):
    if name not in TABLES:
        raise Http404
    return TABLES[name]


def _crumbs(*items):
    return [{"label": _("Shared data"), "url": reverse("shared-list")}, *items]


@gate(Permission.RULE_EDIT)
def show_list(request):
    pages_of = [
        (table.title, table.text, table.icon, reverse("shared-detail", args=[table.name])) for table in TABLES.values()
    ]
    elsewhere = [(title, text, icon, reverse(route)) for title, text, icon, route in ELSEWHERE]
    return render(request, "shared/list.html", {"pages": [*pages_of, *elsewhere]})


@gate(Permission.RULE_EDIT)
def detail(request, table):
    found = _find(table)
    page = pages.paginate(request, found.lines(pages.today()))
    context = {"table": found, "page_obj": page, "crumbs": _crumbs({"label": found.title})}
    return render(request, "shared/detail.html", context)


@gate(Permission.RULE_EDIT, "GET", "POST")
def add(request, table):
    found = _find(table)
    form = found.form(pages.bound_data(request), instance=found.model(), user=request.user, on=pages.today())
    return _enter(request, form, found, act=found.add, title=found.new, lead=found.lead, draft=f"shared-{table}")


@gate(Permission.RULE_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, table, pk):
    found = _find(table)
    row = pages.lock_row(request, get_object_or_404(found.model.objects.visible_to(request.user), pk=pk))
    name = str(row)
    form = forms.correction(found.form)(pages.bound_data(request), instance=row, user=request.user, on=pages.today())
    lead = _("Correct what was entered wrongly. What is right and changes from a day on is entered as a new row.")
    return _enter(request, form, found, act=found.correct, title=_("Correct: %(name)s") % {"name": name}, lead=lead)


def _enter(request, form, table, *, act, title, **context):
    """Show the form of a row and, once it is sent, keep it; without an id of the form it is one row however often."""
    is_sent = pages.is_sent(request, form) if "uid" in form.fields else request.method == "POST" and form.is_valid()
    back = reverse("shared-detail", args=[table.name])
    if is_sent:
        try:
            row = act(version=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved: %(name)s.") % {"name": row})
            return redirect(back)
    crumbs = _crumbs({"label": table.title, "url": back}, {"label": title})
    return pages.show_form(request, form, title=title, tab_title=table.title, crumbs=crumbs, cancel_url=back, **context)
