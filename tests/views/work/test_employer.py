import pytest
from django.urls import reverse

from cases import actions
from cases.models import Employer
from tests.makers import TODAY, make_employer, make_judgment, make_referral, make_returnee
from tests.opened import opened

LONG = "x" * 10_000_000
UID = "6f8c1f0e-1111-4222-8333-444455556666"


def test_an_employer_is_added_once_however_often_it_is_sent(an, signed_in):
    client = signed_in(an)
    for _twice in range(2):
        response = client.post(reverse("employer-add"), {"name": "=HYPERLINK(1) <b>Xưởng</b>", "uid": UID})

    employer = Employer.objects.get()
    assert response.url == reverse("employer-detail", args=[employer.pk])
    assert employer.unit == an.unit
    assert "&lt;b&gt;Xưởng&lt;/b&gt;" in client.get(response.url).content.decode()


def test_a_new_employer_leads_back_to_the_referral_it_was_made_for(an, signed_in):
    person = make_returnee(by=an)
    client = signed_in(an)

    response = client.post(f"{reverse('employer-add')}?person={person.pk}", {"name": "Trại nấm", "uid": UID})

    employer = Employer.objects.get()
    assert client.get(response.url).context["form"]["employer"].value() == str(employer.pk)


@pytest.mark.parametrize("person", ["x", "-1", "9" * 40, "//elsewhere.example"])
def test_a_forged_way_back_leads_to_the_employer(an, signed_in, person):
    response = signed_in(an).post(f"{reverse('employer-add')}?person={person}", {"name": "Trại nấm", "uid": UID})

    assert response.url == reverse("employer-detail", args=[Employer.objects.get().pk])


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": LONG}, {"note": LONG}])
def test_a_wrong_value_gets_an_answer_at_its_field(an, signed_in, wrong):
    response = signed_in(an).post(reverse("employer-add"), {"name": "Xưởng", "uid": UID, **wrong})

    assert set(response.context["form"].errors) == set(wrong)


def test_the_list_is_searched_without_accents_and_counts_people(an, signed_in):
    employer = make_employer(by=an, name="Xưởng gỗ Đức Mạnh")
    make_employer(by=an, name="Trại nấm")
    make_referral(returnee=make_returnee(by=an), by=an, employer=employer)

    response = signed_in(an).get(reverse("employer-list"), {"words": "go duc"})

    (found,) = response.context["page_obj"]
    assert (found, found.referred_count) == (employer, 1)


def test_the_page_of_an_employer_never_shows_an_offence(an, signed_in):
    person = make_returnee(by=an)
    make_judgment(returnee=person, by=an, name="Trộm cắp tài sản")
    referral = make_referral(returnee=person, by=an)

    page = signed_in(an).get(reverse("employer-detail", args=[referral.employer_id])).content.decode()

    assert person.full_name in page
    assert "Trộm" not in page


def test_people_of_closed_files_are_counted_not_named(an, anh, signed_in):
    person = make_returnee(by=an)
    referral = make_referral(returnee=person, by=an)
    actions.returnee.close(returnee=person, on=TODAY, reason="died", by=anh)

    response = signed_in(an).get(reverse("employer-detail", args=[referral.employer_id]))

    assert response.context["elsewhere"] == 1
    assert person.full_name not in response.content.decode()


def test_an_employer_is_corrected(an, signed_in):
    employer = make_employer(by=an)
    url, client = reverse("employer-edit", args=[employer.pk]), signed_in(an)

    client.post(url, {**opened(client, url), "name": "Xưởng gỗ mới", "phone": "0912345678"})

    employer.refresh_from_db()
    assert (employer.name, employer.phone) == ("Xưởng gỗ mới", "0912345678")


def test_an_employer_of_another_commune_is_not_found(an, binh, signed_in):
    employer = make_employer(by=an)

    for route in ("employer-detail", "employer-edit"):
        assert signed_in(binh).get(reverse(route, args=[employer.pk])).status_code == 404


def test_an_empty_list_says_what_to_do(an, chi, signed_in):
    assert reverse("employer-add") in signed_in(an).get(reverse("employer-list")).content.decode()
    assert reverse("employer-add") not in signed_in(chi).get(reverse("employer-list")).content.decode()
