from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.training import ProgressForm, TrainingForm
from cases.models import Returnee, TrainingReferral
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.gate import gate


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    person = get_object_or_404(Returnee.objects.visible_to(request.user).kept(), pk=returnee_pk)
    training = TrainingReferral(returnee=person, referred_on=pages.today())
    return _form(request, training, TrainingForm, actions.training.refer, _("Refer to a course"))


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    trainings = TrainingReferral.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at=None)
    training = pages.lock_row(request, get_object_or_404(trainings.select_related("returnee__unit"), pk=pk))
    title = _("How the course goes")
    return _form(request, training, ProgressForm, actions.training.progress, title, noun="training", pk=training.pk)


def _form(request, training, form_class, action, title, **context):
    person = training.returnee
    form = form_class(pages.bound_data(request), instance=training, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            training = action(training=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved: course “%(course)s”.") % {"course": training.course})
            return redirect(trail.tab_url(person, "work"))
    return frame.show_form(
        request,
        form,
        person,
        tab="work",
        title=title,
        lead=person.full_name,
        draft="training",
        template="employment/row_form.html",
        **context,
    )
