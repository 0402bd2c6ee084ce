"""A right is no debt, a group meeting is no individual contact, and what is put off shows and can be lifted."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from cases import actions
from cases.law.duty_rules import RIGHTS, Bucket, Duty, DutyKind, DutyPerson
from cases.models import Activity, AuditEvent, SentForm, Snooze
from cases.reports.casefile import timeline
from cases.reports.casefile.file_rows import FileRows
from tests.makers import TODAY, make_activity, make_meeting, make_returnee, make_served

WHO = DutyPerson(pk=1, name="Nguyễn Văn Dũng", birth_year="1985", hamlet="", unit_id=1)
CATALOGUE = Path(__file__).resolve().parents[2] / "locale/vi/LC_MESSAGES/django.po"


def ago(days):
    return TODAY - timedelta(days=days)


def file_of(person, client):
    return client.get(reverse("returnee-detail", args=[person.pk])).content.decode()


@pytest.mark.parametrize("kind", DutyKind)
def test_only_what_is_owed_is_ever_overdue(kind):
    late = {"key": kind, "person": WHO, "on": TODAY, "earliest": ago(600), "latest": ago(539), "number": -539}
    for reason in ("record", "record_court"):
        duty = Duty(kind=kind, reason=reason, **late)
        assert (duty.bucket is Bucket.OVERDUE) is (kind not in RIGHTS)
        if kind in RIGHTS:
            for template in ("duty/_words.html", "duty/_reason.html", "duty/_window.html"):
                shown = render_to_string(template, {"duty": duty})
                assert "quá hạn" not in shown
                assert "brick" not in shown


@pytest.fixture
def cleared_long_ago(an):
    """The record could have been cleared 539 days ago, and somebody was here today."""
    person = make_returnee(by=an, completed_on=ago(539 + 730), presented_on=ago(539 + 728))
    make_served(returnee=person, by=an, done_on=ago(539 + 730))
    make_activity(person, by=an)
    return person


def test_a_right_open_for_long_stands_apart_on_the_file_without_a_word_of_debt(cleared_long_ago, an, signed_in):
    client = signed_in(an)
    page = file_of(cleared_long_ago, client)

    assert "ngày rồi" in page
    assert not re.search(r"xóa án tích[^<]*<small>quá hạn", page)
    home = client.get(reverse("home")).content.decode()
    assert "ngày rồi" in home
    assert "xóa án tích từ" in home


@pytest.fixture
def met_in_the_group_alone(an):
    person = make_returnee(by=an, completed_on=ago(60), presented_on=ago(60))
    make_activity(person, by=an, on=ago(44))
    make_meeting(person, by=an, on=ago(1), present=[person])
    return person


def test_whoever_came_to_a_group_meeting_is_told_as_not_met_individually(met_in_the_group_alone, an, signed_in):
    page = file_of(met_in_the_group_alone, signed_in(an))

    assert "44 ngày chưa gặp riêng" in page
    assert f"dự gặp gỡ định kỳ ngày {ago(1):%d/%m/%Y}" in page
    (gap,) = timeline.events(FileRows(met_in_the_group_alone), an, TODAY, "missed")
    assert "44 ngày không gặp riêng" in gap.title
    assert f"Có dự gặp gỡ định kỳ: {ago(1):%d/%m/%Y}" in gap.note


def test_no_text_says_not_met_where_not_met_individually_is_meant():
    said = re.findall(r"([Cc]hưa (?:được )?gặp|ngày không gặp)(?! riêng)", CATALOGUE.read_text(encoding="utf-8"))

    assert said == []


@pytest.fixture
def put_off(an):
    person = make_returnee(by=an, completed_on=ago(60), presented_on=ago(60))
    facts = {"returnee": person, "duty": "contact", "since": ago(5), "until": TODAY + timedelta(days=9)}
    return actions.row.add(row=Snooze(**facts, reason="Đi làm ở Bình Dương"), by=an)


def test_what_is_put_off_stands_on_the_file_with_day_and_reason(put_off, an, chi, signed_in):
    said = f"Đang hoãn đến {put_off.until:%d/%m/%Y}, lý do: Đi làm ở Bình Dương"
    lift = reverse("snooze-lift", args=[put_off.pk])

    assert [word in file_of(put_off.returnee, signed_in(an)) for word in (said, lift)] == [True, True]
    assert [word in file_of(put_off.returnee, signed_in(chi)) for word in (said, lift)] == [True, False]


def test_a_duty_put_off_stands_again_once_that_is_lifted(put_off, an, signed_in):
    client = signed_in(an)
    for _twice in range(2):
        assert client.post(reverse("snooze-lift", args=[put_off.pk])).status_code == 302

    put_off.refresh_from_db()
    assert (put_off.until, put_off.withdrawn_at) == (ago(1), None)
    assert AuditEvent.objects.filter(verb="duty.resumed", actor_id=an.pk).count() == 1
    page = file_of(put_off.returnee, client)
    assert ("Đang hoãn" in page, "60 ngày, chưa gặp riêng lần nào" in page) == (False, True)


def test_what_is_lifted_on_the_same_day_was_not_put_off(an):
    person = make_returnee(by=an)
    until = TODAY + timedelta(days=7)
    snooze = actions.activity.snooze(returnee=person, duty="contact", since=TODAY, until=until, reason="Ốm", by=an)

    assert actions.activity.lift(snooze=snooze, on=TODAY, by=an).withdrawn_at is not None


def test_a_device_is_told_of_the_entries_its_user_recorded_and_of_no_others(an, anh, signed_in):
    mine, other = make_activity(make_returnee(by=an), by=an), make_activity(make_returnee(by=an), by=anh)
    assert SentForm.objects.filter(uid=mine.uid).exists()
    asked = [str(mine.uid), str(other.uid), str(uuid4()), "x"]

    answer = signed_in(an).get(reverse("draft-recorded"), {"uid": asked})

    assert answer.json() == {"recorded": [str(mine.uid)], "unseen": []}
    actions.activity.withdraw(activity=Activity.objects.get(pk=mine.pk), by=an, reason="Nhầm")
    assert signed_in(an).get(reverse("draft-recorded"), {"uid": asked}).json()["recorded"] == [str(mine.uid)]
