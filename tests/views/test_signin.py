"""Sign-in with real requests: who comes in, who is kept out, and what the page tells them."""

from datetime import timedelta

import pytest
from allauth.mfa.adapter import get_adapter as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from cases import actions
from cases.models import AuditEvent, User
from tests.conftest import StrictClient
from tests.makers import PASSWORD, TODAY

SIGN_IN, CHANGE, CODE = "/sign-in/", "/password/", "/second-factor/authenticate/"
NEW = "mat-khau-cua-rieng-toi-88"
GENERIC = "The user name or the password is not right"


def enter(client, username, password=PASSWORD, headers=None, **more):
    return client.post(SIGN_IN, {"login": username, "password": password, **more}, headers=headers)


def confirm(client):
    """Pages that change how one signs in ask for the password once more."""
    client.post("/password/confirm/", {"password": PASSWORD})


def is_in(client):
    return client.get("/").status_code == 200


def code_now(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.fixture
def secret(an):
    """An has switched on the code from the phone."""
    value = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(an, value)
    return value


def test_the_right_password_opens_the_home_page_and_leaves_a_row(client, an):
    response = enter(client, "an")

    assert (response.status_code, response.url) == (302, "/")
    assert is_in(client)
    row = AuditEvent.objects.get(verb="user.signed_in")
    assert (row.actor, row.address) == ("Lê Văn An", "127.0.0.1")


@pytest.mark.parametrize(("username", "password"), [("an", "sai-mat-khau"), ("khong-co", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_get_the_same_words(client, an, username, password):
    response = enter(client, username, password)

    with translation.override("vi"):
        assert translation.gettext(f"{GENERIC}. Check both, or ask the administrator.") in response.content.decode()
    assert not is_in(client)
    assert AuditEvent.objects.get(verb="user.sign_in_failed").label == username


@pytest.mark.parametrize("path", ["/accounts/signup/", "/signup/", "/sign-up/", "/admin/", "/accounts/password/reset/"])
def test_there_is_no_sign_up_no_reset_by_mail_and_no_admin_site(client, signed_in, em, path):
    assert client.get(path).status_code == 404
    assert signed_in(em).get(path).status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "admin:index"])
def test_routes_that_are_not_used_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def wrong(client, username, times):
    for _attempt in range(times):
        enter(client, username, "sai-mat-khau")


def test_the_sixth_wrong_password_locks_even_the_right_one_at_this_address(client, an):
    wrong(client, "an", 5)

    elsewhere = StrictClient()
    enter(elsewhere, "an")

    assert not is_in(elsewhere)


def test_a_lock_at_one_address_does_not_hold_at_another(client, an):
    wrong(client, "an", 6)

    elsewhere = StrictClient(REMOTE_ADDR="10.1.1.1")
    enter(elsewhere, "an")

    assert is_in(elsewhere)


def test_many_wrong_passwords_from_one_address_keep_no_right_one_out(client, an, anh):
    wrong(client, "an", 6)
    for number in range(40):
        wrong(client, f"ai{number}", 1)

    colleague = StrictClient()
    enter(colleague, "anh")

    assert is_in(colleague)


def test_many_addresses_guess_no_faster(an):
    for number in range(100):
        wrong(StrictClient(REMOTE_ADDR=f"10.1.1.{number}"), "an", 1)

    last = StrictClient(REMOTE_ADDR="10.1.2.1")
    enter(last, "an")

    assert not is_in(last)


def test_a_lock_leaves_one_line_in_the_log_in_words(client, an, em, signed_in):
    wrong(client, "an", 9)

    event = AuditEvent.objects.get(verb="user.locked_out")
    assert (event.label, event.address) == ("an", "127.0.0.1")
    with translation.override("vi"):
        words = translation.gettext("Was locked out for a while after too many wrong passwords")
    assert words in signed_in(em).get("/log-book/").content.decode()


def test_locks_are_kept_in_the_database_where_every_process_sees_them(settings):
    assert isinstance(caches["default"], DatabaseCache)


def test_a_sign_in_leads_to_the_page_asked_for_but_never_off_the_site(client, an):
    assert enter(client, "an", next="/units/").url == "/units/"
    client.post("/sign-out/")
    assert enter(client, "an", next="https://example.org/").url == "/"


def test_sign_out_closes_the_session(client, an):
    enter(client, "an")

    client.post("/sign-out/")

    assert not is_in(client)


# --- closed accounts ---


def test_a_closed_account_is_told_so_and_stays_out(client, an, em):
    actions.user.deactivate(user=an, by=em, on=TODAY)

    response = enter(client, "an")

    assert response.status_code == 403
    assert not is_in(client)


def test_an_account_closed_while_signed_in_is_out_at_the_next_page(client, an, em):
    enter(client, "an")
    assert is_in(client)

    actions.user.deactivate(user=an, by=em, on=TODAY)

    assert client.get("/").url.startswith(SIGN_IN)


def test_a_new_one_time_password_ends_every_open_sign_in(client, an, em):
    enter(client, "an")

    actions.user.reset_password(user=an, by=em)

    assert client.get("/").url.startswith(SIGN_IN)


def test_without_a_posting_today_nothing_is_open(client, an, em):
    actions.user.withdraw_posting(posting=an.posting, on=TODAY - timedelta(days=1), by=em)

    enter(client, "an")

    assert client.get("/").status_code == 403


def test_sign_ins_elsewhere_are_listed_and_ended_and_this_one_goes_on(client, an):
    here, elsewhere = client, StrictClient()
    enter(elsewhere, "an", headers={"user-agent": "curl/8.1"})
    enter(here, "an")

    told = here.get("/sign-ins/").context["sign_ins"]
    here.post("/sign-ins/")

    assert [each.device for each in told] == ["", "curl/8.1"]
    assert is_in(here)
    assert not is_in(elsewhere)
    assert AuditEvent.objects.filter(verb="user.sign_ins_ended").count() == 1
    assert len(here.get("/sign-ins/").context["sign_ins"]) == 1


def test_whatever_ends_a_session_ends_every_open_one_at_its_next_page(an, em):
    for end in (
        lambda user: actions.user.end_sign_ins(user=user),
        lambda user: actions.user.reset_password(user=user, by=em),
        lambda user: actions.user.deactivate(user=user, by=em, on=TODAY),
    ):
        user = User.objects.get(pk=an.pk)
        clients = [StrictClient(), StrictClient()]
        for each in clients:
            each.force_login(user)
        end(user)
        assert not any(is_in(each) for each in clients)


# --- the first password ---


@pytest.fixture
def slip(an, em):
    return actions.user.reset_password(user=an, by=em)


@pytest.mark.parametrize("path", ["/", "/people/", "/units/", "/second-factor/", "/log/"])
def test_with_a_one_time_password_only_the_change_of_it_is_open(client, slip, path):
    enter(client, "an", slip)

    assert client.get(path).url == CHANGE
    assert client.get(CHANGE).status_code == 200


def test_language_and_sign_out_stay_open_before_the_change(client, slip):
    enter(client, "an", slip)

    assert client.post("/language/", {"language": "en", "next": CHANGE}).url == CHANGE
    assert client.post("/sign-out/").status_code == 302


def test_the_change_of_the_first_password_opens_the_work_and_is_asked_once(client, slip):
    enter(client, "an", slip)

    response = client.post(CHANGE, {"oldpassword": slip, "password1": NEW, "password2": NEW})

    assert response.url == "/"
    assert is_in(client)
    assert not User.objects.get(username="an").must_change_password
    assert AuditEvent.objects.filter(verb="user.password_changed").count() == 1


@pytest.mark.parametrize("chosen", ["ngan", "1234567890123", "password123", "le van an"])
def test_a_weak_password_is_refused(client, slip, chosen):
    enter(client, "an", slip)

    response = client.post(CHANGE, {"oldpassword": slip, "password1": chosen, "password2": chosen})

    assert response.status_code == 200
    assert User.objects.get(username="an").must_change_password


def test_the_one_time_password_may_not_be_kept(client, slip):
    enter(client, "an", slip)

    response = client.post(CHANGE, {"oldpassword": slip, "password1": slip, "password2": slip})

    assert response.status_code == 200
    assert User.objects.get(username="an").must_change_password


def test_a_slip_works_once(client, slip):
    enter(client, "an", slip)

    again = StrictClient()
    assert enter(again, "an", slip).status_code == 403
    assert again.get(CHANGE).status_code == 302


def test_a_slip_ends_after_72_hours(client, slip):
    User.objects.filter(username="an").update(slip_until=timezone.now())

    assert "72 giờ" in enter(client, "an", slip).content.decode()
    assert client.get(CHANGE).status_code == 302
    assert AuditEvent.objects.filter(verb="user.sign_in_failed").exists()


def test_a_new_slip_opens_where_the_one_before_was_used(client, slip, an, em):
    enter(client, "an", slip)

    enter(client, "an", actions.user.reset_password(user=User.objects.get(pk=an.pk), by=em))

    assert client.get(CHANGE).status_code == 200


# --- the code from the phone ---


@pytest.mark.parametrize("page", ["totp/activate/", "recovery-codes/generate/"])
def test_pages_that_change_the_sign_in_ask_for_the_password_once_more(client, an, page):
    enter(client, "an")

    assert client.get(f"/second-factor/{page}").url.startswith("/password/confirm/")


def test_switching_on_the_code_encrypts_its_secret_and_makes_recovery_codes(
    client, an, django_capture_on_commit_callbacks
):
    enter(client, "an")
    confirm(client)
    page = client.get("/second-factor/totp/activate/")
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/second-factor/totp/activate/", {"code": code_now(secret)})

    kept = Authenticator.objects.get(user=an, type="totp").data["secret"]
    assert secret not in kept
    assert mfa().decrypt(kept) == secret
    assert Authenticator.objects.filter(user=an, type="recovery_codes").exists()
    assert AuditEvent.objects.filter(verb="user.code_switched_on").exists()


def test_the_password_alone_no_longer_opens_the_account(client, secret):
    response = enter(client, "an")

    assert response.url.startswith(CODE)
    assert not is_in(client)


def test_the_code_opens_it_and_a_wrong_one_does_not(client, secret):
    enter(client, "an")

    wrong = client.post(CODE, {"code": "000000"})
    assert wrong.status_code == 200
    assert not is_in(client)

    client.post(CODE, {"code": code_now(secret)})
    assert is_in(client)


def test_a_recovery_code_opens_it_once(client, an, secret):
    enter(client, "an")
    client.post(CODE, {"code": code_now(secret)})
    confirm(client)
    client.post("/second-factor/recovery-codes/generate/")
    codes = client.get("/second-factor/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10

    outcomes = []
    for _time in range(2):
        client.post("/sign-out/")
        enter(client, "an")
        client.post(CODE, {"code": codes[0]})
        outcomes.append(is_in(client))

    assert outcomes == [True, False]


def test_recovery_codes_are_not_stored_in_clear(client, an, secret):
    enter(client, "an")
    client.post(CODE, {"code": code_now(secret)})
    confirm(client)
    client.post("/second-factor/recovery-codes/generate/")

    stored = str(Authenticator.objects.get(user=an, type="recovery_codes").data)

    assert mfa().decrypt(Authenticator.objects.get(user=an, type="totp").data["secret"]) == secret
    assert not [code for code in client.get("/second-factor/recovery-codes/").context["unused_codes"] if code in stored]


def test_switching_off_the_code_is_audited(client, an, secret):
    enter(client, "an")
    client.post(CODE, {"code": code_now(secret)})
    confirm(client)

    client.post("/second-factor/totp/deactivate/")

    assert not Authenticator.objects.filter(user=an).exists()
    assert AuditEvent.objects.filter(verb="user.code_switched_off").exists()


def test_an_old_server_secret_still_reads_the_codes(settings):
    kept = mfa().encrypt("bi-mat")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret"

    assert mfa().decrypt(kept) == "bi-mat"


def test_a_lost_phone_is_forgotten_with_the_reset(client, an, em, secret):
    first = actions.user.reset_password(user=an, by=em, drop_codes=True)

    assert enter(client, "an", first).url != CODE


# --- around it ---


@pytest.mark.parametrize("path", [SIGN_IN, "/", "/users/", "/khong-co/", "/people/", CHANGE, "/second-factor/"])
def test_every_page_carries_the_content_security_policy(signed_in, em, client, path):
    for visitor in (client, signed_in(em)):
        policy = visitor.get(path)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_vietnamese_is_the_language_whatever_the_browser_says(client, db):
    assert '<html lang="vi">' in client.get(SIGN_IN, headers={"accept-language": "en"}).content.decode()


def test_the_language_can_be_switched_and_stays(client, db):
    client.post("/language/", {"language": "en", "next": SIGN_IN})

    assert '<html lang="en">' in client.get(SIGN_IN).content.decode()


def test_an_unknown_language_changes_nothing(client, db):
    client.cookies["django_language"] = "xx"

    assert '<html lang="vi">' in client.get(SIGN_IN).content.decode()


def test_behind_a_proxy_the_log_holds_the_visitor_s_address(client, an, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    client.post(SIGN_IN, {"login": "an", "password": PASSWORD}, headers={"x-forwarded-for": "203.0.113.7"})

    assert AuditEvent.objects.get(verb="user.signed_in").address == "203.0.113.7"


def test_a_server_that_is_told_no_address_still_answers(client, db):
    assert client.get(SIGN_IN, REMOTE_ADDR="").status_code == 200
