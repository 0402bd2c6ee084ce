from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Loan, TrainingReferral
from tests.makers import TODAY, make_returnee
from tests.opened import opened

UID = "6f8c1f0e-1111-4222-8333-444455556666"
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def loan(person, an):
    asked = Loan(returnee=person, lender="Agribank", amount=5_000_000, requested_on=TODAY - timedelta(days=5))
    return actions.loan.request(loan=asked, by=an)


@pytest.fixture
def training(person, an):
    sent = TrainingReferral(returnee=person, course="Hàn", referred_on=TODAY - timedelta(days=5))
    return actions.training.refer(training=sent, by=an)


def day(value):
    return f"{value:%d/%m/%Y}"


def test_a_course_is_added_once_however_often_it_is_sent(person, an, signed_in):
    client = signed_in(an)
    for _twice in range(2):
        response = client.post(
            reverse("training-add", args=[person.pk]), {"course": "Hàn", "referred_on": day(TODAY), "uid": UID}
        )

    assert response.url == reverse("returnee-work", args=[person.pk])
    assert TrainingReferral.objects.get().course == "Hàn"


def test_how_a_course_goes_is_recorded(training, an, signed_in):
    sent = {"course": "Hàn", "referred_on": day(training.referred_on), "started_on": day(TODAY), "result": "Đạt"}

    url, client = reverse("training-edit", args=[training.pk]), signed_in(an)

    client.post(url, {**opened(client, url), **sent, "ended_on": day(TODAY)})

    training.refresh_from_db()
    assert (training.started_on, training.ended_on, training.result) == (TODAY, TODAY, "Đạt")


@pytest.mark.parametrize("started", [TOMORROW, TODAY - timedelta(days=6)])
def test_a_course_begins_neither_in_the_future_nor_before_the_referral(training, an, signed_in, started):
    sent = {"course": "Hàn", "referred_on": day(training.referred_on), "started_on": day(started)}

    url, client = reverse("training-edit", args=[training.pk]), signed_in(an)

    response = client.post(url, {**opened(client, url), **sent})

    assert response.context["form"].errors
    training.refresh_from_db()
    assert training.started_on is None


def test_a_loan_is_added_once_with_its_sum_in_dots(person, an, signed_in):
    sent = {"lender": "Agribank", "purpose": "business", "amount": "50.000.000", "requested_on": day(TODAY), "uid": UID}
    client = signed_in(an)
    for _twice in range(2):
        client.post(reverse("loan-add", args=[person.pk]), sent)

    assert Loan.objects.get().amount == 50_000_000


@pytest.mark.parametrize("amount", ["0", "-5", "năm triệu", "", "9" * 30])
def test_a_loan_wants_a_sum(person, an, signed_in, amount):
    sent = {"lender": "Agribank", "purpose": "business", "amount": amount, "requested_on": day(TODAY), "uid": UID}

    response = signed_in(an).post(reverse("loan-add", args=[person.pk]), sent)

    assert "amount" in response.context["form"].errors


def test_a_loan_is_paid_out_and_then_takes_no_other_answer(loan, an, signed_in):
    client, url = signed_in(an), reverse("loan-pay-out", args=[loan.pk])
    client.post(url, {"answer": "paid_out", "on": day(TODAY)})

    client.post(url, {"answer": "refused", "on": day(TODAY), "reason": "Còn nợ"})

    loan.refresh_from_db()
    assert (loan.paid_out_on, loan.refused_on) == (TODAY, None)
    assert 'name="answer"' not in client.get(url).content.decode()


def test_a_refused_loan_keeps_the_reason(loan, an, signed_in):
    client, url = signed_in(an), reverse("loan-pay-out", args=[loan.pk])
    assert "reason" in client.post(url, {"answer": "refused", "on": day(TODAY)}).context["form"].errors

    client.post(url, {"answer": "refused", "on": day(TODAY), "reason": "Còn nợ"})

    loan.refresh_from_db()
    assert loan.refusal_reason == "Còn nợ"
    assert 'name="answer"' not in client.get(url).content.decode()


@pytest.mark.parametrize("on", [TOMORROW, TODAY - timedelta(days=6)])
def test_a_loan_is_answered_neither_in_the_future_nor_before_the_request(loan, an, signed_in, on):
    response = signed_in(an).post(reverse("loan-pay-out", args=[loan.pk]), {"answer": "paid_out", "on": day(on)})

    assert "on" in response.context["form"].errors


def test_rows_of_another_commune_are_not_found(loan, training, binh, signed_in):
    client = signed_in(binh)

    assert client.get(reverse("loan-pay-out", args=[loan.pk])).status_code == 404
    assert client.get(reverse("training-edit", args=[training.pk])).status_code == 404
    assert client.get(reverse("loan-add", args=[loan.returnee_id])).status_code == 404
    assert client.get(reverse("training-add", args=[loan.returnee_id])).status_code == 404


def test_the_loan_check_warns_and_never_stands_in_the_way(person, an, signed_in):
    sent = {"lender": "NHCSXH", "purpose": "business", "amount": "150.000.000", "requested_on": day(TODAY), "uid": UID}
    client, url = signed_in(an), reverse("loan-add", args=[person.pk])
    assert "Điều 3 Quyết định 22/2023/QĐ-TTg" in client.get(url).content.decode()

    page = client.post(url, sent, follow=True)

    assert Loan.objects.get().amount == 150_000_000
    assert [message.level_tag for message in page.context["messages"]] == ["success", "warning"]


def test_a_loan_with_everything_on_file_is_recorded_without_a_warning(an, signed_in):
    person = make_returnee(by=an, certificate_number="12/GCN")
    sent = {"lender": "NHCSXH", "purpose": "training", "amount": "8.000.000", "requested_on": day(TODAY), "uid": UID}

    page = signed_in(an).post(
        reverse("loan-add", args=[person.pk]),
        {**sent, "course_months": "2", "list_confirmed_on": day(TODAY)},
        follow=True,
    )

    assert [message.level_tag for message in page.context["messages"]] == ["success"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("list_confirmed_on", day(TOMORROW)), ("course_months", "-1"), ("course_months", "sáu")],
)
def test_what_the_check_needs_is_refused_at_its_field(person, an, signed_in, field, value):
    sent = {"lender": "NHCSXH", "purpose": "business", "amount": "1000000", "requested_on": day(TODAY), "uid": UID}

    response = signed_in(an).post(reverse("loan-add", args=[person.pk]), {**sent, field: value})

    assert list(response.context["form"].errors) == [field]
