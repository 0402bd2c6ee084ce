"""Đi thôn, as the server sees it: what a device is given to read, and what is taken in from it."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import Activity, ActivityEntry, Appointment, AuditEvent, Device, Returnee, SentForm, Snooze
from cases.reports.work import trip
from tests import test_no_offence as offence
from tests.makers import TODAY, make_activity, make_group, make_returnee

pytestmark = pytest.mark.both
world, secrets = offence.world, offence.secrets
DAY = f"{TODAY - timedelta(days=1):%d/%m/%Y}"


@pytest.fixture
def device(an):
    return actions.device.register(user=an, label="Chrome 109 · Android")


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Lê Văn Sáu", hamlet="Bon Choih", phone="0912345678")


def taken_along(client, device):
    return client.post(reverse("trip-people"), {"device": device.uid})


def visit(writer, *people, **changes):
    told = {"kind": "encouragement", "on": DAY, "place": "home", "outcome": "met", "noun": "visit", "edition": "1"}
    return {"uid": uuid.uuid4(), "people": [each.pk for each in people], "writer": writer.pk, **told, **changes}


def phone(writer, person, **changes):
    told = {"field": "phone", "number": "0987 654 321", "before": person.phone, "noun": "phone", "edition": "1"}
    return {"uid": uuid.uuid4(), "people": person.pk, "writer": writer.pk, **told, **changes}


def send(client, entry):
    return client.post(reverse("trip-entry"), entry).json()


def test_what_is_taken_along_tells_of_no_offence(secrets, an, signed_in):
    device = actions.device.register(user=an, label="Chrome")
    told = json.dumps(taken_along(signed_in(an), device).json(), ensure_ascii=False)

    assert Returnee.objects.get(pk=secrets["returnee_pk"]).full_name in told
    assert offence.told(told) == []
    assert not [word for word in ("phạt", "tù", "nhóm", "vi phạm", "trình diện", "prison", "sentence") if word in told]


def test_a_row_says_how_to_find_the_person_and_what_is_due(an, giang, device, person, signed_in):
    make_group(returnee=person, lead=an, members=[("women", giang)])
    make_activity(person, by=an)
    (row,) = taken_along(signed_in(an), device).json()["people"]

    told = ("name", "hamlet", "phone", "lead")
    assert [row[name] for name in told] == ["Lê Văn Sáu", "Bon Choih", "0912345678", an.full_name]
    assert row["helpers"][0]["name"]
    assert row["last_contact"] == f"{TODAY:%d/%m/%Y}"
    assert row["duties"]


def test_people_of_another_commune_and_of_a_sealed_file_are_not_taken_along(an, binh, device, person, signed_in):
    make_returnee(by=binh, full_name="Phạm Văn Xa")
    sealed = make_returnee(by=an, full_name="Đỗ Văn Kín")
    person.address = "cạnh nhà Đỗ Văn Kín"
    actions.returnee.correct(returnee=person, by=an)
    actions.returnee.close(returnee=sealed, on=TODAY, reason="expunged", by=an, vouched=True)

    people = taken_along(signed_in(an), device).json()["people"]
    assert [row["name"] for row in people] == ["Lê Văn Sáu"]
    assert "Kín" not in people[0]["address"]


def test_no_more_people_are_taken_along_than_fit_the_ones_own_first(an, anh, monkeypatch):
    monkeypatch.setattr(trip, "AT_MOST", 1)
    make_returnee(by=an, full_name="An Văn Một", hamlet="A")
    led = make_returnee(by=an, full_name="Bế Văn Hai", hamlet="B")
    make_group(returnee=led, lead=an)

    assert trip.people(an, TODAY) == [led]


def test_taking_people_along_asks_as_many_queries_for_five_as_for_two(an, device, signed_in):
    client, counts = signed_in(an), []
    for start, count in ((0, 2), (2, 3)):
        for number in range(start, start + count):
            one = make_returnee(by=an, full_name=f"Người Thứ {number}")
            make_group(returnee=one, lead=an, members=[("front", "Mai")])
        taken_along(client, device)
        with CaptureQueriesContext(connection) as asked:
            taken_along(client, device)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 20


def test_taking_people_along_is_in_the_log_and_the_device_was_heard_of(an, device, person, signed_in):
    Device.objects.update(seen_at=timezone.now() - timedelta(days=3))
    taken_along(signed_in(an), device)

    assert AuditEvent.objects.filter(verb="page.read", after__page="trip-people", actor_id=an.pk).count() == 1
    assert timezone.now() - Device.objects.get().seen_at < timedelta(minutes=5)


def test_a_device_of_somebody_else_or_one_taken_off_is_given_nobody(an, anh, device, person, signed_in):
    assert taken_along(signed_in(anh), device).status_code == 404
    actions.device.revoke(device=device, by=an, now=timezone.now())
    assert taken_along(signed_in(an), device).status_code == 404


def test_a_visit_sent_twice_is_recorded_once_with_its_day_and_place(an, person, signed_in):
    entry, client = visit(an, person, outcome="family", place="office"), signed_in(an)
    first, second = send(client, entry), send(client, entry)

    assert (first["state"], second["state"]) == ("recorded", "recorded")
    activity = Activity.objects.get()
    assert (activity.uid, f"{activity.on:%d/%m/%Y}", activity.place) == (entry["uid"], DAY, "office")
    assert [body.code for body in activity.organisations.all()] == ["police"]
    assert ActivityEntry.objects.get().outcome == "family"


def test_a_visit_of_somebody_handed_over_is_refused_in_words_and_can_be_sent_mended(an, binh, person, signed_in):
    far = make_returnee(by=binh, full_name="Phạm Văn Xa")
    entry = visit(an, person, far)
    answer = send(signed_in(an), entry)

    assert (answer["state"], Activity.objects.count()) == ("refused", 0)
    assert answer["why"]
    assert send(signed_in(an), {**entry, "people": [person.pk]})["state"] == "recorded"


@pytest.mark.parametrize(
    "changes", [{"on": "31/12/2099"}, {"on": "hôm qua"}, {"people": []}, {"uid": "1"}, {"outcome": "x"}]
)
def test_a_visit_that_cannot_be_is_refused_with_words(changes, an, person, signed_in):
    answer = send(signed_in(an), visit(an, person, **changes))

    assert (answer["state"], Activity.objects.count()) == ("refused", 0)
    assert all(answer["why"])


def test_the_same_visit_of_a_colleague_is_asked_about_and_recorded_when_it_is_meant(an, anh, person, signed_in):
    actions.activity.record(
        activity=Activity(kind="encouragement", on=TODAY - timedelta(days=1)),
        entries=[actions.activity.PersonOutcome(person)],
        by=anh,
    )
    entry = visit(an, person)
    asked = send(signed_in(an), entry)

    assert (asked["state"], asked["code"], Activity.objects.count()) == ("refused", "alike", 1)
    assert "Lê Văn Sáu" in " ".join(asked["why"])
    assert send(signed_in(an), {**entry, "besides": asked["besides"]})["state"] == "recorded"


def test_another_entry_under_an_id_that_was_recorded_is_asked_about(an, person, signed_in):
    entry, client = visit(an, person), signed_in(an)
    send(client, entry)
    answer = send(client, {**entry, "outcome": "absent"})

    assert (answer["state"], answer["code"], Activity.objects.count()) == ("refused", "sent_before", 1)


@pytest.mark.parametrize("changes", [{"writer": "999999"}, {"edition": "0"}, {"noun": "crime"}])
def test_an_entry_of_another_user_an_older_page_or_no_kind_stays_on_the_device(changes, an, person, signed_in):
    answer = send(signed_in(an), {**visit(an, person), **changes})

    assert (answer["state"], Activity.objects.count()) == ("refused", 0)
    assert all(answer["why"])


def test_a_new_number_is_written_once_also_when_another_came_after_it(an, anh, person, signed_in):
    entry, client = phone(an, person), signed_in(an)
    assert send(client, entry)["state"] == "recorded"
    person.refresh_from_db()
    assert person.phone == "0987654321"
    person.phone = "0911111111"
    actions.returnee.correct(returnee=person, by=anh)

    assert send(client, entry)["state"] == "recorded"
    person.refresh_from_db()
    assert (person.phone, SentForm.objects.filter(target_type="phone").count()) == ("0911111111", 1)


def test_a_number_changed_meanwhile_is_shown_beside_the_new_one(an, anh, person, signed_in):
    entry = phone(an, person)
    person.phone = "0911111111"
    actions.returnee.correct(returnee=person, by=anh)
    answer = send(signed_in(an), entry)

    assert (answer["state"], answer["code"], answer["besides"]) == ("refused", "changed", "0911111111")
    assert "0911 111 111" in answer["why"][0]
    assert "0987 654 321" in answer["why"][0]
    assert send(signed_in(an), {**entry, "before": answer["besides"]})["state"] == "recorded"


def test_what_is_no_number_is_refused(an, person, signed_in):
    assert send(signed_in(an), phone(an, person, number="12"))["state"] == "refused"


def put_off(writer, person, **changes):
    told = {"duty": "contact", "on": DAY, "how_long": "week", "reason": "Đi làm xa", "noun": "put_off", "edition": "1"}
    return {"uid": uuid.uuid4(), "people": person.pk, "writer": writer.pk, **told, **changes}


def unkept(writer, appointment, **changes):
    told = {"appointment": appointment.pk, "on": DAY, "reason": "Bị ốm", "noun": "unkept", "edition": "1"}
    return {"uid": uuid.uuid4(), "people": appointment.returnee_id, "writer": writer.pk, **told, **changes}


def agree(person, by):
    appointment = Appointment(returnee=person, kind="encouragement", on=TODAY - timedelta(days=2))
    return actions.row.add(row=appointment, by=by)


@pytest.fixture
def agreed(an, person):
    return agree(person, an)


def test_a_duty_put_off_on_a_device_is_put_off_once_from_the_day_it_was_written(an, device, person, signed_in):
    client = signed_in(an)
    (row,) = taken_along(client, device).json()["people"]
    entry = put_off(an, person, duty=row["due"][0]["key"])

    assert [send(client, entry)["state"] for _twice in range(2)] == ["recorded", "recorded"]
    snooze = Snooze.objects.get()
    assert (snooze.duty, snooze.since, snooze.until) == (
        row["due"][0]["key"],
        TODAY - timedelta(days=1),
        TODAY + timedelta(days=6),
    )
    assert send(client, {**entry, "reason": "Khác"})["state"] == "refused"


def test_what_is_not_due_is_not_put_off(an, person, signed_in):
    answer = send(signed_in(an), put_off(an, person, duty="record-prepare"))

    assert (answer["state"], Snooze.objects.count()) == ("refused", 0)
    assert answer["why"][0]


def test_an_agreed_meeting_that_fell_through_is_noted_once_and_not_over_what_is_noted(an, device, agreed, signed_in):
    client = signed_in(an)
    (row,) = taken_along(client, device).json()["people"]
    assert agreed.pk in [due["appointment"] for due in row["due"]]
    entry = unkept(an, agreed)

    assert [send(client, entry)["state"] for _twice in range(2)] == ["recorded", "recorded"]
    agreed.refresh_from_db()
    assert (agreed.missed_on, agreed.missed_reason) == (TODAY - timedelta(days=1), "Bị ốm")
    assert send(client, unkept(an, agreed, reason="Mưa lũ"))["state"] == "refused"
    agreed.refresh_from_db()
    assert agreed.missed_reason == "Bị ốm"


def test_an_agreed_meeting_is_kept_by_a_visit_of_the_device(an, agreed, person, signed_in):
    send(signed_in(an), visit(an, person))

    agreed.refresh_from_db()
    assert agreed.kept_by == Activity.objects.get()


def test_a_meeting_agreed_with_another_or_of_another_commune_is_not_noted(an, anh, binh, agreed, signed_in):
    other = make_returnee(by=an, full_name="Bế Văn Hai")
    far = agree(make_returnee(by=binh, full_name="Phạm Văn Xa"), binh)
    client = signed_in(an)

    answers = [send(client, unkept(an, agreed, people=other.pk)), send(client, unkept(an, far))]
    assert [answer["state"] for answer in answers] == ["refused", "refused"]
    assert not Appointment.objects.filter(missed_on__isnull=False).exists()


@pytest.mark.parametrize("changes", [{"on": "31/12/2099"}, {"reason": " "}, {"how_long": "x"}, {"duty": ""}])
def test_what_cannot_be_put_off_is_refused_with_words(changes, an, person, signed_in):
    answer = send(signed_in(an), put_off(an, person, **changes))

    assert (answer["state"], Snooze.objects.count()) == ("refused", 0)
    assert all(answer["why"])
