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
from cases.models import (
    DeadlineVersion,
    FormNameVersion,
    Holiday,
    LoanVersion,
    Organisation,
    PoliceVersion,
    RetentionVersion,
)
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

    @property
    def url(self) -> str:
        return reverse("shared-detail", args=[self.name])


@dataclass(frozen=True)
class SharedPage:
    """Shared data with a page of its own elsewhere."""

    title: Promise
    text: Promise
    icon: str
    route: str

    @property
    def url(self) -> str:
        return reverse(self.route)


def _correct(*, version, by):
    return actions.row.correct(row=version, by=by)


TABLES = {
    table.name: table
    for table in (
        SharedTable(
            name="days",
            title=_lazy("Public holidays"),
            text=_lazy("Days off of public offices, and days worked instead: deadlines in working days count by them."),
            icon="calendar-event",
            lines=shared_tables.days,
            model=Holiday,
            form=forms.HolidayForm,
            add=actions.holiday.add,
            correct=actions.holiday.correct,
            new=_lazy("Day off or working day"),
            lead=_lazy("A day on the list is corrected; deadlines in working days are counted anew at once."),
        ),
        SharedTable(
            name="loans",
            title=_lazy("Limits of credit"),
            text=_lazy("Highest sums, terms and interest of loans for people who finished a sentence."),
            icon="cash-coin",
            lines=shared_tables.loans,
            model=LoanVersion,
            form=forms.LoanVersionForm,
            add=actions.loan_version.add,
            correct=_correct,
            new=_lazy("New limits of credit"),
            lead=_lazy("Loans before their day keep the limits that held then."),
        ),
        SharedTable(
            name="deadlines",
            title=_lazy("Deadlines"),
            text=_lazy(
                "How long the officers have for each duty, and after how long a sanction counts as never given."
            ),
            icon="clock-history",
            lines=shared_tables.deadline_lines,
            model=DeadlineVersion,
            form=forms.DeadlineVersionForm,
            add=actions.deadline_version.add,
            correct=_correct,
            new=_lazy("New version of a deadline"),
            lead=_lazy("What began before its day keeps the deadline that held then."),
        ),
        SharedTable(
            name="forms",
            title=_lazy("Names of the forms"),
            text=_lazy("What the forms of the circular are called on papers."),
            icon="file-earmark-text",
            lines=shared_tables.form_lines,
            model=FormNameVersion,
            form=forms.FormNameVersionForm,
            add=actions.form_name_version.add,
            correct=_correct,
            new=_lazy("New name of a form"),
            lead=_lazy("Papers from its day on carry it."),
        ),
        SharedTable(
            name="police",
            title=_lazy("Police bodies"),
            text=_lazy("How the bodies of each kind of unit sign: symbol, head, deputy."),
            icon="shield-check",
            lines=shared_tables.police_lines,
            model=PoliceVersion,
            form=forms.PoliceVersionForm,
            add=actions.police_version.add,
            correct=_correct,
            new=_lazy("How a kind of body signs"),
            lead=_lazy("Letters dated from its day on carry it; letters sent before stay as they were."),
        ),
        SharedTable(
            name="retention",
            title=_lazy("How long files are kept"),
            text=_lazy("After how many years a file that ended is anonymised. Nothing goes without the chief's word."),
            icon="archive",
            lines=shared_tables.retention_lines,
            model=RetentionVersion,
            form=forms.RetentionVersionForm,
            add=actions.retention_version.add,
            correct=_correct,
            new=_lazy("New period for which files are kept"),
            lead=_lazy("Nothing is deleted by it: chiefs are told ahead, and confirm each person."),
        ),
        SharedTable(
            name="organisations",
            title=_lazy("Organisations"),
            text=_lazy("The bodies of the 5+1 whose members help."),
            icon="people",
            lines=shared_tables.organisations,
            model=Organisation,
            form=forms.OrganisationForm,
            add=actions.organisation.add,
            correct=actions.organisation.correct,
            new=_lazy("New organisation"),
            lead=_lazy("It is offered in groups, in the quick log and for helpers."),
        ),
    )
}
ELSEWHERE = (
    SharedPage(
        title=_lazy("Rules of the clean record"),
        text=_lazy("Waiting periods and what a record waits for, each version with its articles."),
        icon="book",
        route="rule-list",
    ),
    SharedPage(
        title=_lazy("Words of registers"),
        text=_lazy("What registers call a column too, so that it is recognised."),
        icon="table",
        route="rule-word-list",
    ),
    SharedPage(
        title=_lazy("Letterhead"),
        text=_lazy("How the letters of one's own unit begin."),
        icon="envelope",
        route="letterhead-check",
    ),
    SharedPage(
        title=_lazy("Changes of units"),
        text=_lazy("Renamed, merged, divided and new units, with their day."),
        icon="diagram-3",
        route="unit-change-list",
    ),
)


def _find(name):
    if name not in TABLES:
        raise Http404
    return TABLES[name]


def _crumbs(*items):
    return [{"label": _("Shared data"), "url": reverse("shared-list")}, *items]


@gate(Permission.RULE_EDIT)
def show_list(request):
    return render(request, "shared/list.html", {"pages": [*TABLES.values(), *ELSEWHERE]})


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
    back = table.url
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
