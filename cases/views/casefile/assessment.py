from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.assessment import AssessmentForm
from cases.models import Assessment, Need
from cases.reports.care.goal import missing_goal
from cases.reports.casefile import suggestion
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.casefile.frame import show_step
from cases.views.gate import gate


@gate(Permission.ASSESSMENT_PROPOSE, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    assessment = Assessment(returnee=returnee, on=pages.today())
    form = AssessmentForm(pages.bound_data(request), instance=assessment, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            assessment = actions.assessment.propose(assessment=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Group %(group)s proposed: %(name)s. It counts once the chief has approved it.")
            messages.success(request, said % {"group": assessment.group, "name": returnee.full_name})
            return redirect("returnee-needs", returnee.pk)
    back = reverse("returnee-needs", args=[returnee.pk])
    return show_step(
        request,
        form,
        returnee,
        title=_("Propose a group"),
        cancel_url=back,
        draft="assessment-add",
        template="assessment/add.html",
        suggestion=suggestion.suggest(returnee, pages.today()),
    )


@gate(Permission.ASSESSMENT_APPROVE, "GET", "POST")
def approve(request, pk):
    """The chief's page: what is proposed and why, one button."""
    assessment = get_object_or_404(
        Assessment.objects.visible_to(request.user).kept().select_related("returnee", "created_by"), pk=pk
    )
    if request.method == "POST":
        actions.assessment.approve(assessment=assessment, on=pages.today(), by=request.user)
        said = _("Group %(group)s approved: %(name)s.")
        messages.success(request, said % {"group": assessment.group, "name": assessment.returnee.full_name})
        return redirect("returnee-needs", assessment.returnee_id)
    title = _("Approve a group")
    return render(
        request,
        "assessment/approve.html",
        {
            "assessment": assessment,
            "suggestion": _suggested(assessment),
            "without_goal": _without_goal(request.user, assessment),
            "may": frame.rights(request.user),
            "title": title,
            "crumbs": trail.of_person(assessment.returnee, title),
            "cancel_url": trail.tab_url(assessment.returnee, "needs"),
        },
    )


def _suggested(assessment):
    """What the records spoke for on the day of a proposal that waits; None once it is approved."""
    if assessment.approved_on:
        return None
    return suggestion.suggest(assessment.returnee, assessment.on, proposed=assessment)


def _without_goal(user, assessment):
    """A proposal that waits, where it is a setback and no need of the person is pending; else None."""
    if assessment.approved_on:
        return None
    mine = {"returnee": assessment.returnee_id}
    earlier = Assessment.objects.visible_to(user).approved().filter(**mine, on__lte=assessment.on)[:1]
    return missing_goal([assessment, *earlier], Need.objects.visible_to(user).pending().filter(**mine)[:1])
