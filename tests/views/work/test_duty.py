import uuid
from datetime import timedelta

import pytest

from cases.lib.tet import next_tet
from cases.models import Snooze
from tests.makers import TODAY, make_returnee


@pytest.fixture
def person(an):
    return make_returnee(by=an)


def put_off(**changes):
    return {"uid": str(uuid.uuid4()), "how_long": "week", "reason": "Đi làm ở Bình Dương", **changes}


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({}, TODAY + timedelta(days=7)),
        ({"how_long": "other", "until": f"{TODAY + timedelta(days=365):%d/%m/%Y}"}, TODAY + timedelta(days=365)),
        ({"how_long": "tet"}, next_tet(TODAY) - timedelta(days=1)),
    ],
    ids=["week", "other", "tet"],
)
def test_a_duty_is_put_off_until_the_day_chosen(changes, until, person, an, signed_in):
    response = signed_in(an).post(f"/people/{person.pk}/snooze/contact/", put_off(**changes))

    snooze = Snooze.objects.get()
    assert response.status_code == 302
    assert (snooze.returnee, snooze.duty, snooze.since, snooze.until) == (person, "contact", TODAY, until)
    assert snooze.reason == "Đi làm ở Bình Dương"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 10_000_000}, "reason"),
        ({"how_long": "for ever"}, "how_long"),
        ({"how_long": "other"}, "until"),
        ({"how_long": "other", "until": "30/02/2027"}, "until"),
        ({"how_long": "other", "until": f"{TODAY:%d/%m/%Y}"}, "until"),
        ({"how_long": "other", "until": f"{TODAY + timedelta(days=366):%d/%m/%Y}"}, "until"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_choice_puts_nothing_off(changes, field, person, an, signed_in):
    response = signed_in(an).post(f"/people/{person.pk}/snooze/contact/", put_off(**changes))

    assert list(response.context["form"].errors) == [field]
    assert not Snooze.objects.exists()


def test_sent_twice_it_is_put_off_once(person, an, signed_in):
    form, client = put_off(), signed_in(an)

    answers = [client.post(f"/people/{person.pk}/snooze/contact/", form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Snooze.objects.count() == 1


def test_a_duty_the_person_does_not_have_is_not_found(person, an, signed_in):
    client = signed_in(an)

    assert client.get(f"/people/{person.pk}/snooze/contact/").status_code == 200
    assert client.get(f"/people/{person.pk}/snooze/appointment-99/").status_code == 404


def test_who_may_put_off(person, an, anh, binh, chi, giang, signed_in):
    url = f"/people/{person.pk}/snooze/contact/"

    assert [signed_in(user).get(url).status_code for user in (an, anh, binh, chi, giang)] == [200, 200, 404, 403, 403]
