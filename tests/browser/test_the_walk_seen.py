"""The walk of an officer, page by page as it is met: signing in, the day, a visit and its confirmation, a file.

Opened lists, refused forms and answers of a search stand on no page of their own; each is looked at in every way.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases import actions
from cases.models import PersonalTask, SafetyFlag, SensitiveNote
from tests.browser.ways import ALL, UNFOLD, faults
from tests.makers import (
    PASSWORD,
    TODAY,
    make_activity,
    make_group,
    make_judgment,
    make_meeting,
    make_paperwork,
    make_returnee,
    make_transfer,
)

pytestmark = pytest.mark.parametrize("size", ["phone"], indirect=True)
LONG = "K'Brôih Tiêng Nguyễn Thị Phương Thảo"
SAVE = "main .form-actions button"


@pytest.fixture
def village(transactional_db, units, an, binh):
    """People long not met, one of whom has everything in the file; a file is offered, a task is due."""
    an.set_password(PASSWORD)
    an.save()
    people = [make_returnee(by=an, full_name=LONG, hamlet="Thôn Nghĩa Hòa", phone="0912345678")]
    people += [make_returnee(by=an, full_name=f"Tạ Thị Nụ {number}", hamlet="Bon Choih") for number in range(3)]
    for one in people:
        make_activity(one, by=an, on=TODAY - timedelta(days=41))
        make_paperwork(returnee=one, by=an)
    first = people[0]
    make_group(returnee=first, lead=an)
    make_judgment(returnee=first, by=an)
    make_meeting(*people, by=an, on=TODAY + timedelta(days=3))
    rows = (
        SafetyFlag(returnee=first, kind="threatened", reason="Chủ nợ cũ đến nhà", since=TODAY),
        SensitiveNote(returnee=first, text="Đang tránh mặt chủ nợ"),
    )
    for row in rows:
        actions.row.add(row=row, by=an)
    actions.task.add(task=PersonalTask(text="Xin bản sao giấy khai sinh ở xã cũ", due_on=TODAY), by=an)
    make_transfer(returnee=make_returnee(by=binh, full_name="Y Bhăm"), to_unit=an.unit, by=binh)
    return first


class Walk:
    """What was at fault on the way so far."""

    def __init__(self, visitor):
        self.visitor, self.page, self.wrong = visitor, visitor.page, []

    def look(self, what, unfolded=False):
        if unfolded:
            self.page.evaluate(UNFOLD)
        self.wrong += faults(self.visitor, what, ALL)

    def go(self, path, what, unfolded=False):
        self.visitor.open(path)
        self.look(what, unfolded)

    def press(self, selector, what):
        with self.visitor.answered():
            self.page.locator(selector).first.click()
        self.look(what)


@pytest.fixture
def walk(visitor):
    return Walk(visitor)


@pytest.mark.usefixtures("village")
def test_signing_in_and_the_day_are_whole_in_every_way_to_look_at_them(walk):
    walk.go(reverse("account_login"), "sign-in")
    walk.page.fill("[name=login]", "an")
    walk.page.fill("[name=password]", "sai")
    walk.press("main button[type=submit]", "sign-in refused")
    walk.visitor.sign_in("an")
    walk.look("home")
    walk.look("home, opened", unfolded=True)
    walk.go(f"{reverse('home')}?list=hamlets", "by hamlet", unfolded=True)
    walk.page.evaluate("document.querySelector('details.more').open = true")
    walk.look("more places")
    walk.go(reverse("task-list"), "tasks")
    walk.go(reverse("task-add"), "a task")
    walk.press(SAVE, "a task refused")
    walk.go("/nowhere/", "no such page")
    walk.visitor.wrong = [said for said in walk.visitor.wrong if "404" not in said]
    assert walk.wrong == []


def test_a_visit_and_a_search_are_whole_in_every_way_to_look_at_them(walk, village):
    walk.visitor.sign_in("an")
    walk.go(reverse("activity-add"), "quick log", unfolded=True)
    walk.press(SAVE, "quick log refused")
    walk.visitor.open(f"{reverse('activity-add')}?person={village.pk}")
    walk.press(SAVE, "visit recorded")
    expect(walk.page.locator(".undo")).to_be_visible()
    walk.go(f"{reverse('returnee-list')}?q=nu", "people found", unfolded=True)
    walk.go(f"{reverse('returnee-list')}?q=khongcoai", "nobody found")
    walk.go(f"{reverse('returnee-find')}?q=Ta Thi Nu", "likely on file")
    walk.go(f"{reverse('returnee-add')}?name=Tạ Thị Nụ", "new file")
    walk.press(SAVE, "new file refused")
    assert walk.wrong == []


def test_every_part_of_a_file_is_whole_in_every_way_to_look_at_it(walk, village):
    walk.visitor.sign_in("an")
    walk.visitor.open(reverse("returnee-detail", args=[village.pk]))
    tabs = walk.page.locator("nav.tabs a").evaluate_all("all => all.map(one => one.pathname)")
    assert len(tabs) > 9
    for tab in tabs:
        walk.go(tab, f"file {tab.strip('/').rpartition('/')[2]}", unfolded=True)
    assert walk.wrong == []


def test_lists_and_forms_of_the_commune_are_whole_in_every_way_to_look_at_them(walk, village):
    walk.visitor.sign_in("an")
    for route in ("meeting-list", "meeting-record", "paperwork-list", "transfer-list", "sign-in-list", "trip-show"):
        walk.go(reverse(route), route)
    for route in ("returnee-edit", "note-add", "safety-add"):
        walk.go(reverse(route, args=[village.pk]), route)
    meeting, paper = village.attendances.get().meeting, village.paperwork.get()
    walk.go(reverse("meeting-detail", args=[meeting.pk]), "a meeting")
    walk.go(reverse("paperwork-step", args=[paper.pk]), "a step of a paper, and its photograph")
    assert walk.wrong == []
