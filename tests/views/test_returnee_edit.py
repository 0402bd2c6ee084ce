"""Two officers at one file: nothing is silently lost."""

import re

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Returnee
from tests.makers import make_returnee


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Nguyễn Văn Dũng", hamlet="Thôn Một", phone="0912345678")


def opened(client, person):
    """The form as the browser would send it back unchanged."""
    form = client.get(reverse("returnee-edit", args=[person.pk])).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {
        name: f"{form[name].value():%d/%m/%Y}" for name in ("completed_on", "presented_on")
    }


def meanwhile(person, by, **changes):
    other = Returnee.objects.get(pk=person.pk)
    for name, value in changes.items():
        setattr(other, name, value)
    actions.returnee.correct(returnee=other, by=by)


def send(client, person, form):
    return client.post(reverse("returnee-edit", args=[person.pk]), form)


def test_what_only_one_changed_is_saved(person, an, signed_in):
    client = signed_in(an)

    assert send(client, person, {**opened(client, person), "hamlet": "Thôn Hai"}).status_code == 302

    person.refresh_from_db()
    assert (person.hamlet, person.phone) == ("Thôn Hai", "0912345678")


def test_what_only_the_other_changed_stays_and_is_told(person, an, anh, signed_in):
    client = signed_in(an)
    form = opened(client, person)
    meanwhile(person, anh, phone="0987654321", address="Số 5")

    response = send(client, person, {**form, "hamlet": "Thôn Hai"})

    person.refresh_from_db()
    assert (person.hamlet, person.phone, person.address) == ("Thôn Hai", "0987654321", "Số 5")
    assert "Số 5" in client.get(response.url).content.decode()


@pytest.fixture
def clash(person, an, anh, signed_in):
    """Both changed the hamlet; An sends second."""
    client = signed_in(an)
    form = {**opened(client, person), "hamlet": "Thôn Của An"}
    meanwhile(person, anh, hamlet="Thôn Của Anh")
    response = send(client, person, form)
    seen = response.context["form"]["seen"].value()
    return client, {**form, "seen": seen}, response


def test_what_both_changed_is_shown_with_who_and_when(clash, person):
    _client, _form, response = clash
    page = response.content.decode()

    assert response.status_code == 200
    assert "Thôn Của Anh" in page
    assert "Thôn Của An" in page
    assert re.search(r"Trần Quốc Anh.{0,20}\d\d:\d\d \d\d/\d\d/\d{4}", page)
    person.refresh_from_db()
    assert person.hamlet == "Thôn Của Anh"


@pytest.mark.parametrize(("choice", "hamlet"), [("mine", "Thôn Của An"), ("theirs", "Thôn Của Anh")])
def test_the_one_who_saves_second_chooses(choice, hamlet, clash, person):
    client, form, _response = clash

    assert send(client, person, {**form, "choose_hamlet": choice}).status_code == 302

    person.refresh_from_db()
    assert person.hamlet == hamlet


@pytest.mark.parametrize("choice", ["", "forged"])
def test_without_a_choice_it_is_asked_again(choice, clash, person):
    client, form, _response = clash

    assert send(client, person, {**form, "choose_hamlet": choice}).status_code == 200


def test_a_choice_does_not_hold_for_a_value_that_was_not_shown(clash, person, anh):
    client, form, _response = clash
    meanwhile(person, anh, hamlet="Thôn Thứ Ba")

    response = send(client, person, {**form, "choose_hamlet": "mine"})

    assert response.status_code == 200
    assert "Thôn Thứ Ba" in response.content.decode()


def test_both_typing_the_same_is_no_clash(person, an, anh, signed_in):
    client = signed_in(an)
    form = opened(client, person)
    meanwhile(person, anh, hamlet="Thôn Hai")

    assert send(client, person, {**form, "hamlet": "Thôn Hai"}).status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "eyJyb3ciOiJyZXR1cm5lZToxIn0:1:x"])
def test_a_form_without_what_it_was_opened_with_saves_nothing(forged, person, an, signed_in):
    client = signed_in(an)

    response = send(client, person, {**opened(client, person), "hamlet": "Thôn Hai", "opened": forged})

    assert response.status_code == 200
    person.refresh_from_db()
    assert person.hamlet == "Thôn Một"


def test_the_values_of_another_file_do_not_open_this_one(person, an, signed_in):
    client = signed_in(an)
    other = make_returnee(by=an, full_name="Người Khác")
    foreign = opened(client, other)["opened"]

    assert send(client, person, {**opened(client, person), "opened": foreign}).status_code == 200


def test_what_was_typed_is_kept_when_something_is_wrong(person, an, signed_in):
    client = signed_in(an)

    response = send(client, person, {**opened(client, person), "full_name": "", "note": "Đã gõ rất lâu"})

    assert response.status_code == 200
    assert "Đã gõ rất lâu" in response.content.decode()


def test_the_first_placement_follows_a_corrected_completion(person, an, signed_in):
    client = signed_in(an)

    send(client, person, {**opened(client, person), "completed_on": "01/01/2026"})

    assert f"{person.placements.get().since:%d/%m/%Y}" == "01/01/2026"
