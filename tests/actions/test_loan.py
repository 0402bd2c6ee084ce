from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from cases import actions
from cases.models import AuditEvent, Loan
from tests.makers import TODAY, make_returnee

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def loan(an):
    loan = Loan(returnee=make_returnee(by=an), lender="Agribank", amount=50_000_000, requested_on=YESTERDAY)
    return actions.loan.request(loan=loan, by=an)


def test_a_loan_is_paid_out_once_however_often_it_is_sent(loan, an):
    for _twice in range(2):
        actions.loan.pay_out(loan=loan, on=TODAY, by=an)

    assert Loan.objects.get().paid_out_on == TODAY
    assert AuditEvent.objects.filter(verb="loan.paid_out").count() == 1


def test_a_loan_is_refused_once_with_its_reason(loan, an):
    for _twice in range(2):
        actions.loan.refuse(loan=loan, on=TODAY, reason=" Còn nợ ", by=an)

    assert Loan.objects.get().refusal_reason == "Còn nợ"
    assert AuditEvent.objects.filter(verb="loan.refused").count() == 1


def test_an_answered_loan_takes_no_other_answer(loan, an):
    actions.loan.pay_out(loan=loan, on=TODAY, by=an)

    with pytest.raises(ValidationError):
        actions.loan.refuse(loan=loan, on=TODAY, reason="Còn nợ", by=an)


def test_an_answer_does_not_come_before_the_request(loan, an):
    with pytest.raises(ValidationError) as refused:
        actions.loan.pay_out(loan=loan, on=YESTERDAY - timedelta(days=1), by=an)

    assert "on" in refused.value.error_dict
