"""Five files a week to be talked over: why each is there, whom a reply reaches, and that it is sent once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.access.roles import Role
from cases.models import Need, PersonalTask, Unit
from cases.reports.dashboard import coaching
from cases.reports.dashboard.coaching import CoachingRule
from tests.makers import TODAY, make_activity, make_group, make_referral, make_returnee, make_unit, make_user

LONG_AGO = TODAY - timedelta(days=70)


@pytest.fixture
def led(an):
    """Somebody An leads, not met for 70 days."""
    person = make_returnee(by=an, full_name="Ba Lặng")
    make_activity(person, by=an, on=LONG_AGO)
    make_group(returnee=person, lead=an)
    return person


def rules(user, on=TODAY):
    return {each.person.full_name: each.rule for each in coaching.queue(user, on)}


def met_today(an, name):
    person = make_returnee(by=an, full_name=name)
    make_activity(person, by=an)
    return person


def test_each_rule_finds_its_files_and_nobody_else(an, chi, led):
    need, working = met_today(an, "Bốn Cần"), met_today(an, "Năm Làm")
    for person, days in ((need, 60), (working, 59)):
        since = TODAY - timedelta(days=days)
        row = Need(returnee=person, pathway="papers", text="Căn cước", state_on=since)
        actions.row.add(row=row, by=an)
    half_a_year = TODAY - timedelta(days=180)
    make_referral(returnee=working, by=an, referred_on=half_a_year, started_on=half_a_year)

    assert rules(chi) == {
        "Ba Lặng": CoachingRule.SILENT,
        "Bốn Cần": CoachingRule.NEED,
        "Năm Làm": CoachingRule.PRAISE,
    }


def test_three_visits_that_met_nobody_are_a_reason_of_their_own(an, chi):
    person, other = (make_returnee(by=an, full_name=name) for name in ("Sáu Vắng", "Bảy Vắng"))
    for each, visits in ((person, 3), (other, 2)):
        make_activity(each, by=an, on=LONG_AGO)
        for back in range(visits):
            make_activity(each, by=an, on=TODAY - timedelta(days=10 + back), outcome="absent")

    assert rules(chi) == {person.full_name: CoachingRule.FAILED, other.full_name: CoachingRule.SILENT}


def test_there_are_five_a_week_the_same_all_week_and_others_the_next(an, chi):
    for number in range(12):
        make_activity(make_returnee(by=an, full_name=f"Người {number}"), by=an, on=LONG_AGO)
    monday = TODAY - timedelta(days=TODAY.weekday())

    weeks = [set(rules(chi, monday + timedelta(days=days))) for days in (0, 6, 7)]

    assert [len(each) for each in weeks] == [5, 5, 5]
    assert weeks[0] == weeks[1] != weeks[2]


def test_a_reply_is_a_task_of_whoever_leads_the_case_and_is_sent_once(an, chi, led, signed_in):
    client, url = signed_in(chi), reverse("coaching-reply", args=[led.pk])

    for _twice in range(2):
        client.post(url, {"reply": "meet"})

    task = PersonalTask.objects.get()
    assert (task.owner, task.created_by, task.due_on) == (an, chi, TODAY + timedelta(days=7))
    home = signed_in(an).get("/").content.decode()
    assert "Đề nghị gặp riêng trong vòng một tuần" in home
    assert f"{chi.full_name} đề nghị" in home
    assert [each.task for each in coaching.queue(chi, TODAY)] == [task]


def test_where_nobody_leads_the_chief_hears_it(an, anh, chi):
    person = make_returnee(by=an)

    assert coaching.recipient_of(chi, person, TODAY) == anh


def test_who_asked_sees_that_it_was_done(an, chi, led, signed_in):
    client = signed_in(chi)
    client.post(reverse("coaching-reply", args=[led.pk]), {"reply": "family"})
    signed_in(an).post(reverse("task-finish", args=[PersonalTask.objects.get().pk]))

    assert f"xong ngày {TODAY:%d/%m/%Y}" in client.get(reverse("coaching-list")).content.decode()


@pytest.mark.parametrize("sent", [{}, {"reply": "x" * 300}, {"reply": ""}])
def test_what_is_no_reply_is_refused_in_words(chi, led, signed_in, sent):
    page = signed_in(chi).post(reverse("coaching-reply", args=[led.pk]), sent, follow=True)

    assert "Chưa gửi gì" in page.content.decode()
    assert not PersonalTask.objects.exists()


def test_at_the_ministry_nobody_is_named(units, led, signed_in):
    ministry = make_unit(kind="ministry", code="BCA", name="Bộ Công an", valid_from=date(2004, 1, 1))
    Unit.objects.filter(pk=units.province.pk).update(parent=ministry)
    hoa = make_user("hoa", "Huỳnh Thị Hòa", Role.REVIEWER, ministry)

    assert led.full_name not in signed_in(hoa).get(reverse("coaching-list")).content.decode()
    signed_in(hoa).post(reverse("coaching-reply", args=[led.pk]), {"reply": "meet"})
    assert not PersonalTask.objects.exists()
    assert reverse("coaching-list") not in signed_in(hoa).get("/").content.decode()


def test_an_empty_week_says_so(chi, signed_in):
    assert "Tuần này không có hồ sơ cần trao đổi" in signed_in(chi).get(reverse("coaching-list")).content.decode()
