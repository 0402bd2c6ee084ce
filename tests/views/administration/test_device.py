"""The devices marked to be taken along: who marks one, who takes one off, what a device is told of itself."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.actions.device import AT_MOST
from cases.models import AuditEvent, Device
from tests.makers import TODAY, make_returnee

ANDROID = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/109.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def device(an):
    return actions.device.register(user=an, label="Chrome 109 · Android")


def is_kept(client, uid):
    return client.get(reverse("device-state", args=[uid])).json()["kept"]


def test_a_device_is_marked_under_what_its_browser_says_it_is(an, signed_in):
    answer = signed_in(an).post(reverse("device-add"), headers={"User-Agent": ANDROID}).json()
    device = Device.objects.get()

    assert (answer["device"], answer["key"], device.label) == (
        str(device.uid),
        device.outbox_key,
        "Chrome 109 · Android",
    )
    assert AuditEvent.objects.get(verb="user.device_marked").actor_id == an.pk


def test_one_more_than_there_may_be_is_refused_in_words(an, device, signed_in):
    for _more in range(AT_MOST - 1):
        actions.device.register(user=an, label="Chrome")
    answer = signed_in(an).post(reverse("device-add"))

    assert (answer.status_code, Device.objects.count()) == (409, AT_MOST)
    assert str(AT_MOST) in answer.json()["why"][0]


def test_a_device_taken_off_is_told_so_and_still_sends_what_was_written_on_it(an, device, client, signed_in):
    assert is_kept(client, device.uid)
    signed_in(an).post(reverse("device-revoke", args=[device.pk]))

    assert not is_kept(client, device.uid)
    answer = signed_in(an).post(reverse("device-contact"), {"device": device.uid}).json()
    assert answer == {"kept": False, "key": device.outbox_key}


def test_the_device_of_a_closed_account_or_of_no_post_keeps_nothing(an, device, client):
    an.is_active = False
    an.save()
    assert not is_kept(client, device.uid)
    an.is_active = True
    an.save()
    an.postings.update(until=TODAY - timedelta(days=1))
    assert not is_kept(client, device.uid)
    assert not is_kept(client, uuid.uuid4())


def test_the_key_of_an_outbox_is_given_to_its_owner_alone(anh, device, signed_in):
    assert signed_in(anh).post(reverse("device-contact"), {"device": device.uid}).status_code == 404


@pytest.mark.parametrize("sent", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_device_is_not_found(sent, an, signed_in):
    assert signed_in(an).post(reverse("device-contact"), {"device": sent}).status_code == 404


def test_the_owner_sees_the_device_among_the_sign_ins_and_the_administrator_in_the_account(an, em, device, signed_in):
    for who, page in ((an, reverse("sign-in-list")), (em, reverse("user-detail", args=[an.pk]))):
        shown = signed_in(who).get(page).content.decode()
        assert "Chrome 109 · Android" in shown
        assert reverse("device-revoke", args=[device.pk]) in shown


def test_a_device_is_taken_off_once_and_the_log_tells_by_whom(an, em, device):
    for by in (em, an):
        actions.device.revoke(device=device, by=by, now=timezone.now())

    device.refresh_from_db()
    assert device.revoked_by == em
    assert [event.actor_id for event in AuditEvent.objects.filter(verb="user.device_revoked")] == [em.pk]


def test_the_page_kept_on_a_device_is_the_same_for_everybody_and_names_nobody(an, client, signed_in):
    make_returnee(by=an, full_name="Lê Văn Sáu")
    told = {each.get(reverse("trip-shell")).content for each in (client, signed_in(an))}

    assert len(told) == 1
    assert an.full_name not in told.pop().decode()


def test_the_worker_stands_at_the_root_and_names_the_files_of_the_page(client):
    answer = client.get("/sw.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "js/trip-page.js" in answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_the_manifest_opens_the_page_that_works_without_a_connection(client):
    told = client.get(reverse("web-manifest")).json()

    assert (told["start_url"], told["display"]) == (reverse("trip-show"), "standalone")
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512"]
