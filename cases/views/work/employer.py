from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.employment import EmployerEditForm, EmployerFilter, EmployerForm
from cases.lib.numbers import parse_key
from cases.models import Employer, JobReferral, Returnee
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.employers import rows_asked


def _find(request, pk):
    employers = Employer.objects.visible_to(request.user).kept()
    return get_object_or_404(employers.with_counts().select_related("unit"), pk=pk)


def _crumbs(*items):
    return [{"label": _("Employers"), "url": reverse("employer-list")}, *items]


@gate(Permission.EMPLOYMENT_VIEW)
def show_list(request):
    form = EmployerFilter(request.GET, user=request.user, on=pages.today())
    context = {
        "form": form,
        "page_obj": pages.paginate(request, rows_asked(request, form)),
        "filtered": bool(request.GET),
        "show_unit": not request.user.unit.is_commune,
        "may_edit": request.user.may(Permission.EMPLOYMENT_EDIT),
    }
    return render(request, "employment/employer_list.html", context)


@gate(Permission.EMPLOYMENT_VIEW)
def show(request, pk):
    """The place of work, and whom of the people in scope it was asked to take; never an offence."""
    employer = _find(request, pk)
    people = Returnee.objects.visible_to(request.user).kept().open(pages.today())
    referrals = JobReferral.objects.visible_to(request.user).kept().filter(employer=employer, returnee__in=people)
    page = pages.paginate(request, referrals.select_related("returnee"))
    context = {
        "employer": employer,
        "page_obj": page,
        "elsewhere": employer.referred_count - referrals.count(),
        "crumbs": _crumbs({"label": employer.name}),
        "may_edit": request.user.may(Permission.EMPLOYMENT_EDIT),
    }
    return render(request, "employment/employer_detail.html", context)


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
def add(request):
    """`?person=` names whose file the new employer is for: saving leads back to that referral."""
    employer = Employer(unit=request.user.unit)
    form = EmployerForm(pages.bound_data(request), instance=employer, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            employer = actions.employment.add_employer(employer=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Recorded: %(name)s is in the list of employers.") % {"name": employer.name})
            return redirect(_after(request, employer))
    title = _("Add an employer")
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=title,
        crumbs=_crumbs({"label": title}),
        cancel_url=reverse("employer-list"),
        draft="employer",
    )


def _after(request, employer):
    person = parse_key(request.GET.get("person", ""))
    if person is not None:
        return f"{reverse('referral-add', args=[person])}?employer={employer.pk}"
    return reverse("employer-detail", args=[employer.pk])


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    employer = pages.lock_row(request, _find(request, pk))
    form = EmployerEditForm(pages.bound_data(request), instance=employer, user=request.user, on=pages.today())
    page = reverse("employer-detail", args=[employer.pk])
    name = employer.name
    if pages.is_sent(request, form):
        try:
            actions.employment.correct_employer(employer=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved: %(name)s.") % {"name": employer.name})
            return redirect(page)
    title = _("Edit an employer")
    crumbs = _crumbs({"label": name, "url": page}, {"label": title})
    return pages.show_form(request, form, title=title, tab_title=title, lead=name, crumbs=crumbs, cancel_url=page)
