from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.violation import FORMS, AdministrativeEditForm, ConfinementEditForm, StageForm
from cases.models import Crime
from cases.reports.casefile import slates
from cases.reports.casefile.file_rows import FileRows
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step, take_step, tell_moved_day
from cases.views.gate import gate


@gate(Permission.CASE_VIEW, sealed=True)
def tab(request, returnee_pk, opened):
    returnee = frame.find(request, returnee_pk, opened)
    rows = FileRows(returnee)
    rows.read(("administrative_violations", "crimes", "recidivism_findings", "confinements", "slate_versions"))
    return frame.show_tab(
        request,
        returnee,
        "violation/tab.html",
        tab="violations",
        rows=rows,
        administrative=slates.of_rows(rows.administrative_violations, pages.today(), rows.slate_versions),
        crimes=rows.crimes,
        findings=rows.recidivism_findings,
        confinements=rows.confinements,
    )


@gate(Permission.VIOLATION_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk, noun):
    if noun not in FORMS:
        raise Http404
    returnee = frame.get_stored_person(request, returnee_pk)
    titles = {
        "administrative": _("New administrative violation"),
        "crime": _("New crime"),
        "recidivism": _("New finding of the court"),
        "confinement": _("Held since"),
    }
    row = FORMS[noun]._meta.model(returnee=returnee)
    form = FORMS[noun](pages.bound_data(request), instance=row, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            with tell_moved_day(request, returnee):
                row = actions.violation.record(violation=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Recorded: %(what)s.") % {"what": row})
            return redirect("returnee-violations", returnee.pk)
    return show_step(
        request,
        form,
        returnee,
        title=titles[noun],
        cancel_url=reverse("returnee-violations", args=[returnee.pk]),
        draft=f"violation-{noun}",
    )


@gate(Permission.VIOLATION_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    """An administrative violation; two who correct it at once are asked."""
    return correct(
        request, pk, AdministrativeEditForm, title=_("Correct the administrative violation"), draft="violation-edit"
    )


@gate(Permission.VIOLATION_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit_confinement(request, pk):
    """Where somebody is held, and when it ended; two who correct it at once are asked."""
    return correct(
        request, pk, ConfinementEditForm, title=_("Correct where the person is held"), draft="confinement-edit"
    )


def correct(request, pk, form_class, **words):
    """The form of one record on file, in the scope of who sends it."""
    rows = form_class._meta.model.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at__isnull=True)
    row = pages.lock_row(request, get_object_or_404(rows.select_related("returnee"), pk=pk))
    form = form_class(pages.bound_data(request), instance=row, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            actions.violation.correct(violation=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved: %(name)s.") % {"name": form.instance})
            return redirect("returnee-violations", row.returnee_id)
    back = reverse("returnee-violations", args=[row.returnee_id])
    return show_step(request, form, row.returnee, cancel_url=back, **words)


@gate(Permission.VIOLATION_EDIT, "GET", "POST")
def stage(request, pk):
    crime = get_object_or_404(Crime.objects.visible_to(request.user).kept().select_related("returnee"), pk=pk)
    on = pages.today()
    form = StageForm(pages.bound_data(request), crime=crime, initial={"stage_on": on}, user=request.user, on=on)
    back = reverse("returnee-violations", args=[crime.returnee_id])
    return take_step(
        request,
        crime.returnee,
        form,
        act=lambda given: actions.violation.reach_stage(
            crime=crime, stage=given["stage"], on=given["stage_on"], by=request.user
        ),
        said=_("Stage recorded: %(offence)s.") % {"offence": crime.offence},
        title=_("Later stage"),
        next_url=back,
        cancel_url=back,
    )
