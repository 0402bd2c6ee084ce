"""A milestone was congratulated on: one tap."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.models import Congratulation, JobReferral
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.EMPLOYMENT_EDIT, "POST")
def say(request, pk, step):
    if step not in Congratulation.Step.values:
        raise Http404
    jobs = JobReferral.objects.visible_to(request.user).working(pages.today()).filter(returnee__withdrawn_at=None)
    job = get_object_or_404(jobs.select_related("returnee"), pk=pk)
    actions.congratulation.say(referral=job, step=Congratulation.Step(step), on=pages.today(), by=request.user)
    messages.success(request, _("Noted: %(name)s was congratulated.") % {"name": job.returnee.full_name})
    return redirect("home")
