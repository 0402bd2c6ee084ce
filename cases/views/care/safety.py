"""What to mind for a person's safety: written, ended; it stands above every page of the file (see `banner`)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.safety import SafetyEndForm, SafetyFlagForm
from cases.models import SafetyFlag
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step, take_step
from cases.views.gate import gate


def place_of(returnee_pk):
    return reverse("returnee-needs", args=[returnee_pk])


@gate(Permission.SAFETY_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    flag = SafetyFlag(returnee=returnee, since=pages.today())
    form = SafetyFlagForm(pages.bound_data(request), instance=flag, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            flag = actions.safety.flag(flag=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Recorded: %(what)s. It stands above every page of this file.")
            messages.success(request, said % {"what": flag.get_kind_display().lower()})
            return redirect(place_of(returnee.pk))
    title = _("What to mind for the person's safety")
    return show_step(request, form, returnee, title=title, cancel_url=place_of(returnee.pk), draft="safety-add")


@gate(Permission.SAFETY_EDIT, "GET", "POST")
@pages.one_at_a_time
def end(request, pk):
    flags = SafetyFlag.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at=None)
    flag = pages.lock_row(request, get_object_or_404(flags.select_related("returnee"), pk=pk))
    initial = {"until": flag.until or pages.today()}
    form = SafetyEndForm(pages.bound_data(request), initial=initial, user=request.user, on=pages.today())
    back = place_of(flag.returnee_id)
    return take_step(
        request,
        flag.returnee,
        form,
        act=lambda given: actions.safety.end(flag=flag, on=given["until"], by=request.user),
        said=_("Ended: %(what)s.") % {"what": flag.get_kind_display().lower()},
        title=_("End: %(what)s") % {"what": flag.get_kind_display().lower()},
        next_url=back,
        cancel_url=back,
    )
