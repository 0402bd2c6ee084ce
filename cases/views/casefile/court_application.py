"""The way over the court: the application that was sent, and the court's refusal."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.court_application import CourtApplicationForm, CourtRefusalForm
from cases.law.courts import court_of_today
from cases.models import CourtApplication, Judgment
from cases.reports.casefile import clock
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step, take_step, tell_moved_day
from cases.views.gate import gate


@gate(Permission.EXPUNGEMENT_EDIT, "GET", "POST")
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    judgment = Judgment.objects.visible_to(request.user).kept().filter(returnee=returnee).exclude(court="").last()
    today = pages.today()
    by_court = clock.build(returnee, today).by_court
    court = court_of_today(judgment.court, security=by_court, on=today).name if judgment else ""
    application = CourtApplication(returnee=returnee, filed_on=today, court=court)
    form = CourtApplicationForm(pages.bound_data(request), instance=application, user=request.user, on=pages.today())
    back = reverse("returnee-clock", args=[returnee.pk])
    if pages.is_sent(request, form):
        try:
            actions.court_application.send(application=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Application recorded: %(name)s.") % {"name": returnee.full_name})
            return redirect(back)
    return show_step(request, form, returnee, title=_("Application sent to the court"), cancel_url=back, draft="court")


@gate(Permission.EXPUNGEMENT_EDIT, "GET", "POST")
def answer(request, pk):
    """The court refused; the clock then tells from when one may apply again."""
    rows = CourtApplication.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at__isnull=True)
    application = get_object_or_404(rows.select_related("returnee"), pk=pk)
    returnee, on = application.returnee, pages.today()
    form = CourtRefusalForm(pages.bound_data(request), initial={"refused_on": on}, user=request.user, on=on)
    back = reverse("returnee-clock", args=[returnee.pk])
    with tell_moved_day(request, returnee):
        return take_step(
            request,
            returnee,
            form,
            act=lambda given: actions.court_application.refuse(
                application=application,
                on=given["refused_on"],
                reference=given["reference"],
                note=given["note"],
                by=request.user,
            ),
            said=_("Refusal recorded: %(name)s.") % {"name": returnee.full_name},
            title=_("Refusal of the court"),
            next_url=back,
            cancel_url=back,
        )
