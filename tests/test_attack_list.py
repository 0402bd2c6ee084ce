"""What other systems for such files had to mend after an attack, tried here one by one: a sentence for each."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse

from cases import actions
from cases.access import roles
from cases.access.permissions import Permission
from cases.models import (
    ArrivalAnswer,
    AuditEvent,
    GroupMember,
    HelperGroup,
    ImportRun,
    Notice,
    Returnee,
    Snooze,
    Transfer,
    User,
)
from cases.models.scope import ScopedQuerySet
from tests import test_access as access
from tests.conftest import StrictClient
from tests.makers import (
    TODAY,
    make_campaign,
    make_group,
    make_notice,
    make_referral,
    make_returnee,
    make_sent,
    make_transfer,
    make_unit,
    make_user,
)
from tests.opened import opened

world = access.world
pytestmark = pytest.mark.both

SENT = {name: (names, view) for name, names, view in access.routes() if "POST" in getattr(view, "methods", ())}
ACTING = {name: (names, view) for name, (names, view) in SENT.items() if not view.as_file}
LOGGED = {"auditevent", "listexport", "sentform"}
DAY = f"{TODAY:%d/%m/%Y}"


def stored():
    """Everything in the database but what tells that a page was read or refused."""
    models = [each for each in apps.get_app_config("cases").get_models() if each._meta.model_name not in LOGGED]
    found = {}
    for model in models:
        names = [each.attname for each in model._meta.concrete_fields if each.attname != "last_login"]
        found[model.__name__] = list(model._base_manager.order_by("pk").values_list(*names))
    return found


@pytest.fixture
def elsewhere(units):
    """A chief of another commune and a reviewer of another province, who may do what those of the file may."""
    far = make_unit(kind="province", code="66", name="Tỉnh Đắk Lắk")
    commune = make_unit(kind="commune", code="24175", name="Xã Ea Drăng", parent=far)
    return [
        make_user("khoa", "Lâm Văn Khoa", "chief", commune),
        make_user("loan", "Mai Thị Loan", "reviewer", far),
    ]


@pytest.fixture
def boss(units):
    """The chief of the commune next door."""
    return make_user("boss", "Hoàng Thị Tám", "chief", units.krong_no)


# --- a referral is changed by nobody it was not sent to ---


def test_no_row_of_a_file_is_changed_by_a_chief_or_a_reviewer_of_elsewhere(world, elsewhere, signed_in):
    before, wrong = stored(), []
    for user in elsewhere:
        client = signed_in(user)
        for route, (names, _view) in ACTING.items():
            if {"pk", "returnee_pk"} & set(names):
                url = reverse(route, kwargs=access.arguments(route, names, world))
                if (status := client.post(url, {"reason": "Cho tôi", "on": DAY}).status_code) not in (403, 404):
                    wrong.append((user.username, route, status))

    assert wrong == []
    assert stored() == before


@pytest.mark.parametrize("direction", ["offered", "requested"])
def test_a_handover_is_answered_by_the_chief_who_was_asked_and_taken_back_by_who_proposed(
    direction, an, anh, binh, boss, chi, dung, em, giang, elsewhere, units, signed_in
):
    person = make_returnee(by=an)
    if direction == "offered":
        transfer, asked_one, proposers = make_transfer(returnee=person, to_unit=units.krong_no, by=an), boss, {an, anh}
    else:
        about = {"returnee": person, "to_unit": units.krong_no, "number": "067085000123", "on": TODAY}
        about |= {"reason": "Ở nhà vợ", "sender_name": "Bình", "sender_phone": "0912345678"}
        transfer = actions.transfer.request(transfer=Transfer(**about), on=TODAY, by=binh)
        asked_one, proposers = anh, {binh, boss}
    may = {"accept": {asked_one}, "refuse": {asked_one}, "withdraw": proposers}

    for user in (an, anh, binh, boss, chi, dung, em, giang, *elsewhere):
        for step, those in may.items():
            if user not in those:
                client = signed_in(user)
                answer = client.post(reverse(f"transfer-{step}", args=[transfer.pk]), {"reason": "Tôi", "on": DAY})
                assert answer.status_code in (403, 404), (user, step)

    transfer.refresh_from_db()
    assert (transfer.state, transfer.steps.count()) == ("open", 1)


def test_an_arrival_is_answered_by_the_commune_it_was_sent_to_alone(an, binh, boss, elsewhere, signed_in):
    person = make_notice(by=an).returnee

    for user in (binh, boss, *elsewhere):
        for kind in ("arrived", "not_here", "wrong_commune", "died"):
            url = reverse("arrival-answer", args=[person.pk, kind])
            sent = {"uid": uuid.uuid4(), "on": DAY, "note": "x", "named_unit": "24688"}
            assert signed_in(user).post(url, sent).status_code in (403, 404)

    assert not ArrivalAnswer.objects.exists()


def test_a_report_is_accepted_or_given_back_by_the_level_it_was_sent_to_alone(
    an, anh, boss, elsewhere, units, signed_in
):
    submission = make_campaign(unit=units.cluster, by=an).submissions.get(unit=units.nam_da)
    make_sent(submission=submission, by=anh)
    before = stored()

    for user in (an, anh, boss, *elsewhere):
        for step in ("accept", "give-back"):
            url = reverse(f"submission-{step}", args=[submission.pk])
            assert signed_in(user).post(url, {"comment": "x", "reason": "x"}).status_code in (403, 404)

    assert stored() == before


# --- nobody is assigned who has no access, and nothing is chosen that one does not see ---


@pytest.fixture
def without_access(an, anh, binh, chi, dung, em, giang, units):
    """Nobody of them may lead a case of Nam Đà today."""
    closed = make_user("cu", "Hà Văn Cũ", "officer", units.nam_da)
    actions.user.deactivate(user=closed, by=em, on=TODAY)
    left = make_user("di", "Hà Văn Đi", "officer", units.nam_da)
    actions.user.withdraw_posting(posting=left.posting, on=TODAY - timedelta(days=1), by=em)
    later = make_user("mai", "Hà Thị Mai", "officer", units.nam_da, since=TODAY + timedelta(days=9))
    return [binh, chi, dung, em, giang, closed, left, later]


def pages_with_forms(world, visitors):
    """Each page that offers a form, with who opened it and every form on it."""
    for route, (names, _view) in ACTING.items():
        if route in access.POSTED:
            continue
        user, client = visitors[access.who_may(route)]
        page = client.get(reverse(route, kwargs=access.arguments(route, names, world)))
        context = page.context or {}
        for name in ("form", "rows", "formset"):
            if form := context.get(name):
                yield route, user, [form] if hasattr(form, "fields") else list(getattr(form, "forms", ()))


def offered(world, visitors):
    """Every choice among rows that a page offers: the page, the user, the field, the rows."""
    for route, user, forms in pages_with_forms(world, visitors):
        for form in forms:
            for name, field in form.fields.items():
                if isinstance(rows := getattr(field, "queryset", None), QuerySet):
                    yield route, user, name, rows


@pytest.fixture
def visitors(anh, chi, em, signed_in):
    return {name: (user, signed_in(user)) for name, user in (("anh", anh), ("chi", chi), ("em", em))}


def test_no_form_offers_a_row_or_a_colleague_whom_its_user_has_nothing_to_do_with(
    world, without_access, binh, visitors, units
):
    make_returnee(by=binh, full_name="Người Xã Khác")
    wrong, asked_for = set(), set()
    for route, user, name, rows in offered(world, visitors):
        asked_for.add(rows.model.__name__)
        if isinstance(rows, ScopedQuerySet):
            foreign = rows.exclude(pk__in=rows.model.objects.visible_to(user).values("pk"))
            wrong |= {(route, name)} if foreign.exists() else set()
        elif rows.model is User:
            helps = name == "user"
            allowed = {"giang"} if helps else {"an", "anh"}
            wrong |= {(route, name, each.username) for each in rows if each.username not in allowed}

    assert wrong == set()
    assert {"Returnee", "User", "Organisation", "Employer"} <= asked_for


def test_a_case_is_given_to_nobody_who_may_not_lead_it(an, anh, em, without_access, signed_in):
    group = make_group(returnee=make_returnee(by=an), lead=an)
    ways = [
        (anh, "group-lead", group.pk, "lead"),
        (anh, "group-form", group.returnee_id, "lead"),
        (anh, "caseload-share", an.pk, "takers"),
        (em, "user-hand-over", an.pk, "to"),
    ]
    for who, route, pk, field in ways:
        client, url = signed_in(who), reverse(route, args=[pk])
        for user in without_access:
            typed = {"reason": "Giao", "since": DAY, "uid": uuid.uuid4(), "confirm": "1", field: [user.pk]}
            rows = {"members-TOTAL_FORMS": "0", "members-INITIAL_FORMS": "0"}
            assert field in client.post(url, {**typed, **rows}).context["form"].errors, (route, user)

    assert set(HelperGroup.objects.values_list("lead", flat=True)) == {an.pk}


def test_no_account_is_linked_as_a_helper_but_that_of_a_helper_of_the_commune(an, em, without_access, units, signed_in):
    group, client = make_group(returnee=make_returnee(by=an), lead=an), signed_in(an)
    far = make_user("hue", "Đinh Thị Huệ", "helper", units.krong_no, organisation="women")
    gone = make_user("gai", "Đinh Thị Gái", "helper", units.nam_da, organisation="women")
    actions.user.deactivate(user=gone, by=em, on=TODAY)
    url = reverse("group-member-add", args=[group.pk])

    for user in (far, gone, *[each for each in without_access if each.username != "giang"]):
        answer = client.post(url, {**opened(client, url), "name": "Ai", "user": user.pk})
        assert "user" in answer.context["form"].errors, user

    assert not GroupMember.objects.exists()


def test_who_is_announced_is_given_to_nobody_without_access(an, without_access):
    notice = make_notice(by=an, assign=True).returnee.notices.get()

    assert notice.assigned_to == an
    assert not Notice.objects.filter(assigned_to__in=without_access).exists()


# --- each action has a permission of its own, and a form changes what it shows ---


def test_each_action_asks_for_its_own_permission_and_no_other_opens_it(world, visitors, monkeypatch):
    whole, wrong = dict(roles.ROLES), []
    for route, (names, view) in ACTING.items():
        if view.permission == Permission.HOME:
            continue
        user, client = visitors[access.who_may(route)]
        without = replace(whole[user.role], permissions=whole[user.role].permissions - {view.permission})
        monkeypatch.setitem(roles.ROLES, user.role, without)
        url = reverse(route, kwargs=access.arguments(route, names, world))
        if {client.post(url).status_code} | ({client.get(url).status_code} if "GET" in view.methods else set()) != {
            403
        }:
            wrong.append(route)
        monkeypatch.setitem(roles.ROLES, user.role, whole[user.role])

    assert wrong == []


def test_who_has_no_permission_for_an_action_changes_nothing_by_sending_it(world, an, chi, em, giang, signed_in):
    before = stored()
    for user in (an, chi, em, giang):
        client = signed_in(user)
        for route, (names, view) in ACTING.items():
            if not user.may(view.permission):
                url = reverse(route, kwargs=access.arguments(route, names, world))
                assert client.post(url, {"reason": "Tôi", "on": DAY}).status_code == 403, (user, route)

    assert stored() == before


STAMPS = {"changed_at", "changed_by_id", "search_text", "sort_key"}
TAKES_ATTENDANCE = "meeting-detail"  # that it was taken is what its form is for


def test_a_form_changes_no_field_that_it_does_not_show(world, visitors, chi):
    """State, unit, who approved and when: what an action decides is not typed into the form of another."""
    wrong, tried = [], set()
    for route, user, forms in pages_with_forms(world, visitors):
        row = getattr(forms[0], "instance", None) if forms else None
        if row is None or row._state.adding or route == TAKES_ATTENDANCE:
            continue
        hidden = [each for each in row._meta.concrete_fields if each.name not in forms[0].fields]
        names = [each.attname for each in hidden if each.attname not in STAMPS]
        url = reverse(route, kwargs=access.arguments(route, SENT[route][0], world))
        client = next(client for who, client in visitors.values() if who == user)
        was = type(row)._base_manager.values_list(*names).get(pk=row.pk)
        forced = {each.name: chi.pk if each.is_relation else DAY for each in hidden}
        client.post(url, {**forced, **opened(client, url), "reason": "Sửa"})
        if type(row)._base_manager.values_list(*names).get(pk=row.pk) != was:
            wrong.append(route)
        tried.add(route)

    assert wrong == []
    assert {"returnee-edit", "judgment-edit", "employer-edit", "user-edit"} <= tried


# --- failed sign-ins fill no log ---


def guess(username, address, password="sai-mat-khau"):
    return StrictClient(REMOTE_ADDR=address).post("/sign-in/", {"login": username, "password": password})


def test_names_that_are_guessed_leave_no_more_than_some_lines(db):
    for number in range(150):
        guess(f"ai{number}", "10.1.1.1")

    assert AuditEvent.objects.count() <= 40


def test_behind_many_guesses_the_failures_at_an_account_that_exists_are_still_told(an):
    for number in range(60):
        guess(f"ai{number}", "10.1.1.1")

    guess("an", "10.1.1.1")

    assert AuditEvent.objects.filter(verb="user.sign_in_failed", label="an").count() == 1
    assert AuditEvent.objects.filter(verb="user.sign_ins_unlisted").count() == 1


def test_the_right_password_of_a_closed_account_tried_again_and_again_fills_no_log(an, em):
    actions.user.deactivate(user=an, by=em, on=TODAY)
    before = AuditEvent.objects.count()

    for _time in range(30):
        guess("an", "10.1.1.1", "mot-mat-khau-dai-2026")

    assert AuditEvent.objects.count() - before <= 15


def test_a_page_asked_for_without_a_sign_in_fills_no_log(world):
    before = AuditEvent.objects.count()
    client = StrictClient(enforce_csrf_checks=True)
    for route, (names, _view) in ACTING.items():
        client.post(reverse(route, kwargs=access.arguments(route, names, world)))

    assert AuditEvent.objects.count() - before <= 1


# --- what somebody began whose account is closed ---


@pytest.fixture
def closed(an, em):
    """An's account is closed; the cases were handed over before."""

    def close():
        actions.user.deactivate(user=an, by=em, on=TODAY)

    return close


