"""Whatever changes how somebody gets in, or as what, ends every open session and every device at the next request."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import Device, Posting, User
from tests.conftest import StrictClient
from tests.makers import PASSWORD, TODAY, make_user

pytestmark = pytest.mark.both
NEW = "mat-khau-cua-rieng-toi-88"
ANOTHER_PROCESS = """
import json, sys
import django
from django.conf import settings
django.setup()
from django.db import connections
told = json.loads(sys.argv[1])
connections["default"].settings_dict.update(told["database"])
from django.test import Client
def answer(session, uid):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client.get("/").status_code, Client().get(f"/devices/{uid}/").json()["kept"]
print(json.dumps({name: answer(*each) for name, each in told["asked"].items()}))
"""


def is_in(client):
    return client.get("/").status_code == 200


def is_kept(device):
    return StrictClient().get(reverse("device-state", args=[device.uid])).json()["kept"]


@pytest.fixture
def opened(an, signed_in):
    """An is signed in twice, and has marked a telephone."""
    clients = [signed_in(an), signed_in(an)]
    device = actions.device.register(user=an, label="Chrome 109 · Android")
    assert all(is_in(each) for each in clients)
    assert is_kept(device)
    return clients, device


def post_to(user, role, unit, em, since=TODAY):
    actions.user.appoint(posting=Posting(user=user, unit=unit, role=role, since=since), by=em)


ENDS = {
    "a new slip": lambda user, em, units: actions.user.reset_password(user=user, by=em),
    "a new slip and a lost telephone": lambda user, em, units: actions.user.reset_password(
        user=user, by=em, drop_codes=True
    ),
    "another role": lambda user, em, units: post_to(user, "chief", units.nam_da, em),
    "another unit": lambda user, em, units: post_to(user, "officer", units.krong_no, em),
    "the end of the posting": lambda user, em, units: actions.user.withdraw_posting(
        posting=user.posting, on=TODAY, by=em
    ),
    "a closed account": lambda user, em, units: actions.user.deactivate(user=user, by=em, on=TODAY),
    "an end of all from elsewhere": lambda user, em, units: actions.user.end_sign_ins(user=user),
}


@pytest.mark.parametrize("name", ENDS)
def test_it_ends_every_session_and_every_device(name, opened, an, em, units):
    clients, device = opened

    ENDS[name](User.objects.get(pk=an.pk), em, units)

    assert not any(is_in(each) for each in clients)
    assert not is_kept(device)


def test_an_account_that_was_closed_and_opened_again_has_no_session_of_before(opened, an, em, units):
    clients, device = opened
    actions.user.deactivate(user=User.objects.get(pk=an.pk), by=em, on=TODAY)
    actions.user.activate(user=User.objects.get(pk=an.pk), by=em)

    assert not any(is_in(each) for each in clients)
    assert not is_kept(device)


def test_the_own_change_of_the_password_ends_all_but_the_sign_in_it_was_made_in(opened):
    (here, elsewhere), device = opened

    here.post("/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (is_in(here), is_in(elsewhere), is_kept(device)) == (True, False, False)


def test_ending_the_others_by_the_page_lets_this_one_go_on(opened):
    (here, elsewhere), device = opened

    here.post("/sign-ins/")

    assert (is_in(here), is_in(elsewhere), is_kept(device)) == (True, False, False)


def test_switching_the_code_from_the_phone_off_ends_all_but_this_sign_in(
    opened, an, django_capture_on_commit_callbacks
):
    (here, elsewhere), device = opened
    here.post("/password/confirm/", {"password": PASSWORD})
    TOTP.activate(an, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    with django_capture_on_commit_callbacks(execute=True):
        here.post("/second-factor/totp/deactivate/")

    assert (is_in(here), is_in(elsewhere), is_kept(device)) == (True, False, False)


def test_a_device_keeps_nothing_of_a_posting_before_from_the_day_of_the_next_on(opened, an, em, units):
    _clients, device = opened
    Device.objects.update(made_at=device.made_at - timedelta(days=5))
    Posting.objects.filter(user=an).update(until=TODAY - timedelta(days=1))
    Posting(user=an, unit=units.krong_no, role="officer", since=TODAY).save()

    assert not is_kept(device)


def test_who_is_taken_out_of_the_accounts_leaves_the_sessions_of_others_open(opened, an, em, units, signed_in):
    other = signed_in(make_user("hoa", "Bùi Thị Hoa", "officer", units.nam_da))

    actions.user.reset_password(user=User.objects.get(pk=an.pk), by=em)

    assert is_in(other)


def in_another_process(asked, tmp_path):
    """What a process of its own answers each session and each device, on the database as it is now."""
    database = {name: str(connection.settings_dict[name]) for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    if connection.vendor == "sqlite":  # the database of the tests is in memory: it is written out for the other one
        database["NAME"] = str(tmp_path / "copy.sqlite3")
        connection.cursor().execute("VACUUM INTO %s", [database["NAME"]])
    told = json.dumps({"database": database, "asked": asked})
    line = [sys.executable, "-c", ANOTHER_PROCESS, told]
    done = subprocess.run(line, capture_output=True, text=True, cwd=settings.BASE_DIR, check=True, timeout=120)
    (tmp_path / "copy.sqlite3").unlink(missing_ok=True)
    return {name: tuple(answer) for name, answer in json.loads(done.stdout.splitlines()[-1]).items()}


@pytest.mark.django_db(transaction=True)
def test_each_of_them_ends_sessions_and_devices_for_another_process_too(units, em, signed_in, tmp_path):
    """Asked at the next request, so within a minute whatever was open."""
    users, asked = {}, {}
    for place, name in enumerate([*ENDS, "a device taken off", "nothing"]):
        user = users[name] = make_user(f"ketthuc{place}", f"Triệu Văn {'ABCDEFGHIK'[place]}", "officer", units.nam_da)
        device = actions.device.register(user=user, label="Chrome 109 · Android")
        asked[name] = (signed_in(user).session.session_key, str(device.uid))
    assert set(in_another_process(asked, tmp_path).values()) == {(200, True)}

    for name, end in ENDS.items():
        end(User.objects.get(pk=users[name].pk), em, units)
    actions.device.revoke(device=Device.objects.get(user=users["a device taken off"]), by=em, now=timezone.now())

    assert in_another_process(asked, tmp_path) == {
        **dict.fromkeys(ENDS, (302, False)),
        "a device taken off": (200, False),
        "nothing": (200, True),
    }
