"""The list for the People's Committee: ticked, logged, printed, without an offence."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import AuditEvent
from tests.makers import TODAY, make_judgment, make_returnee

URL = reverse("loan-list")


@pytest.fixture
def person(an):
    person = make_returnee(by=an, certificate_number="12/GCN", full_name="Nguyễn <b>Văn</b> Dũng")
    make_judgment(returnee=person, by=an, name="Cướp giật tài sản")
    return person


def test_the_list_is_ticked_logged_and_printed_without_the_offence(person, an, signed_in):
    client = signed_in(an)
    other = make_returnee(by=an, certificate_number="13/GCN", full_name="Lê Văn Không")

    response = client.post(URL, {"people": [person.pk]})
    paper = client.get(response.url).content.decode()

    assert "12/GCN" in paper
    assert "&lt;b&gt;" in paper
    assert other.full_name not in paper
    assert "Cướp" not in paper
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper
    assert list(AuditEvent.objects.filter(verb="loan.listed").values_list("returnee_id", flat=True)) == [person.pk]


def test_somebody_must_be_ticked(person, an, signed_in):
    response = signed_in(an).post(URL, {})

    assert list(response.context["form"].errors) == ["people"]
    assert not AuditEvent.objects.filter(verb="loan.listed").exists()


@pytest.mark.parametrize("forged", ["999999", "abc", "²", ""])
def test_a_forged_name_is_refused_and_the_ticks_stay(forged, person, an, signed_in):
    response = signed_in(an).post(URL, {"people": [str(person.pk), forged]})

    assert list(response.context["form"].errors) == ["people"]
    assert person.pk in response.context["chosen"]


def test_people_of_another_commune_are_neither_shown_nor_listed(person, binh, signed_in):
    client = signed_in(binh)

    assert "Dũng" not in client.get(URL).content.decode()
    assert client.post(URL, {"people": [person.pk]}).context["form"].errors
    assert "12/GCN" not in client.get(URL, {"people": person.pk}).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"certificate_number": ""},
        {"presented": False},
        {"completed_on": TODAY - timedelta(days=1900)},
    ],
)
def test_who_may_not_borrow_is_not_offered(changes, an, signed_in):
    make_returnee(by=an, **{"certificate_number": "1", "full_name": "Trần Văn Ngoài", **changes})

    page = signed_in(an).get(URL).content.decode()

    assert "Trần Văn Ngoài" not in page
    assert 'type="checkbox"' not in page
