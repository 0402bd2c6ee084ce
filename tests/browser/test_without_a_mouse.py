"""The three forms of every day with the keyboard alone, and in a browser that runs no script."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases.models import Activity, Returnee
from tests.browser.conftest import Visitor
from tests.browser.screens import SIZES
from tests.makers import make_meeting, make_returnee

MOST_KEYS = 90
FOCUSED = "selector => document.activeElement.matches(selector)"


@pytest.fixture
def people(transactional_db, an):
    return [make_returnee(by=an, full_name=name) for name in ("Nguyễn Văn Hiền", "Lê Thị Đào")]


@pytest.fixture(params=["keyboard", "no script"])
def visitor(request, browser, live_server, people):
    plain = request.param == "no script"
    context = browser.new_context(viewport=SIZES["phone"], locale="vi-VN", java_script_enabled=not plain)
    someone = Visitor(context.new_page(), live_server.url)
    someone.keys = not plain
    someone.sign_in_by_form("an")
    yield someone
    assert someone.wrong == []
    context.close()


def reach(visitor, selector):
    """Tab by tab to what is asked for, from the top of the page."""
    for _key in range(MOST_KEYS):
        if visitor.page.evaluate(FOCUSED, selector):
            return
        visitor.page.keyboard.press("Tab")
    pytest.fail(f"no key leads to {selector}")


def press(visitor, selector, key="Space"):
    """With the keyboard: go there and press; without script: a tap where it is seen."""
    if visitor.keys:
        reach(visitor, selector)
        visitor.page.keyboard.press(key)
    else:
        found = visitor.page.locator(selector).first
        (found if found.evaluate("one => one.tagName") != "INPUT" else found.locator("xpath=..")).click()


def write(visitor, name, text):
    if visitor.keys:
        reach(visitor, f"[name={name}]")
        visitor.page.keyboard.type(text)
    else:
        visitor.page.fill(f"[name={name}]", text)


def save(visitor):
    with visitor.answered():
        press(visitor, "main .form-actions button", "Enter")


def test_a_visit_is_logged(visitor, people):
    visitor.open(reverse("activity-add"))
    press(visitor, f"[name=people][value='{people[1].pk}']")
    write(visitor, "note", "Muon hoc nghe")
    save(visitor)

    activity = Activity.objects.get()
    assert (activity.note, activity.entries.get().returnee) == ("Muon hoc nghe", people[1])


def test_attendance_is_taken(visitor, people, an):
    meeting = make_meeting(*people, by=an)
    visitor.open(reverse("meeting-detail", args=[meeting.pk]))
    press(visitor, f"[name=present][value='{people[0].pk}']")
    save(visitor)

    assert [row.returnee for row in meeting.attendances.filter(present=True)] == [people[0]]


def test_a_file_is_opened(visitor, people):
    visitor.open(f"{reverse('returnee-add')}?name=Y+Blu+Nie")
    press(visitor, "[name=sex][value=male]")
    write(visitor, "born_on", "1990")
    write(visitor, "hamlet", "Bon Choih")
    write(visitor, "completed_on", "31022025")
    save(visitor)
    expect(visitor.page).to_have_title(re.compile("^Lỗi: "))
    expect(visitor.page.locator(".errors")).to_be_focused()  # what to look at is read first

    visitor.page.fill("[name=completed_on]", "01062025")
    save(visitor)

    assert Returnee.objects.filter(full_name="Y Blu Nie", hamlet="Bon Choih").exists()
