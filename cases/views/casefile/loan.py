from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.loan import LoanAnswerForm, LoanForm
from cases.models import Loan, Returnee
from cases.reports.casefile import loan_standing
from cases.reports.casefile.file_rows import FileRows
from cases.views import pages
from cases.views.casefile import frame
from cases.views.gate import gate


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
def add(request, returnee_pk):
    person = get_object_or_404(Returnee.objects.visible_to(request.user).kept(), pk=returnee_pk)
    on = pages.today()
    loan = Loan(returnee=person, requested_on=on, lender=_("Bank for Social Policies"))
    form = LoanForm(pages.bound_data(request), instance=loan, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            loan = actions.loan.request(loan=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Recorded: a loan asked for at %(lender)s.") % {"lender": loan.lender})
            _warn(request, loan_standing.loan_conditions(FileRows(person), on, loan))
            return redirect("returnee-work", returnee_pk=person.pk)
    return frame.show_form(
        request,
        form,
        person,
        tab="work",
        title=_("Add a loan"),
        lead=person.full_name,
        draft="loan",
        template="loan/form.html",
        loan_check=loan_standing.loan_conditions(FileRows(person), on),
    )


def _warn(request, standing):
    """The loan is recorded all the same; what is missing is said, for the bank will ask."""
    missing = [line.name for line in standing.lines if line.answer == "missing"]
    if missing:
        messages.warning(request, _("Missing by the decision on credit: %(names)s.") % {"names": "; ".join(missing)})


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
def answer(request, pk):
    """Paid out on a day, or refused with the reason."""
    loans = Loan.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at=None)
    loan = get_object_or_404(loans.select_related("returnee__unit"), pk=pk)
    person = loan.returnee
    form = LoanAnswerForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            said = _answer(loan, form.cleaned_data, request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, said % {"lender": loan.lender})
            return redirect("returnee-work", returnee_pk=person.pk)
    return frame.show_form(
        request,
        form,
        person,
        tab="work",
        title=_("Answer to the loan request"),
        lead=f"{person.full_name} · {loan.lender}",
        template="employment/row_form.html",
        noun="loan",
        pk=loan.pk,
        settled=_settled(loan),
    )


def _settled(loan):
    if loan.paid_out_on:
        return _("This loan was paid out on %(day)s.") % {"day": f"{loan.paid_out_on:%d/%m/%Y}"}
    if loan.refused_on:
        return _("This loan was refused on %(day)s.") % {"day": f"{loan.refused_on:%d/%m/%Y}"}
    return ""


def _answer(loan, typed, by):
    if typed["answer"] == "paid_out":
        actions.loan.pay_out(loan=loan, on=typed["on"], by=by)
        return _("Recorded: %(lender)s paid the loan out.")
    actions.loan.refuse(loan=loan, on=typed["on"], reason=typed["reason"], by=by)
    return _("Recorded: %(lender)s refused the loan.")
