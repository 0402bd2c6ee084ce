from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.need import NeedForm, NeedStateForm
from cases.models import Assessment, Need
from cases.reports.care.goal import missing_goal
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step, take_step
from cases.views.gate import gate

PATHWAYS = Need.Pathway.values  # in the order in which they are gone through


@gate(Permission.CASE_VIEW, sealed=True)
def tab(request, returnee_pk, opened):
    """Needs by pathway, and the groups A–D over time."""
    returnee = frame.find(request, returnee_pk, opened)
    needs = Need.objects.visible_to(request.user, opened).kept().filter(returnee=returnee).select_related("responsible")
    needs = sorted(needs, key=lambda need: PATHWAYS.index(need.pathway))
    seen = {need.pathway for need in needs}
    assessments = Assessment.objects.visible_to(request.user, opened).kept().filter(returnee=returnee)
    assessments = assessments.select_related("created_by", "approved_by")
    return frame.show_tab(
        request,
        returnee,
        "need/tab.html",
        tab="needs",
        needs=needs,
        not_looked_at=[pathway for pathway in Need.Pathway if pathway not in seen],
        assessments=assessments,
        without_goal=lambda: missing_goal(assessments, needs),  # once they are read with the head
    )


@gate(Permission.NEED_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    need = Need(returnee=returnee, pathway=request.GET.get("pathway", "")[:10], state_on=pages.today())
    form = NeedForm(pages.bound_data(request), instance=need, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            need = actions.need.record(need=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Need recorded: %(text)s.") % {"text": need.text})
            return redirect("returnee-needs", returnee.pk)
    back = reverse("returnee-needs", args=[returnee.pk])
    return show_step(request, form, returnee, title=_("New need"), cancel_url=back, draft="need-add")


@gate(Permission.NEED_EDIT, "GET", "POST")
@pages.one_at_a_time
def state(request, pk):
    needs = Need.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at=None)
    need = pages.lock_row(request, get_object_or_404(needs.select_related("returnee"), pk=pk))
    on = pages.today()
    known = {"state": need.state, "state_on": on, "responsible": need.responsible_id}
    form = NeedStateForm(pages.bound_data(request), instance=need, initial=known, user=request.user, on=on)
    back = reverse("returnee-needs", args=[need.returnee_id])
    return take_step(
        request,
        need.returnee,
        form,
        act=lambda given: actions.need.change_state(
            need=need, state=given["state"], on=given["state_on"], responsible=given["responsible"], by=request.user
        ),
        said=_("Saved: %(name)s.") % {"name": need.text},
        title=_("State of the need"),
        next_url=back,
        cancel_url=back,
    )
