"""Đi thôn: locks, hints, and random hours of it in a real browser that is killed, signed out and cut off."""

import os
import random
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from cases import actions
from cases.models import Activity, ActivityEntry
from tests.browser import test_a_field_trip as trip
from tests.makers import TODAY

people, line, phone = trip.people, trip.line, trip.phone
SEED = os.environ.get("SEED") or str(random.randrange(10**6))
ZALO = "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36 Zalo android/12100743"


def test_not_opened_for_fourteen_days_it_opens_only_with_a_connection(phone, people, line):
    phone.mark()
    longest = int(timedelta(days=15).total_seconds() * 1000)
    phone.page.evaluate(f"() => TripVault.change({{ openedAt: Date.now() - {longest} }})")
    line.cut()
    phone.page.reload()
    expect(phone.page.locator("[data-part=stale]")).to_be_visible()
    assert phone.visitor.breaches() == []
    assert phone.page.locator("#pin").is_hidden()
    line.mend()
    phone.page.locator("[data-connect]").tap()
    expect(phone.page.locator("#pin")).to_be_visible()


def test_with_a_connection_the_server_is_asked_once_and_while_the_worker_still_starts(phone, people, line):
    phone.mark()
    phone.visitor.open(reverse("home"))
    line.asked = b""
    phone.visitor.open(reverse("returnee-list"))
    assert b"Service-Worker-Navigation-Preload: true" in line.asked
    assert line.asked.count(b"GET /people/ ") == 1


def test_signing_out_with_entries_that_are_not_sent_asks_first(phone, people, line):
    phone.mark()
    line.cut()
    phone.tap(f".trip-hamlet summary:has-text('{trip.HAMLET}')")
    phone.log(people[0], "met")
    phone.page.route("**/trip/entry/", lambda route: route.abort())
    line.mend()
    phone.visitor.open(reverse("home"))
    expect(phone.page.locator("[data-trip-bar]")).to_contain_text("1 mục trên máy này, chưa gửi")
    phone.page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    phone.page.wait_for_url("**/sign-out/")
    expect(phone.page.locator("main [data-with-unsent]")).to_be_visible()
    assert phone.visitor.breaches() == []
    assert Activity.objects.count() == 0
    phone.visitor.wrong.clear()


@pytest.mark.usefixtures("people")
def test_a_window_of_another_application_says_that_chrome_is_meant(browser, live_server):
    page = browser.new_context(user_agent=ZALO).new_page()
    page.goto(live_server.url + reverse("trip-shell"))
    expect(page.locator("[data-lacks=browser]")).to_contain_text("Chrome")
    expect(page.locator("[data-part=mark]")).to_be_hidden()
    page.context.close()


@pytest.mark.usefixtures("people")
def test_an_address_without_https_says_what_is_missing_and_nothing_else(
    browser_type, browser_type_launch_args, live_server, settings
):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "commune.test"]
    asked = [*browser_type_launch_args["args"], "--host-resolver-rules=MAP commune.test 127.0.0.1"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": asked})
    page = browser.new_page()
    page.goto(live_server.url.replace("localhost", "commune.test") + reverse("trip-shell"))
    expect(page.locator("[data-lacks=secure]")).to_contain_text("https")
    for other in ("worker", "store", "browser"):
        expect(page.locator(f"[data-lacks={other}]")).to_be_hidden()
    expect(page.locator("[data-part=mark]")).to_be_hidden()
    browser.close()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("gone", "lacks"), [("serviceWorker", "worker"), ("locks", "worker")])
def test_a_private_window_that_keeps_no_page_says_so_and_every_other_page_works(gone, lacks, visitor):
    """What a private window of another browser does without: a Chromium has all of it there too."""
    visitor.page.add_init_script(f"Object.defineProperty(Navigator.prototype, '{gone}', {{ value: undefined }})")
    visitor.sign_in("an")
    visitor.open(reverse("trip-show"))
    expect(visitor.page.locator(f"[data-lacks={lacks}]")).to_be_visible()
    expect(visitor.page.locator("[data-part=mark]")).to_be_hidden()
    assert visitor.breaches() == []
    assert visitor.open(reverse("activity-add")) == 200


def names_of_the_hamlet(phone):
    return phone.page.locator(f".trip-hamlet:has-text('{trip.HAMLET}') [data-person] [data-name]").all_inner_texts()


