"""The outbox of a device that was not connected for days, as a file that the chief takes in."""

import base64
import json
import os
import uuid
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import actions
from cases.importing import trip_file
from cases.models import Activity, AuditEvent, Returnee
from tests.makers import TODAY, make_returnee

pytestmark = pytest.mark.both
DAY = f"{TODAY - timedelta(days=1):%d/%m/%Y}"


@pytest.fixture
def device(an):
    return actions.device.register(user=an, label="Chrome 109 · Android")


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Lê Văn Sáu", hamlet="Bon Choih", phone="0912345678")


def visit(*people, **changes):
    told = {"uid": uuid.uuid4(), "kind": "encouragement", "on": DAY, "place": "home", "outcome": "met", **changes}
    fields = [*([name, str(value)] for name, value in told.items()), *(["people", person.pk] for person in people)]
    return {"noun": "visit", "fields": fields, "shown": {"names": [person.full_name for person in people]}, "why": []}


def sealed(device, entry):
    raw, iv = base64.urlsafe_b64decode(device.outbox_key + "="), os.urandom(12)
    data = AESGCM(raw).encrypt(iv, json.dumps(entry).encode(), None)
    return {"device": str(device.uid), "iv": base64.b64encode(iv).decode(), "data": base64.b64encode(data).decode()}


def written(*entries, **changes):
    return json.dumps({"file": "trip-outbox", "edition": "1", "entries": entries, **changes}).encode()


def take_in(client, content):
    return client.post(reverse("trip-file"), {"file": SimpleUploadedFile("di-thon.txt", content)})


def outcomes(answer):
    return [(outcome.state, outcome.names) for outcome in answer.context["outcomes"]]


def test_the_chief_takes_it_in_and_it_is_recorded_once_as_of_whoever_wrote_it(an, anh, device, person, signed_in):
    entry = visit(person, outcome="family")
    content, client = written(sealed(device, entry)), signed_in(anh)

    assert outcomes(take_in(client, content)) == [("recorded", ["Lê Văn Sáu"])]
    activity = Activity.objects.get()
    assert (f"{activity.on:%d/%m/%Y}", activity.created_by, activity.entries.get().outcome) == (DAY, an, "family")
    assert outcomes(take_in(client, content)) == [("known", ["Lê Văn Sáu"])]
    sent = dict(entry["fields"]) | {"noun": "visit", "writer": an.pk, "edition": "1"}
    assert (
        signed_in(an).post(reverse("trip-entry"), sent).json()["state"] == "recorded"
    )  # the device is connected again
    assert Activity.objects.count() == 1
    taken_in = AuditEvent.objects.get(verb="user.device_file_taken_in")
    assert (taken_in.actor_id, taken_in.after["recorded"]) == (anh.pk, 1)


def test_whoever_has_no_post_here_any_more_has_it_recorded_by_the_chief(an, anh, device, person, signed_in):
    actions.user.deactivate(user=an, by=anh, on=TODAY)

    assert outcomes(take_in(signed_in(anh), written(sealed(device, visit(person))))) == [("recorded", ["Lê Văn Sáu"])]
    assert Activity.objects.get().created_by == anh


def test_who_was_handed_over_or_sealed_is_named_by_nothing_that_is_answered(an, anh, device, person, units, signed_in):
    other = make_returnee(by=an, full_name="Đỗ Văn Kín")
    entries = [sealed(device, visit(person)), sealed(device, visit(other, note="cùng Đỗ Văn Kín"))]
    actions.returnee.hand_over(returnee=person, to_unit=units.krong_no, on=TODAY, by=an)
    actions.returnee.close(returnee=other, on=TODAY, reason="expunged", by=anh, vouched=True)
    answer = take_in(signed_in(anh), written(*entries))

    assert outcomes(answer) == [("refused", ["…"]), ("refused", ["…"])]
    assert "Sáu" not in answer.content.decode()
    assert "Kín" not in answer.content.decode()


def test_an_entry_that_was_changed_on_its_way_stays_out_and_the_others_go_in(an, anh, device, person, signed_in):
    broken = sealed(device, visit(person))
    broken["data"] = base64.b64encode(base64.b64decode(broken["data"])[:-1] + b"x").decode()
    answer = take_in(signed_in(anh), written(broken, sealed(device, visit(person))))

    assert [state for state, _names in outcomes(answer)] == ["refused", "recorded"]


def test_a_device_of_another_commune_is_not_taken_in(binh, anh, signed_in):
    far = make_returnee(by=binh, full_name="Phạm Văn Xa")
    device = actions.device.register(user=binh, label="Chrome")

    assert outcomes(take_in(signed_in(anh), written(sealed(device, visit(far))))) == [("refused", [])]
    assert Activity.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"PK\x03\x04", b"[]", written()[:-2], written(file="other"), written(entries=5)),
        *(written("x"), written({"device": "1", "iv": "", "data": ""}), written(*["x"] * 1001)),
    ],
)
def test_what_is_no_such_file_is_refused_with_words(content, anh, signed_in):
    answer = take_in(signed_in(anh), content)

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("entry", [[], {"noun": "visit"}, {"noun": "visit", "fields": [["uid"]]}, {"fields": 5}])
def test_what_is_no_entry_is_refused_and_no_error(entry, anh, device, signed_in):
    assert outcomes(take_in(signed_in(anh), written(sealed(device, entry)))) == [("refused", [])]


def test_a_foreign_key_opens_nothing(device, person, an):
    (parcel,) = trip_file.read(written(sealed(device, visit(person))))[1]
    other = actions.device.register(user=an, label="Chrome")

    with pytest.raises(trip_file.TripFileError):
        parcel.open(other.outbox_key)
    assert parcel.open(device.outbox_key)["noun"] == "visit"
    assert Returnee.objects.count() == 1
