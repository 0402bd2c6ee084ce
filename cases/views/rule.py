"""The waiting periods by which records are cleared: the versions in force, and entering a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import actions
from cases.access.permissions import Permission
from cases.forms.deadline_version import DeadlineVersionForm
from cases.forms.rule_version import BANDS, ROUTES, RuleVersionForm
from cases.law.deadlines import Count, Duty, deadline
from cases.law.versions import in_force
from cases.models import DeadlineVersion, RuleVersion
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.RULE_VIEW)
def show_list(request):
    on = pages.today()
    versions = RuleVersion.objects.visible_to(request.user).rule_sets()
    current = in_force(versions, on)
    certainties = dict(RuleVersion.Certainty.choices)
    return render(
        request,
        "rule/list.html",
        {
            "on": on,
            "current": current,
            "routes": ROUTES.values(),
            "bands": waits(current),
            "versions": [(each, certainties[each.certainty], each is current) for each in reversed(versions)],
            "deadlines": deadlines(request.user, on),
            "may_edit": request.user.may(Permission.RULE_EDIT),
        },
    )


def waits(current):
    """For each band of main penalties its periods, one for each route."""
    months = {(wait.column, wait.band): wait for wait in current.waits}
    return [(label, [months[column, band] for column in ROUTES]) for band, label in BANDS.items()]


COUNTS = {
    Count.DAYS: gettext_lazy("days"),
    Count.WORKING_DAYS: gettext_lazy("working days"),
    Count.MONTHS: gettext_lazy("months"),
}


def deadlines(user, on):
    """Each deadline as it holds on the day, with its source and who entered it."""
    entered = DeadlineVersion.objects.visible_to(user)
    table, certainties = entered.table(), dict(RuleVersion.Certainty.choices)
    by_whom = {(row.duty, row.valid_from): row.created_by.full_name for row in entered.select_related("created_by")}
    for duty in Duty:
        rule = deadline(duty, on, table)
        yield {
            "name": DeadlineVersion.Duty(duty).label,
            "amount": rule.amount,
            "count": COUNTS[rule.count],
            "rule": rule,
            "certainty": certainties[rule.certainty],
            "by": by_whom.get((duty, rule.valid_from), ""),
        }


@gate(Permission.RULE_EDIT, "GET", "POST")
def add_deadline(request):
    version = DeadlineVersion()
    form = DeadlineVersionForm(pages.typed(request), instance=version, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            version = actions.deadline_version.add(version=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Deadline entered: %(name)s.") % {"name": version})
            return redirect("rule-list")
    back = reverse("rule-list")
    return pages.show_form(
        request,
        form,
        title=_("New version of a deadline"),
        tab_title=_("Rules"),
        lead=_("What began before its day keeps the deadline that held then."),
        crumbs=[{"label": _("Rules"), "url": back}, {"label": _("New version of a deadline")}],
        cancel_url=back,
        draft="rule-deadline-add",
    )


@gate(Permission.RULE_EDIT, "GET", "POST")
def add(request):
    on = pages.today()
    form = RuleVersionForm(pages.typed(request), instance=RuleVersion(), user=request.user, on=on)
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
