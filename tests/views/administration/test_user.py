from datetime import timedelta

import pytest
from django.utils import timezone

from cases import actions
from cases.models import AuditEvent, User
from tests.makers import TODAY, make_group, make_returnee, make_user
from tests.opened import opened

LIST, ADD = "/users/", "/users/add/"


def page_of(user, step=""):
    return f"/users/{user.pk}/{step}"


def new(units, **changes):
    facts = {
        "full_name": "Nguyễn Thị Hạnh",
        "username": "hanh",
        "rank": "Trung úy",
        "phone": "0912 345 678",
        "role": "officer",
        "unit": units.nam_da.code,
        "since": f"{TODAY:%d/%m/%Y}",
    }
    return {**facts, **changes}


def posting(units, **changes):
    return {"role": "officer", "unit": units.krong_no.code, "since": f"{TODAY:%d/%m/%Y}", **changes}


def names(response):
    return [account.user.username for account in response.context["accounts"]]


@pytest.fixture
def admin(em, signed_in):
    return signed_in(em)


@pytest.fixture
def caseload(an):
    """An leads a case."""
    person = make_returnee(by=an, full_name="Trần Văn Tám")
    make_group(returnee=person, lead=an)
    return person


# --- the list ---


def test_the_list_says_who_does_what_and_where(admin, an, giang):
    page = admin.get(LIST).content.decode()

    assert "Lê Văn An" in page
    assert "Xã Nam Đà" in page
    assert "Hội Liên hiệp Phụ nữ" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=le+van+an", ["an"]),
        ("q=PHAM", ["binh"]),
        ("role=chief", ["anh"]),
        ("role=officer&q=an", ["an", "binh"]),
        ("state=closed", []),
        ("q=%3Cb%3E", []),
    ],
)
def test_the_list_is_searched_without_accents_and_filtered(admin, an, anh, binh, query, found):
    assert names(admin.get(f"{LIST}?{query}")) == found


def test_the_filter_by_unit_holds_the_units_below(admin, units, an, binh, chi):
    assert names(admin.get(f"{LIST}?unit={units.cluster.code}")) == ["an", "binh", "chi"]
    assert names(admin.get(f"{LIST}?unit={units.krong_no.code}")) == ["binh"]


def test_the_filter_by_state_tells_closed_unused_unposted_and_quiet_accounts_apart(admin, em, an, anh, binh, chi):
    actions.user.deactivate(user=an, by=em, on=TODAY)
    actions.user.reset_password(user=anh, by=em)
    actions.user.withdraw_posting(posting=binh.posting, on=TODAY - timedelta(days=1), by=em)
    User.objects.exclude(pk=chi.pk).update(last_login=timezone.now())
    User.objects.filter(pk=chi.pk).update(last_login=timezone.now() - timedelta(days=120))

    states = ["closed", "slip", "unposted", "quiet", "open"]
    found = {state: names(admin.get(f"{LIST}?state={state}")) for state in states}

    assert found == {
        "closed": ["an"],
        "slip": ["anh"],
        "unposted": ["binh"],
        "quiet": ["chi"],
        "open": ["chi", "em"],
    }
    assert names(admin.get(f"{LIST}?q=le+van+an")) == ["an"]


@pytest.mark.parametrize("query", ["page=-1", "unit=999999", "role=emperor", "state=x", "page=abc"])
def test_a_forged_filter_or_page_still_shows_the_list(admin, query):
    response = admin.get(f"{LIST}?{query}")

    assert response.status_code == 200
    assert names(response) == ["em"]


def test_the_list_is_in_vietnamese_order(admin, units):
    for username, name in [("d1", "Đỗ Đức Đạt"), ("d2", "Lê Dũng"), ("a1", "Vũ Ánh")]:
        make_user(username, name, "officer", units.nam_da)

    assert names(admin.get(LIST)) == ["a1", "d2", "d1", "em"]


# --- a new account and its slip ---


def test_a_new_user_gets_a_slip_that_is_shown_once(admin, units, client):
    response = admin.post(ADD, new(units))

    password = response.context["password"]
    page = response.content.decode()
    assert password in page
    assert "hanh" in page
    assert "no-store" in response["Cache-Control"]
    assert User.objects.get(username="hanh").unit == units.nam_da
    assert password not in admin.get(page_of(User.objects.get(username="hanh"))).content.decode()


