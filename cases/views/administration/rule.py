"""The waiting periods by which records are cleared: the versions in force, and entering a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.deadline_version import DeadlineVersionForm
from cases.forms.form_name_version import FormNameVersionForm
from cases.forms.holiday import HolidayForm
from cases.forms.rule_version import RuleVersionForm
from cases.law.provisions import OPEN_QUESTIONS
from cases.law.versions import in_force
from cases.models import DeadlineVersion, FormNameVersion, Holiday, RuleVersion
from cases.reports.administration import legal_basis, rule_tables
from cases.reports.administration.rule_tables import ROUTES
from cases.reports.lists.rules import deadlines, waits
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.RULE_VIEW)
def show_list(request):
    on = pages.today()
    versions = RuleVersion.objects.visible_to(request.user).rule_sets()
    current = in_force(versions, on)
    certainties = dict(RuleVersion.Certainty.choices)
    by_whom = {
        row.code: authors_text(row) for row in RuleVersion.objects.visible_to(request.user).select_related("created_by")
    }
    return render(
        request,
        "rule/list.html",
        {
            "on": on,
            "current": current,
            "routes": ROUTES.values(),
            "bands": waits(current),
            "versions": [
                (each, certainties[each.certainty], each is current, by_whom.get(each.code, ""))
                for each in reversed(versions)
            ],
            "deadlines": deadlines(request.user, on),
            "tables": tables(current, on),
            "may_edit": request.user.may(Permission.RULE_EDIT),
        },
    )


@gate(Permission.RULE_VIEW)
def show_law(request):
    """The words of the law beside the rules and the cases that pin them, for the section that checks them."""
    rules = in_force(RuleVersion.objects.visible_to(request.user).rule_sets(), pages.today())
    return render(
        request,
        "rule/law.html",
        {
            "rules": rules,
            "provisions": list(legal_basis.provisions(rules)),
            "questions": OPEN_QUESTIONS,
            "crumbs": [{"label": _("Rules"), "url": reverse("rule-list")}, {"label": _("Law beside the rules")}],
        },
    )


def authors_text(version):
    """Who entered a version, and who checked it."""
    checked = version.verified_by and _("checked by %(name)s") % {"name": version.verified_by}
    return " · ".join(filter(None, [version.created_by.full_name, checked]))


def tables(current, on):
    """The other rules: what a table is called, its lines, and the route by which a new version is entered."""
    return [
        (_("What a record waits for"), rule_tables.conditions(current), "rule-add"),
        (_("Other numbers of the clock"), rule_tables.clock_numbers(current), "rule-add"),
        (_("Clean slate of administrative sanctions"), list(rule_tables.clean_slates(on)), "rule-deadline-add"),
        (_("Loans"), rule_tables.loan(on), ""),
        (_("Public holidays"), list(rule_tables.days_off(on)), "rule-day-add"),
        (_("Names of the forms"), list(rule_tables.names_of_forms(on)), "rule-form-add"),
    ]


@gate(Permission.RULE_EDIT, "GET", "POST")
def add_deadline(request):
    version = DeadlineVersion()
    form = DeadlineVersionForm(pages.bound_data(request), instance=version, user=request.user, on=pages.today())
    return _enter(
        request,
        form,
        act=actions.deadline_version.add,
        said=_("Deadline entered: %(name)s."),
        title=_("New version of a deadline"),
        lead=_("What began before its day keeps the deadline that held then."),
        draft="rule-deadline-add",
    )


@gate(Permission.RULE_EDIT, "GET", "POST")
def add_form_name(request):
    version = FormNameVersion()
    form = FormNameVersionForm(pages.bound_data(request), instance=version, user=request.user, on=pages.today())
    return _enter(
        request,
        form,
        act=actions.form_name_version.add,
        said=_("Name of a form entered: %(name)s."),
        title=_("New name of a form"),
        lead=_("Papers from its day on carry it."),
        draft="rule-form-add",
    )


@gate(Permission.RULE_EDIT, "GET", "POST")
def add_day(request):
    form = HolidayForm(pages.bound_data(request), instance=Holiday(), user=request.user, on=pages.today())
    return _enter(
        request,
        form,
        act=_save_day,
        said=_("Day entered: %(name)s."),
        title=_("Day off or working day"),
        lead=_("A day on the list is corrected; deadlines in working days are counted anew at once."),
        draft="rule-day-add",
        sent=request.method == "POST" and form.is_valid(),  # a day sent twice is one row: nobody is asked
    )


def _save_day(version, by):
    actions.holiday.save_holiday(holiday=version, by=by)
    return version


def _enter(request, form, *, act, said, title, sent=None, **context):
    """Show the form of a dated version and, once it is sent, keep it."""
    if pages.is_sent(request, form) if sent is None else sent:
        try:
            version = act(version=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, said % {"name": version})
            return redirect("rule-list")
    back = reverse("rule-list")
    crumbs = [{"label": _("Rules"), "url": back}, {"label": title}]
    return pages.show_form(request, form, title=title, tab_title=_("Rules"), crumbs=crumbs, cancel_url=back, **context)


@gate(Permission.RULE_EDIT, "GET", "POST")
def add(request):
    on = pages.today()
    form = RuleVersionForm(pages.bound_data(request), instance=RuleVersion(), user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            version = actions.rule_version.add(version=form.instance, on=on, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("New version entered: %(code)s.") % {"code": version.code})
            return redirect("rule-list")
    back = reverse("rule-list")
    return pages.show_form(
        request,
        form,
        title=_("New version of the rules"),
        tab_title=_("Rules"),
        lead=_("The version in force stays as it is; this one takes its place from its day on."),
        crumbs=[{"label": _("Rules"), "url": back}, {"label": _("New version of the rules")}],
        cancel_url=back,
        draft="rule-add",
        wide=True,
    )
