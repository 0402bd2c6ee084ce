"""Tasks of one's own: on the home page from a week before, done in one tap, seen by nobody else."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent, PersonalTask
from tests.makers import TODAY, make_returnee
from tests.opened import opened

TEXT = "Xin bản sao giấy khai sinh của cháu"


def note(by, person=None, due_on=TODAY, every=""):
    task = PersonalTask(returnee=person, text=TEXT, due_on=due_on, every=every)
    return actions.task.add(task=task, by=by)


def test_it_is_noted_about_a_person_and_done_in_one_tap_from_the_home_page(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)
    url = f"{reverse('task-add')}?person={person.pk}"
    assert client.post(url, {**opened(client, url), "text": TEXT}).status_code == 302
    task = PersonalTask.objects.get()
    assert (task.owner, task.returnee, task.due_on) == (an, person, TODAY)

    done = reverse("task-finish", args=[task.pk])
    home = client.get(reverse("home")).content.decode()
    assert TEXT in home
    assert done in home
    for _time in range(2):
        assert client.post(done).status_code == 302

    assert TEXT not in client.get(reverse("home")).content.decode().replace(f"Đã xong: {TEXT}.", "")
    assert AuditEvent.objects.filter(verb="personaltask.done").count() == 1


def test_it_stands_on_the_home_page_from_a_week_before_its_day(an, signed_in):
    note(an, due_on=TODAY + timedelta(days=8))
    assert TEXT not in signed_in(an).get(reverse("home")).content.decode()

    PersonalTask.objects.update(first_on=TODAY, due_on=TODAY + timedelta(days=7))

    assert TEXT in signed_in(an).get(reverse("home")).content.decode()


def test_nobody_else_sees_it_and_the_log_says_only_that_it_is_there(an, anh, chi, signed_in):
    person = make_returnee(by=an)
    task = note(an, person)
    history = reverse("returnee-history", args=[person.pk])

    for other in (anh, chi):
        assert TEXT not in signed_in(other).get(history).content.decode()
    assert "Việc riêng" in signed_in(anh).get(history).content.decode()
    assert TEXT not in signed_in(anh).get(reverse("home")).content.decode()
    for page in (reverse("row-withdraw", args=["task", task.pk]), reverse("task-finish", args=[task.pk])):
        assert signed_in(anh).post(page, {"reason": "Nhầm"}).status_code == 404
    assert TEXT not in json.dumps(list(AuditEvent.objects.values()), default=str, ensure_ascii=False)


def test_a_task_about_somebody_who_was_handed_over_is_told_no_more(an, units):
    person = make_returnee(by=an)
    task, other = note(an, person), note(an)
    assert set(PersonalTask.objects.visible_to(an)) == {task, other}

    type(person).objects.filter(pk=person.pk).update(unit=units.krong_no)

    assert set(PersonalTask.objects.visible_to(an)) == {other}


def test_it_is_changed_by_its_owner_alone_and_counted_from_its_new_day(an, anh, signed_in):
    task, client = note(an, make_returnee(by=an), every="month"), signed_in(an)
    url, later = reverse("task-edit", args=[task.pk]), TODAY + timedelta(days=3)
    form = opened(client, url)

    assert client.post(url, {**form, "text": "Gọi cho cô giáo", "due_on": f"{later:%d/%m/%Y}"}).status_code == 302

    task.refresh_from_db()
    assert (task.text, task.due_on, task.first_on, task.every) == ("Gọi cho cô giáo", later, later, "month")
    assert url in client.get(reverse("task-list")).content.decode()
    assert signed_in(anh).get(url).status_code == 404
    assert "cô giáo" not in json.dumps(list(AuditEvent.objects.values()), default=str, ensure_ascii=False)


def test_what_another_device_of_the_owner_changed_meanwhile_is_shown(an, signed_in):
    url, client = reverse("task-edit", args=[note(an).pk]), signed_in(an)
    form = opened(client, url)
    client.post(url, {**opened(client, url), "text": "Gọi bằng máy bàn"})

    asked = client.post(url, {**form, "text": "Gọi bằng điện thoại"})

    assert [clash.theirs for clash in asked.context["form"].clashes] == ["Gọi bằng máy bàn"]


def test_what_is_done_is_changed_no_more(an, signed_in):
    task = note(an)
    actions.task.finish(task=task, on=TODAY, by=an)
    assert signed_in(an).get(reverse("task-edit", args=[task.pk])).status_code == 404


@pytest.mark.parametrize(
    ("every", "due", "on", "next_due"),
    [
        ("", date(2026, 3, 5), date(2026, 3, 5), None),
        ("week", date(2026, 3, 5), date(2026, 3, 5), date(2026, 3, 12)),
        ("week", date(2026, 3, 5), date(2026, 3, 3), date(2026, 3, 12)),
        ("week", date(2026, 3, 5), date(2026, 3, 12), date(2026, 3, 19)),
        ("week", date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 26)),
        ("month", date(2026, 2, 28), date(2026, 2, 28), date(2026, 3, 31)),
        ("quarter", date(2026, 1, 31), date(2026, 5, 2), date(2026, 7, 31)),
        ("year", date(2026, 1, 31), date(2026, 1, 30), date(2027, 1, 31)),
    ],
)
def test_what_comes_again_comes_on_its_own_day(every, due, on, next_due):
    first = date(2026, 1, 31) if every == "month" else due

    assert PersonalTask(due_on=due, first_on=first, every=every).next_due(on) == next_due


def test_a_recurring_task_stands_again_and_one_that_was_withdrawn_does_not(an, signed_in):
    person = make_returnee(by=an)
    task = note(an, person, every="month")
    signed_in(an).post(reverse("task-finish", args=[task.pk]))
    again = PersonalTask.objects.pending().get()
    assert (again.returnee, again.text, again.owner, again.every) == (person, TEXT, an, "month")
    assert again.due_on > TODAY

    gone = reverse("row-withdraw", args=["task", again.pk])
    assert signed_in(an).post(gone, {"reason": "Xong hẳn"}).status_code == 302

    assert not PersonalTask.objects.pending().exists()
