"""The waiting periods by which records are cleared: the versions in force, and entering a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.rule_version import BANDS, ROUTES, RuleVersionForm
from cases.law.versions import in_force
from cases.models import RuleVersion
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.RULE_VIEW)
def show_list(request):
    on = pages.today()
    versions = RuleVersion.objects.visible_to(request.user).rule_sets()
    current = in_force(versions, on)
    months = {(wait.column, wait.band): wait for wait in current.waits}
    certainties = dict(RuleVersion.Certainty.choices)
    return render(
        request,
        "rule/list.html",
        {
            "on": on,
            "current": current,
            "routes": ROUTES.values(),
            "bands": [(label, [months[column, band] for column in ROUTES]) for band, label in BANDS.items()],
            "versions": [(each, certainties[each.certainty], each is current) for each in reversed(versions)],
            "may_edit": request.user.may(Permission.RULE_EDIT),
        },
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
