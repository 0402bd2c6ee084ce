"""The list of files, search before create, and the steps of a file."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Assessment, Placement, Returnee
from tests.makers import TODAY, make_activity, make_group, make_returnee

LIST = "returnee-list"


def names(response):
    return [person.full_name for person, _standing in response.context["rows"]]


def typed(units, **changes):
    """What an officer types into an empty form."""
    return {
        "uid": str(uuid4()),
        "full_name": "Nguyễn Văn Dũng",
        "sex": "male",
        "born_on": "05/1985",
        "unit": units.nam_da.pk,
        "subject_type": "completed",
        "completed_on": f"{TODAY - timedelta(days=10):%d/%m/%Y}",
        **changes,
    }


def test_the_list_holds_open_files_of_the_scope(an, anh, binh, signed_in):
    make_returnee(by=an, full_name="Người Mở")
    closed = make_returnee(by=an, full_name="Người Đóng")
    actions.returnee.close(returnee=closed, on=TODAY, reason="other", by=anh)
    make_returnee(by=binh, full_name="Người Xã Khác")

    assert names(signed_in(an).get(reverse(LIST))) == ["Người Mở"]


TYPED = ["nguyen van dung", "DŨNG", "NGUYEENX VAWN DUNGX", "Nguye64n Va8n Du4ng", "dung4", "NGUYỄN VĂN DŨNG"]


@pytest.mark.parametrize("words", [*TYPED, "067085000123", "0912 345 678", "24697"])
def test_search_needs_no_accents_and_looks_at_numbers(words, an, signed_in):
    make_returnee(by=an, full_name="Nguyễn Văn Dũng", identity_number="067085000123", phone="0912345678")

    assert names(signed_in(an).get(reverse(LIST), {"q": words})) == ["Nguyễn Văn Dũng"]


def test_people_of_one_name_are_told_apart(an, signed_in):
    make_returnee(by=an, full_name="Trần Thị Hoa", born_on="1990", hamlet="Thôn Một")
    make_returnee(by=an, full_name="Trần Thị Hoa", born_on="1971", hamlet="Thôn Hai")

    page = signed_in(an).get(reverse(LIST), {"q": "hoa"}).content.decode()

    assert "1990 · Thôn Một" in page
    assert "1971 · Thôn Hai" in page


@pytest.fixture
def three(an, anh):
    """Met today and led by An in group C; silent for 70 days; not presented."""
    met = make_returnee(by=an, full_name="Ba Gặp", hamlet="Thôn Một")
    make_activity(met, by=an)
    make_group(returnee=met, lead=an)
    group = Assessment(returnee=met, group="C", on=TODAY, reason="Chưa chấp hành")
    actions.assessment.approve(assessment=actions.assessment.propose(assessment=group, by=an), on=TODAY, by=anh)
    silent = make_returnee(by=an, full_name="Hai Lặng", hamlet="Thôn Hai", subject_type="amnestied")
    make_activity(silent, by=an, on=TODAY - timedelta(days=70))
    return met, silent, make_returnee(by=an, full_name="Một Chưa", presented=False, hamlet="Thôn Hai")


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"status": "not_presented"}, {"Một Chưa"}),
        ({"status": "managed"}, {"Ba Gặp", "Hai Lặng"}),
        ({"status": "closed"}, set()),
        ({"status": "all"}, {"Ba Gặp", "Hai Lặng", "Một Chưa"}),
        ({"hamlet": "Thôn Hai"}, {"Hai Lặng", "Một Chưa"}),
        ({"group": "C"}, {"Ba Gặp"}),
        ({"group": "A"}, set()),
        ({"silent": "60"}, {"Hai Lặng"}),
        ({"silent": "90"}, set()),
        ({"subject_type": "amnestied"}, {"Hai Lặng"}),
        ({"status": "forged", "silent": "-1", "lead": "x", "page": "-1"}, {"Ba Gặp", "Hai Lặng", "Một Chưa"}),
    ],
)
def test_each_filter_keeps_whom_it_says(chosen, expected, three, an, signed_in):
    assert set(names(signed_in(an).get(reverse(LIST), chosen))) == expected


def test_the_filter_of_officers_keeps_the_people_they_lead(three, an, signed_in):
    assert names(signed_in(an).get(reverse(LIST), {"lead": an.pk})) == ["Ba Gặp"]


def test_hamlets_and_officers_are_choices_of_a_commune_alone(three, an, chi, signed_in):
    choices = {
        who.username: signed_in(who).get(reverse(LIST), {"lead": an.pk, "hamlet": "Thôn Hai"}) for who in (an, chi)
    }

    assert {"lead", "hamlet"} <= choices[an.username].context["filters"].form.fields.keys()
    assert not {"lead", "hamlet"} & choices[chi.username].context["filters"].form.fields.keys()
    assert len(names(choices[chi.username])) == 3


def test_a_helper_lists_only_people_helped_with_the_least_of_facts(an, giang, signed_in):
    helped = make_returnee(by=an, full_name="Người Được Giúp", born_on="1987")
    make_group(returnee=helped, lead=an, members=[("women", giang)])
    make_returnee(by=an, full_name="Người Khác")

    response = signed_in(giang).get(reverse(LIST), {"status": "closed"})

    assert names(response) == ["Người Được Giúp"]
    assert "1987" not in response.content.decode()


def test_an_empty_commune_says_what_to_do_first(an, chi, signed_in):
    assert reverse("returnee-find") in signed_in(an).get(reverse(LIST)).content.decode()
    assert reverse("returnee-find") not in signed_in(chi).get(reverse(LIST)).content.decode()


def test_who_is_on_file_is_shown_before_a_new_file_can_be_made(an, signed_in):
    person = make_returnee(by=an)
    client = signed_in(an)

    before = client.get(reverse("returnee-find")).content.decode()
    after = client.get(reverse("returnee-find"), {"q": "nguyen van dung"}).content.decode()

    assert reverse("returnee-add") not in before
    assert reverse("returnee-detail", args=[person.pk]) in after
    assert f"{reverse('returnee-add')}?name=nguyen+van+dung" in after


def test_a_number_held_elsewhere_names_the_unit_and_nothing_else(an, binh, signed_in):
    make_returnee(by=binh, full_name="Lê Thị Kín", identity_number="067085000123")

    page = signed_in(an).get(reverse("returnee-find"), {"q": "067 085 000 123"}).content.decode()

    assert "Xã Krông Nô" in page
    assert "Kín" not in page
    assert reverse("returnee-add") not in page


def test_a_new_file_opens_once_however_often_the_form_is_sent(an, units, signed_in):
    form = typed(units, identity_number="067085000123")
    client = signed_in(an)

    first, second = (client.post(reverse("returnee-add"), form) for _ in range(2))

    person = Returnee.objects.get()
    assert first.url == second.url == reverse("returnee-detail", args=[person.pk])
    assert (person.born_on, person.unit, person.created_by) == ("1985-05", units.nam_da, an)
    assert Placement.objects.get().since == person.completed_on


def test_a_reviewer_or_a_helper_makes_no_file(chi, giang, units, signed_in):
    for user in (chi, giang):
        assert signed_in(user).post(reverse("returnee-add"), typed(units)).status_code == 403
    assert not Returnee.objects.exists()


def test_presenting_is_recorded_once_and_not_before_coming_home(an, signed_in):
    person = make_returnee(by=an, presented=False, completed_on=TODAY - timedelta(days=5))
    url, client = reverse("returnee-present", args=[person.pk]), signed_in(an)

    early = client.post(url, {"presented_on": f"{TODAY - timedelta(days=6):%d/%m/%Y}"})
    future = client.post(url, {"presented_on": f"{TODAY + timedelta(days=1):%d/%m/%Y}"})
    right = client.post(url, {"presented_on": f"{TODAY:%d/%m/%Y}"})
    again = client.post(url, {"presented_on": f"{TODAY - timedelta(days=1):%d/%m/%Y}"})

    assert [early.status_code, future.status_code, right.status_code, again.status_code] == [200, 200, 302, 200]
    person.refresh_from_db()
    assert person.presented_on == TODAY


def test_the_chief_closes_and_reopens_with_reasons(an, anh, signed_in):
    person, client = make_returnee(by=an), signed_in(anh)
    closing = {"closed_on": f"{TODAY:%d/%m/%Y}", "close_reason": "died", "close_note": "Giấy chứng tử 12"}

    client.post(reverse("returnee-close", args=[person.pk]), closing)
    person.refresh_from_db()
    assert (person.closed_on, person.close_reason) == (TODAY, "died")

    assert client.post(reverse("returnee-close", args=[person.pk]), closing).status_code == 200
    assert client.post(reverse("returnee-reopen", args=[person.pk]), {"reason": " "}).status_code == 200
    client.post(reverse("returnee-reopen", args=[person.pk]), {"reason": "Nhầm người"})
    person.refresh_from_db()
    assert person.closed_on is None


@pytest.mark.parametrize("route", ["returnee-close", "returnee-reopen", "returnee-withdraw"])
def test_an_officer_neither_closes_nor_withdraws_a_file(route, an, signed_in):
    person = make_returnee(by=an)

    assert signed_in(an).get(reverse(route, args=[person.pk])).status_code == 403


def test_the_chief_withdraws_a_file_with_a_reason(an, anh, signed_in):
    person = make_returnee(by=an)

    response = signed_in(anh).post(reverse("returnee-withdraw", args=[person.pk]), {"reason": "Lập trùng"})

    assert response.url == reverse(LIST)
    person.refresh_from_db()
    assert (person.withdrawn_by, person.withdrawn_reason) == (anh, "Lập trùng")


@pytest.mark.parametrize("route", ["returnee-edit", "returnee-present"])
def test_another_commune_cannot_write(route, an, binh, signed_in):
    person = make_returnee(by=an)

    assert signed_in(binh).post(reverse(route, args=[person.pk]), {}).status_code == 404
