from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import JobCheck, JobReferral
from tests.makers import TODAY, make_employer, make_referral, make_returnee

UID = "6f8c1f0e-1111-4222-8333-444455556666"


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def referral(person, an):
    return make_referral(returnee=person, by=an)


@pytest.fixture
def working(referral, an):
    for state, days in (("accepted", 20), ("started", 15)):
        actions.employment.report_outcome(referral=referral, state=state, on=TODAY - timedelta(days=days), by=an)
    return referral


def day(value):
    return f"{value:%d/%m/%Y}"


def outcome(referral):
    return reverse("referral-outcome", args=[referral.pk])


def test_a_person_is_referred_once_however_often_it_is_sent(person, an, signed_in):
    employer, client = make_employer(by=an), signed_in(an)
    sent = {"employer": employer.pk, "job": "Thợ mộc", "referred_on": day(TODAY), "uid": UID}

    for _twice in range(2):
        response = client.post(reverse("referral-add", args=[person.pk]), sent)

    assert response.url == reverse("returnee-work", args=[person.pk])
    assert JobReferral.objects.get().employer == employer


def test_an_employer_of_another_commune_cannot_be_chosen(person, an, binh, signed_in):
    foreign = make_employer(by=binh, name="Xưởng lạ")
    url = reverse("referral-add", args=[person.pk])
    sent = {"employer": foreign.pk, "job": "Thợ", "referred_on": day(TODAY + timedelta(days=1)), "uid": UID}

    assert "Xưởng lạ" not in signed_in(an).get(url).content.decode()
    response = signed_in(an).post(url, sent)

    assert set(response.context["form"].errors) == {"employer", "referred_on"}


def test_an_answer_a_beginning_with_income_and_an_end_are_recorded(referral, an, signed_in):
    client = signed_in(an)
    client.post(outcome(referral), {"state": "accepted", "on": day(TODAY)})
    client.post(outcome(referral), {"state": "started", "on": day(TODAY), "monthly_income": "5.500.000"})
    response = client.post(outcome(referral), {"state": "ended", "on": day(TODAY), "end_reason": "Hết vụ"})

    referral.refresh_from_db()
    assert response.status_code == 302
    assert (referral.state, referral.monthly_income, referral.end_reason) == ("ended", 5_500_000, "Hết vụ")
    assert 'name="state"' not in client.get(outcome(referral)).content.decode()


def test_a_refusal_names_a_reason_of_the_catalogue(referral, an, signed_in):
    client = signed_in(an)
    for reason in ("", "forged"):
        response = client.post(outcome(referral), {"state": "refused", "on": day(TODAY), "refusal_reason": reason})
        assert "refusal_reason" in response.context["form"].errors

    client.post(outcome(referral), {"state": "refused", "on": day(TODAY), "refusal_reason": "distance"})

    referral.refresh_from_db()
    assert (referral.state, referral.refusal_reason) == ("refused", "distance")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"state": "started", "on": day(TODAY)}, "state"),
        ({"state": "accepted", "on": day(TODAY + timedelta(days=1))}, "on"),
        ({"state": "accepted", "on": day(TODAY - timedelta(days=31))}, "on"),
        ({"state": "accepted", "on": "hôm qua"}, "on"),
        ({"on": day(TODAY)}, "state"),
    ],
    ids=["out of turn", "future", "before the referral", "no day", "no answer"],
)
def test_a_wrong_outcome_is_refused_at_its_field(referral, an, signed_in, sent, field):
    response = signed_in(an).post(outcome(referral), sent)

    assert set(response.context["form"].errors) == {field}
    referral.refresh_from_db()
    assert referral.state == "referred"


def test_an_income_belongs_to_the_beginning_only(referral, an, signed_in):
    signed_in(an).post(outcome(referral), {"state": "accepted", "on": day(TODAY), "monthly_income": "9"})

    referral.refresh_from_db()
    assert referral.monthly_income is None


def test_a_check_is_recorded_once_with_income(working, an, signed_in):
    url = reverse("referral-check", args=[working.pk, 7])
    sent = {"still_working": "yes", "on": day(TODAY), "monthly_income": "6000000", "uid": UID}
    client = signed_in(an)

    for _twice in range(2):
        response = client.post(url, sent)

    assert response.url == reverse("returnee-work", args=[working.returnee_id])
    assert JobCheck.objects.get().monthly_income == 6_000_000


def test_a_check_that_finds_nobody_leads_to_the_end_of_the_job(working, an, signed_in):
    url = reverse("referral-check", args=[working.pk, 7])

    response = signed_in(an).post(url, {"still_working": "no", "on": day(TODAY), "uid": UID})

    assert response.url == outcome(working)
    assert JobCheck.objects.get().still_working is False


def test_a_check_wants_an_answer_and_a_day_of_the_job(working, an, signed_in):
    url = reverse("referral-check", args=[working.pk, 7])

    response = signed_in(an).post(url, {"on": day(TODAY - timedelta(days=16)), "uid": UID})

    assert set(response.context["form"].errors) == {"still_working", "on"}


def test_there_is_no_check_of_another_day_and_none_before_the_job(working, person, an, signed_in):
    waiting = make_referral(returnee=person, by=an)

    assert signed_in(an).get(reverse("referral-check", args=[working.pk, 8])).status_code == 404
    assert signed_in(an).get(reverse("referral-check", args=[waiting.pk, 7])).url == outcome(waiting)


def test_the_tab_offers_the_check_that_is_due(working, an, chi, signed_in):
    tab = reverse("returnee-work", args=[working.returnee_id])
    due, later = (reverse("referral-check", args=[working.pk, number]) for number in (7, 30))

    page = signed_in(an).get(tab).content.decode()

    assert due in page
    assert later not in page
    assert due not in signed_in(chi).get(tab).content.decode()


def test_a_referral_of_another_commune_is_not_found(working, binh, signed_in):
    client = signed_in(binh)

    assert client.post(outcome(working), {"state": "ended", "on": day(TODAY)}).status_code == 404
    assert client.get(reverse("referral-check", args=[working.pk, 7])).status_code == 404
    assert client.get(reverse("referral-add", args=[working.returnee_id])).status_code == 404