def test_the_houses_of_a_hamlet_stand_in_the_order_set_by_hand_also_after_a_restart(phone, people, line):
    """Two people of one house go together; what is kept of it is encrypted as the people are."""
    for one, house in zip(people, ("Nhà số 2", "Nhà số 9", "Nhà số 9"), strict=False):
        type(one).objects.filter(pk=one.pk).update(address=house)
    phone.mark()
    phone.tap(f".trip-hamlet summary:has-text('{trip.HAMLET}')")
    first = names_of_the_hamlet(phone)
    assert first.index(trip.NAMES[0]) < first.index(trip.NAMES[1])

    phone.tap(f"[data-person='{people[2].pk}'] [data-earlier]")

    moved = [trip.NAMES[1], trip.NAMES[2], trip.NAMES[0]]
    trip.wait_until(phone.page, lambda: [name for name in names_of_the_hamlet(phone) if name in moved] == moved)
    phone.kill()
    phone.start()
    line.cut()
    phone.visitor.open(reverse("trip-shell"))
    phone.open_hamlet()
    trip.wait_until(phone.page, lambda: [name for name in names_of_the_hamlet(phone) if name in moved] == moved)
    kept = phone.page.evaluate("async () => Object.keys(await TripStore.get('people', 'order')).sort()")
    assert kept == ["data", "iv"]
    phone.visitor.wrong.clear()


class Hours:
    """What may happen to a telephone; each word of `steps` is a method."""

    steps = ("log", "log", "log", "cut", "mend", "kill", "reload", "end_the_sign_in", "sign_in", "hand_somebody_over")

    def __init__(self, phone, people, line, by, far):
        self.phone, self.people, self.line, self.by, self.far = phone, people, line, by, far
        self.logged, self.gone, self.is_cut = [], set(), False

    def open(self):
        """At whatever address: the page of the device, opened with its PIN."""
        address = "trip-shell" if self.is_cut else "trip-show"
        self.phone.visitor.open(reverse(address))
        if "/sign-in/" in self.phone.page.url:
            self.phone.visitor.open(reverse("trip-shell"))
        self.phone.open_hamlet()

    def log(self, dice):
        if self.phone.page.locator(trip.OPEN).is_hidden():
            self.open()
        left = [one for one in self.people if one.pk not in self.logged]
        box = self.phone.page.locator(f"[data-person='{left[0].pk}']") if left else None
        if box is None or not box.count() or box.is_hidden():
            return
        self.phone.log(left[0], dice.choice(["met", "family", "absent"]))
        self.logged.append(left[0].pk)

    def cut(self, _dice):
        self.line.cut()
        self.is_cut = True

    def mend(self, _dice):
        self.line.mend()
        self.is_cut = False

    def kill(self, _dice):
        self.phone.kill()
        self.phone.start()

    def reload(self, _dice):
        self.phone.visitor.open(reverse("trip-shell"))

    def end_the_sign_in(self, _dice):
        self.phone.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    def sign_in(self, _dice):
        if not self.is_cut:
            self.phone.visitor.open(reverse("trip-show"))
            if "/sign-in/" in self.phone.page.url:
                self.phone.visitor.sign_in_by_form("an")

    def hand_somebody_over(self, _dice):
        if not self.gone:
            actions.returnee.hand_over(returnee=self.people[-1], to_unit=self.far, on=TODAY, by=self.by)
            self.gone = {self.people[-1].pk}


def test_however_the_hours_go_each_entry_is_there_once(phone, people, line, an, units):
    dice, here = random.Random(SEED), people[:-1]
    phone.mark()
    hours = Hours(phone, here, line, an, units.krong_no)
    done = []
    for _step in range(14):
        done.append(dice.choice(Hours.steps))
        getattr(hours, done[-1])(dice)
    hours.mend(dice)
    hours.end_the_sign_in(dice)
    hours.sign_in(dice)
    bar = phone.page.locator("[data-trip-bar]")
    trip.wait_until(phone.page, lambda: "chưa gửi" not in bar.inner_text() and "đang gửi" not in bar.inner_text())

    recorded = list(ActivityEntry.objects.values_list("returnee", flat=True))
    assert len(recorded) == len(set(recorded)), (SEED, done)
    assert set(recorded) >= set(hours.logged) - hours.gone, (SEED, done)
    refused = phone.page.evaluate("async () => (await TripOutbox.list()).filter(row => row.state === 'refused').length")
    assert len(recorded) + refused == len(hours.logged), (SEED, done)
    phone.visitor.wrong.clear()
