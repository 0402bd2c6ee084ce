from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import audit, row
from cases.models import Loan, Returnee, User


@transaction.atomic
def request(*, loan: Loan, by: User, vouched: bool = False) -> Loan:
    """Record that a loan was asked for."""
    return row.add(row=loan, by=by, verb="loan.requested", vouched=vouched)


def request_many(*, loans: list[Loan], by: User) -> None:
    """Loans of the past, paid out or not."""
    row.add_many(rows=loans, by=by, verb="loan.requested")


@transaction.atomic
def pay_out(*, loan: Loan, on: date, by: User, vouched: bool = False) -> Loan:
    """The bank paid the loan out on `on`; raises ValidationError where it was answered otherwise before."""
    loan.refresh_from_db(from_queryset=Loan.objects.select_for_update(no_key=True))
    if loan.paid_out_on == on:
        return loan
    check_open(loan, on)
    loan.paid_out_on = on
    return row.correct(row=loan, by=by, verb="loan.paid_out", vouched=vouched)


@transaction.atomic
def refuse(*, loan: Loan, on: date, reason: str, by: User) -> Loan:
    """The bank refused the loan on `on`, and why; raises ValidationError where it was answered otherwise before."""
    loan.refresh_from_db(from_queryset=Loan.objects.select_for_update(no_key=True))
    if loan.refused_on == on:
        row.refuse_more(loan, refusal_reason=reason.strip())
        return loan
    check_open(loan, on)
    loan.refused_on, loan.refusal_reason = on, reason.strip()
    return row.correct(row=loan, by=by, verb="loan.refused", reason=reason)


@transaction.atomic
def make_list(*, people: list[Returnee], by: User) -> None:
    """Record whose names went on a list for the People's Committee to confirm; the list itself is printed."""
    audit.record_all([audit.event(by=by, verb="loan.listed", target=person) for person in people])


def check_open(loan: Loan, on: date) -> None:
    if loan.paid_out_on or loan.refused_on:
        raise ValidationError(_("This loan was answered already. Open the page again."))
    if on < loan.requested_on:
        raise ValidationError(
            {"on": _("The loan was requested on %(day)s only.") % {"day": f"{loan.requested_on:%d/%m/%Y}"}}
        )
