from datetime import timedelta

import pytest

from cases import actions
from cases.models import Activity, Appointment
from tests.makers import TODAY, make_activity, make_returnee
from tests.opened import opened


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def activity(person, an):
    return make_activity(person, by=an, on=TODAY - timedelta(days=5))


def corrected(activity, **changes):
    entry = activity.entries.first()
    return {
        "kind": "encouragement",
        "on": f"{activity.on:%d/%m/%Y}",
        "place": "home",
        f"outcome_{entry.pk}": "met",
        f"attitude_{entry.pk}": "",
        **changes,
    }


def send(client, activity, form):
    url = f"/log/{activity.pk}/"
    return client.post(url, {"opened": opened(client, url)["opened"], **form})


def test_a_correction_that_says_what_another_entry_says_is_asked_before_both_count(activity, person, an, signed_in):
    other, client = make_activity(person, by=an), signed_in(an)
    form = corrected(activity, on=f"{TODAY:%d/%m/%Y}")

    asked = send(client, activity, form).context["form"].question
    assert asked.besides == f"{other.pk}"
    assert Activity.objects.filter(on=TODAY).count() == 1

    send(client, activity, {**form, "besides": asked.besides})
    assert Activity.objects.filter(on=TODAY).count() == 2


def test_a_wrong_day_kind_and_outcome_are_set_right(activity, an, signed_in):
    entry = activity.entries.first()
    form = corrected(activity, kind="paperwork", detail="identity", on=f"{TODAY:%d/%m/%Y}")
    form |= {f"outcome_{entry.pk}": "family", f"attitude_{entry.pk}": "fair"}

    response = send(signed_in(an), activity, form)

    activity.refresh_from_db()
    entry.refresh_from_db()
    assert response.status_code == 302
    assert (activity.kind, activity.detail, activity.on) == ("paperwork", "identity", TODAY)
    assert (entry.outcome, entry.attitude) == ("family", "fair")


def test_the_paper_is_forgotten_with_the_kind(activity, an, signed_in):
    send(signed_in(an), activity, corrected(activity, detail="identity"))

    assert Activity.objects.get().detail == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": f"{TODAY + timedelta(days=1):%d/%m/%Y}"}, "on"),
        ({"on": f"{TODAY - timedelta(days=300):%d/%m/%Y}"}, "on"),
        ({"kind": "paperwork"}, "__all__"),
        ({"note": "x" * 10_000_000}, "note"),
        ({"organisations": ["999"]}, "organisations"),
    ],
    ids=["future", "before completion", "no paper", "long", "forged"],
)
def test_a_bad_correction_changes_nothing(changes, field, activity, an, signed_in):
    response = send(signed_in(an), activity, corrected(activity, **changes))

    assert list(response.context["form"].errors) == [field]
    assert Activity.objects.get().on == activity.on


def test_an_entry_is_withdrawn_with_a_reason_only(activity, an, signed_in):
    client, url = signed_in(an), f"/log/{activity.pk}/withdraw/"

    assert client.get(url).status_code == 200
    client.post(url, {"reason": "  "})
    assert Activity.objects.kept().exists()
    client.post(url, {"reason": "Ghi nhầm người"})
    assert Activity.objects.get().withdrawn_reason == "Ghi nhầm người"
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(("page", "helper"), [("", 404), ("withdraw/", 403)])  # a helper corrects their own entries
def test_another_commune_does_not_find_the_entry_and_a_reviewer_may_not_change_it(
    page, helper, activity, binh, chi, em, giang, signed_in
):
    answers = [signed_in(user).get(f"/log/{activity.pk}/{page}").status_code for user in (binh, chi, em, giang)]

    assert answers == [404, 403, 403, helper]


@pytest.fixture
def appointment(person, an):
    row = Appointment(returnee=person, kind="encouragement", on=TODAY - timedelta(days=1))
    return actions.row.add(row=row, by=an)


def test_a_missed_meeting_is_noted_with_its_reason_and_leads_back(appointment, an, signed_in):
    client, url = signed_in(an), f"/appointments/{appointment.pk}/missed/?next=/people/"

    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Đi làm xa"}).url == "/people/"
    appointment.refresh_from_db()
    assert (appointment.missed_on, appointment.missed_reason) == (TODAY, "Đi làm xa")


def test_a_kept_meeting_cannot_be_missed(appointment, person, an, signed_in):
    make_activity(person, by=an)

    response = signed_in(an).post(f"/appointments/{appointment.pk}/missed/", {"reason": "Nhầm"})

    assert response.context["form"].non_field_errors()


def test_appointments_of_another_commune_are_not_found(appointment, binh, giang, chi, signed_in):
    url = f"/appointments/{appointment.pk}/missed/"

    assert [signed_in(user).get(url).status_code for user in (binh, giang, chi)] == [404, 403, 403]