def test_an_offer_of_somebody_whose_account_was_closed_is_taken_back_by_a_colleague(an, anh, units, closed, signed_in):
    transfer = make_transfer(returnee=make_returnee(by=an), to_unit=units.krong_no, by=an)
    closed()

    signed_in(anh).post(reverse("transfer-withdraw", args=[transfer.pk]), {"reason": "Cán bộ đã chuyển"})

    transfer.refresh_from_db()
    assert transfer.state == "withdrawn"


def test_a_referral_and_a_delay_of_somebody_whose_account_was_closed_are_ended_by_a_colleague(
    an, anh, closed, signed_in
):
    referral = make_referral(returnee=make_returnee(by=an), by=an)
    snooze = Snooze(returnee=referral.returnee, duty="group", since=TODAY, until=TODAY, reason="Đi làm xa")
    snooze = actions.row.add(row=snooze, by=an)
    closed()

    client = signed_in(anh)
    client.post(reverse("row-withdraw", args=["referral", referral.pk]), {"reason": "Không còn"})
    client.post(reverse("snooze-lift", args=[snooze.pk]))

    for row in (referral, snooze):
        row.refresh_from_db()
        assert row.withdrawn_at, row


def test_a_helper_whose_account_was_closed_sees_nobody_and_is_taken_out_of_the_group(an, em, giang, signed_in):
    group = make_group(returnee=make_returnee(by=an), lead=an, members=[("women", giang)])
    client = signed_in(giang)
    actions.user.deactivate(user=giang, by=em, on=TODAY)

    signed_in(an).post(reverse("group-member-end", args=[group.members.get().pk]), {"on": DAY})

    assert client.get(reverse("returnee-list")).status_code == 302
    assert not Returnee.objects.visible_to(User.objects.get(pk=giang.pk)).exists()
    assert group.members.get().until == TODAY


def test_a_workbook_that_somebody_left_behind_whose_account_was_closed_is_not_kept(world, an, em, closed):
    HelperGroup.objects.update(until=TODAY)
    assert ImportRun.objects.filter(created_by=an, content__isnull=False).exists()

    closed()

    assert not ImportRun.objects.filter(created_by=an, content__isnull=False).exists()
    assert not ImportRun.objects.filter(created_by=an, rows__isnull=False).exists()
