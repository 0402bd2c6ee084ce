"""Work of one person: referrals to employers, what came of them, and whether the job lasts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.employment import OUTCOMES, CheckForm, OutcomeForm, ReferralForm
from cases.models import JobCheck, JobReferral, Returnee
from cases.models.employment import CHECK_DAYS
from cases.reports.casefile import loan_standing
from cases.reports.casefile.file_rows import FileRows
from cases.views import pages
from cases.views.care import giving
from cases.views.casefile import frame, trail
from cases.views.gate import gate


def _find(request, pk):
    referrals = JobReferral.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at=None)
    return get_object_or_404(referrals.select_related("returnee__unit", "employer"), pk=pk)


def _tab(person):
    return trail.tab_url(person, "work")


@gate(Permission.CASE_VIEW, sealed=True)
def show_tab(request, returnee_pk, opened):
    person = frame.find(request, returnee_pk, opened)
    rows, on = FileRows(person), pages.today()
    rows.read(("referrals", "trainings", *loan_standing.READ))
    return frame.show_tab(
        request,
        person,
        "employment/tab.html",
        tab="work",
        rows=rows,
        referrals=rows.referrals,
        trainings=rows.trainings,
        loans=rows.loans,
        loan_check=loan_standing.loan_conditions(rows, on),
        on=on,
        may_edit=request.user.may(Permission.EMPLOYMENT_EDIT),
    )


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
@pages.one_at_a_time
def refer(request, returnee_pk):
    person = get_object_or_404(Returnee.objects.visible_to(request.user).kept(), pk=returnee_pk)
    on = pages.today()
    referral = JobReferral(returnee=person, referred_on=on)
    chosen = {"employer": request.GET.get("employer")}
    form = ReferralForm(pages.bound_data(request), instance=referral, initial=chosen, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            referral = actions.employment.refer(referral=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Recorded: %(name)s was referred to %(employer)s.")
            messages.success(request, said % {"name": person.full_name, "employer": referral.employer.name})
            return redirect(_tab(person))
    return frame.show_form(
        request,
        form,
        person,
        tab="work",
        title=_("Refer to an employer"),
        template="employment/referral_form.html",
        person=person,
        **giving.grounds_for(request, person, "employer"),
    )


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
def outcome(request, pk):
    referral = _find(request, pk)
    person = referral.returnee
    known = {"referral": referral, "user": request.user, "on": pages.today()}
    form = OutcomeForm(pages.bound_data(request), **known)
    if pages.is_sent(request, form):
        state = form.cleaned_data["state"]
        try:
            actions.employment.report_outcome(
                referral=referral, state=state, on=form.cleaned_data["on"], by=request.user, **form.details()
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Recorded: %(employer)s, %(state)s.")
            messages.success(request, said % {"employer": referral.employer.name, "state": OUTCOMES[state].lower()})
            return redirect(_tab(person))
    return frame.show_form(
        request,
        form,
        person,
        tab="work",
        title=_("Outcome of the referral"),
        template="employment/outcome.html",
        referral=referral,
        person=person,
    )


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
def check(request, pk, day):
    """Is the person still there, 7, 30, 90 or 180 days after the job began?"""
    referral = _find(request, pk)
    person, on = referral.returnee, pages.today()
    if day not in CHECK_DAYS:
        raise Http404
    if not referral.started_on:
        messages.warning(request, _("The job has not begun yet: record first when it did."))
        return redirect("referral-outcome", pk=referral.pk)
    job_check = JobCheck(referral=referral, day=day, on=on, monthly_income=referral.monthly_income)
    form = CheckForm(pages.bound_data(request), instance=job_check, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            job_check = actions.employment.record_check(job_check=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            return _checked(request, job_check, referral)
    title = _("Check after %(day)d days") % {"day": day}
    return frame.show_form(request, form, person, tab="work", title=title, lead=f"{person.full_name} · {referral}")


def _checked(request, job_check, referral):
    if job_check.still_working or referral.ended_on:
        messages.success(request, _("Recorded: the check after %(day)d days.") % {"day": job_check.day})
        return redirect(_tab(referral.returnee))
    messages.success(request, _("Recorded: no longer there. Add now when the job ended, and why."))
    return redirect("referral-outcome", pk=referral.pk)
