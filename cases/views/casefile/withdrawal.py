"""One page for taking back any wrong record of a case, with its reason."""

from contextlib import nullcontext

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions, models
from cases.access.permissions import Permission
from cases.forms.returnee import ReasonForm
from cases.views import pages
from cases.views.casefile.frame import tell_moved_day
from cases.views.gate import gate

# noun in the address: model, and the page one goes back to
WITHDRAWABLE = {
    "notice": (models.Notice, "arrival-detail"),
    "judgment": (models.Judgment, "returnee-sentence"),
    "administrative": (models.AdministrativeViolation, "returnee-violations"),
    "crime": (models.Crime, "returnee-violations"),
    "confinement": (models.Confinement, "returnee-violations"),
    "recidivism": (models.RecidivismFinding, "returnee-violations"),
    "need": (models.Need, "returnee-needs"),
    "safety": (models.SafetyFlag, "returnee-needs"),
    "note": (models.SensitiveNote, "returnee-notes"),
    "task": (models.PersonalTask, "task-list"),
    "assessment": (models.Assessment, "returnee-needs"),
    "appointment": (models.Appointment, "returnee-detail"),
    "snooze": (models.Snooze, "returnee-detail"),
    "expungement": (models.Expungement, "returnee-clock"),
    "court": (models.CourtApplication, "returnee-clock"),
    "paperwork": (models.PaperworkRequest, "returnee-paperwork"),
    "dossier": (models.DossierPaper, "returnee-dossier"),
    "attachment": (models.Attachment, "returnee-paperwork"),
    "referral": (models.JobReferral, "returnee-work"),
    "training": (models.TrainingReferral, "returnee-work"),
    "loan": (models.Loan, "returnee-work"),
    "employer": (models.Employer, "employer-list"),
    "meeting": (models.GroupMeeting, "meeting-list"),
}


@gate(Permission.WITHDRAW, "GET", "POST")
def withdraw(request, noun, pk):
    if noun not in WITHDRAWABLE:
        raise Http404
    model, route = WITHDRAWABLE[noun]
    rows = model.objects.visible_to(request.user)
    if gone := pages.find_taken_back(request, rows, pk=pk):
        return redirect(place_of(gone, route))
    row = get_object_or_404(rows.kept(), pk=pk)
    refuse_what_the_chief_settled(request.user, row)
    person, back = getattr(row, "returnee", None), place_of(row, route)
    form = ReasonForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            with tell_moved_day(request, person) if person else nullcontext():
                actions.row.withdraw(row=row, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Withdrawn: %(what)s.") % {"what": row})
            return redirect(back)
    return pages.show_form(
        request,
        form,
        title=_("Withdraw a record"),
        tab_title=_("Withdraw a record"),
        lead=f"{person} · {row}" if person else f"{row}",
        crumbs=[{"label": _("Back to the list") if person is None else person.full_name, "url": back}],
        save_label=_("Withdraw"),
        cancel_url=back,
        danger=True,
    )


def place_of(row, route):
    """Where one goes back to: the page of the person, or the list."""
    person = getattr(row, "returnee", None)
    return reverse(route, args=[] if person is None or route == "task-list" else [person.pk])


def refuse_what_the_chief_settled(user, row):
    """What a chief approved or confirmed only a chief takes back."""
    settled = getattr(row, "approved_on", None) or getattr(row, "confirmed_on", None)
    if settled and not user.may(Permission.ASSESSMENT_APPROVE):
        raise PermissionDenied