def test_the_password_of_the_slip_opens_the_sign_in(admin, units, client):
    password = admin.post(ADD, new(units)).context["password"]

    assert client.post("/sign-in/", {"login": "hanh", "password": password}).status_code == 302
    assert client.get("/").url == "/password/"


def test_the_password_of_the_slip_stands_in_no_session_and_no_audit_row(admin, units):
    password = admin.post(ADD, new(units)).context["password"]

    assert password not in str(dict(admin.session))
    assert not [row for row in AuditEvent.objects.values() if password in str(row)]


def test_a_form_sent_twice_makes_one_account(admin, units):
    admin.post(ADD, new(units))
    second = admin.post(ADD, new(units))

    assert second.status_code == 200
    assert "username" in second.context["form"].errors
    assert User.objects.filter(username="hanh").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "12 34"}, "full_name"),
        ({"full_name": "N" * 10_000_000}, "full_name"),
        ({"username": "Hạnh"}, "username"),
        ({"username": "h"}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "../etc"}, "username"),
        ({"phone": "=1+1"}, "phone"),
        ({"role": "emperor"}, "role"),
        ({"role": ""}, "role"),
        ({"unit": "999999"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"since": "31/02/2026"}, "since"),
        ({"since": "01/01/2020"}, "since"),
        ({"role": "helper"}, "organisation"),
        ({"organisation": "999999"}, "organisation"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_made(admin, units, changes, field):
    response = admin.post(ADD, new(units, **changes))

    assert list(response.context["form"].errors) == [field]
    assert not User.objects.filter(username="hanh").exists()


@pytest.mark.parametrize(("role", "place"), [("officer", "province"), ("chief", "cluster"), ("reviewer", "nam_da")])
def test_a_role_stands_at_a_unit_of_its_kind(admin, units, role, place):
    response = admin.post(ADD, new(units, role=role, unit=getattr(units, place).code))

    assert list(response.context["form"].errors) == ["unit"]


@pytest.mark.parametrize(
    ("role", "place"), [("reviewer", "cluster"), ("reviewer", "province"), ("administrator", "nam_da")]
)
def test_reviewers_stand_above_communes_and_administrators_anywhere(admin, units, role, place):
    admin.post(ADD, new(units, role=role, unit=getattr(units, place).code))

    assert User.objects.get(username="hanh").role == role


def test_markup_and_formulas_in_a_name_are_shown_as_they_are(admin, units):
    response = admin.post(ADD, new(units, full_name="<script>alert(1)</script>", rank="=1+1"))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.content.decode()


def test_the_user_name_is_kept_in_small_letters(admin, units):
    admin.post(ADD, new(units, username="HANH"))

    assert User.objects.filter(username="hanh").exists()


# --- one account ---


def test_the_page_of_a_user_counts_cases_and_names_nobody(admin, an, caseload):
    response = admin.get(page_of(an))

    assert response.context["account"].led == 1
    assert "Trần Văn Tám" not in response.content.decode()
    assert "Lê Văn An" not in response.content.decode().split("</title>")[0]


def test_a_correction_is_saved_and_said(admin, an):
    form = opened(admin, page_of(an, "edit/"))

    response = admin.post(page_of(an, "edit/"), {**form, "full_name": "Lê Văn Ân", "rank": ""}, follow=True)

    assert "Lê Văn Ân" in response.content.decode()
    assert User.objects.get(pk=an.pk).full_name == "Lê Văn Ân"


def test_a_correction_that_is_wrong_changes_nothing(admin, an):
    response = admin.post(page_of(an, "edit/"), {"full_name": " ", "rank": "", "phone": ""})

    assert "full_name" in response.context["form"].errors
    assert "Lê Văn An" in response.content.decode()


def test_a_reset_shows_a_new_slip_with_the_password_that_works(admin, an):
    response = admin.post(page_of(an, "reset/"))

    assert User.objects.get(pk=an.pk).check_password(response.context["password"])
    assert "no-store" in response["Cache-Control"]


def test_the_slip_shown_last_is_the_one_that_works(admin, an):
    admin.post(page_of(an, "reset/"))
    second = admin.post(page_of(an, "reset/"))

    assert User.objects.get(pk=an.pk).check_password(second.context["password"])


def test_a_reset_forgets_the_phone_where_that_is_ticked(admin, an):
    an.authenticator_set.create(type="totp", data={})
    assert "drop_codes" in admin.get(page_of(an, "reset/")).content.decode()

    admin.post(page_of(an, "reset/"), {"drop_codes": "on"})

    assert not an.authenticator_set.exists()


def test_an_administrator_is_told_where_the_own_password_is_changed(admin, em):
    response = admin.post(page_of(em, "reset/"), follow=True)

    assert response.redirect_chain[-1][0] == page_of(em)
    assert not User.objects.get(pk=em.pk).must_change_password


def test_a_new_posting_ends_the_old_one(admin, an, units):
    admin.post(page_of(an, "appoint/"), posting(units))

    assert User.objects.get(pk=an.pk).unit == units.krong_no
    assert an.postings.filter(until=None).count() == 1


def test_a_posting_that_leaves_cases_behind_is_refused_in_words(admin, an, units, caseload):
    response = admin.post(page_of(an, "appoint/"), posting(units))

    assert "Lê Văn An" in str(response.context["form"].non_field_errors())
    assert User.objects.get(pk=an.pk).unit == units.nam_da


def test_a_posting_before_the_open_one_is_an_error_at_its_day(admin, an, units):
    response = admin.post(page_of(an, "appoint/"), posting(units, since="01/07/2025"))

    assert list(response.context["form"].errors) == ["since"]


# --- closing and handing over ---


def test_closing_is_refused_while_cases_are_led_and_offers_the_hand_over(admin, an, caseload):
    response = admin.post(page_of(an, "deactivate/"))

    assert User.objects.get(pk=an.pk).is_active
    assert page_of(an, "hand-over/") in response.content.decode()
    assert "Trần Văn Tám" not in response.content.decode()


def test_the_caseload_goes_over_and_then_the_account_closes(admin, an, anh, caseload):
    admin.post(page_of(an, "hand-over/"), {"to": anh.pk})
    admin.post(page_of(an, "deactivate/"))

    assert caseload.groups.get().lead == anh
    assert not User.objects.get(pk=an.pk).is_active


def test_a_caseload_does_not_go_to_a_stranger_s_id(admin, an, anh, binh, caseload):
    response = admin.post(page_of(an, "hand-over/"), {"to": binh.pk})

    assert "to" in response.context["form"].errors
    assert caseload.groups.get().lead == an


def test_without_a_colleague_the_page_says_what_to_do(admin, an, caseload):
    assert ADD in admin.get(page_of(an, "hand-over/")).content.decode()


def test_without_cases_there_is_nothing_to_hand_over(admin, an, anh):
    response = admin.post(page_of(an, "hand-over/"), {"to": anh.pk})

    assert response.status_code == 200
    assert not AuditEvent.objects.filter(verb="group.lead_changed").exists()


def test_the_last_administrator_stays(admin, em):
    admin.post(page_of(em, "deactivate/"))

    assert User.objects.get(pk=em.pk).is_active


def test_a_closed_account_opens_again_and_asks_for_a_posting(admin, an, em):
    actions.user.deactivate(user=an, by=em, on=TODAY)

    response = admin.post(page_of(an, "activate/"))

    assert response.url == page_of(an, "appoint/")
    assert User.objects.get(pk=an.pk).is_active


@pytest.mark.parametrize("step", ["", "edit/", "reset/", "appoint/", "deactivate/", "activate/", "hand-over/"])
def test_pages_of_accounts_are_the_administrator_s_alone(admin, signed_in, an, anh, dung, giang, step):
    assert admin.get(page_of(an, step)).status_code == 200
    assert admin.get(f"/users/999999/{step}").status_code == 404
    for user in (an, anh, dung, giang):
        assert signed_in(user).get(page_of(an, step)).status_code == 403


@pytest.mark.parametrize("step", ["reset/", "deactivate/", "hand-over/"])
def test_a_step_is_not_taken_by_a_post_without_the_right(signed_in, an, anh, step):
    assert signed_in(anh).post(page_of(an, step)).status_code == 403
    assert User.objects.get(pk=an.pk).is_active
