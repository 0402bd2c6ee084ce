"""A sign-in that ran out: who was idle comes back to the page, and to what was typed there."""

import time

import pytest
from django.core.signing import TimestampSigner

from cases.models import User
from tests.makers import PASSWORD, make_user

SIGN_IN, CHANGE = "/sign-in/", "/password/"
NEW = "mat-khau-cua-rieng-toi-88"
TYPED = {"full_name": "Nguyễn Thị Hạnh", "username": "hanh"}


def enter(client, username, **more):
    return client.post(SIGN_IN, {"login": username, "password": PASSWORD, **more})


@pytest.fixture
def idle(client, em, settings):
    """Em went away from a page of hers and the sign-in ran out."""
    enter(client, "em")
    client.get("/users/add/")

    def go_idle():
        session = client.session
        session["seen"] = time.time() - settings.IDLE_SECONDS - 60
        session.save()
        return client

    return go_idle


def test_who_was_idle_signs_in_again(idle):
    response = idle().get("/users/")

    assert response.url == f"{SIGN_IN}?next=%2Fusers%2F&idle=1"
    assert idle().get("/").status_code == 302


def test_work_keeps_the_sign_in_alive(idle, client, settings):
    session = client.session
    session["seen"] = time.time() - settings.IDLE_SECONDS + 60
    session.save()

    client.get("/users/")

    assert client.session["seen"] > time.time() - 60


def test_what_was_typed_before_the_idle_sign_out_comes_back_to_its_user(idle):
    client = idle()
    client.post("/users/add/", TYPED)
    back = enter(client, "em", next="/users/add/").url

    page = client.get(back).content.decode()

    assert "Nguyễn Thị Hạnh" in page
    assert not User.objects.filter(username="hanh").exists()
    assert "Nguyễn Thị Hạnh" not in client.get(back).content.decode()


def test_what_was_typed_does_not_come_to_another_user(idle, units):
    make_user("hai", "Đỗ Thị Hai", "administrator", units.province)
    client = idle()
    client.post("/users/add/", TYPED)

    enter(client, "hai", next="/users/add/")

    assert "Nguyễn Thị Hạnh" not in client.get("/users/add/").content.decode()


def test_a_form_sent_after_the_session_expired_comes_back_too(idle, client):
    del client.cookies["sessionid"]

    sent = client.post("/users/add/", TYPED)
    assert sent.url.startswith(SIGN_IN)
    enter(client, "em", next="/users/add/")

    assert "Nguyễn Thị Hạnh" in client.get("/users/add/").content.decode()


def test_a_stranger_s_form_is_not_kept_and_makes_no_session(client, db):
    client.post("/users/add/", TYPED)

    assert "sessionid" not in client.cookies


def test_a_forged_owner_is_nobody(client, em):
    client.cookies["owner"] = TimestampSigner(key="forged").sign(str(em.pk))

    client.post("/users/add/", TYPED)

    assert "sessionid" not in client.cookies


def test_a_password_typed_too_late_is_never_kept(idle):
    client = idle()

    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert "typed" not in client.session


def test_a_step_without_a_page_of_its_own_leads_home_after_the_sign_in(idle):
    assert "next=%2F&" in idle().post("/log/1/undo/").url
