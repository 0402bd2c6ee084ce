"""Đi thôn in a real browser: taken along, written without a network, killed in the middle, sent once."""

import os
import random
import signal
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error, expect

from cases import actions
from cases.lib.text import match_key
from cases.models import Activity, ActivityEntry, Attendance, Device, JobCheck, PaperworkRequest, Returnee
from tests.browser.conftest import Visitor
from tests.browser.line import Line
from tests.browser.screens import SIZES
from tests.browser.served import Served
from tests.makers import PASSWORD, TODAY, make_meeting, make_paperwork, make_referral, make_returnee

PIN = "482915"
HAMLET = "Bon Choih"
NAMES = (
    "Lê Văn Sáu",
    "Đỗ Thị Bảy",
    "K'Brôih Tiêng",
    "Hồ Văn Tám",
    "Y Thương Niê",
    "Mai Thị Chín",
    "Vũ Ích Mười",
    "Lý Á",
)
NUMBER = "0987654321"
STORES = {"IndexedDB", "Local Storage", "Session Storage", "Service Worker", "Cache", "CacheStorage"}
SENT = b"POST /trip/entry/"
OPEN = "[data-part=open]"
OUTCOMES = ("met", "met", "met", "family", "family", "absent", "absent")
SAID = {"met": "Gặp được", "family": "Gặp gia đình", "absent": "Vắng nhà"}


@pytest.fixture
def people(transactional_db, an):
    an.set_password(PASSWORD)
    an.save()
    far = make_returnee(by=an, full_name="Phan Thị Xa", hamlet="Thôn Xa")
    return [make_returnee(by=an, full_name=name, hamlet=HAMLET, phone="0912345678") for name in NAMES] + [far]


class Phone:
    """A telephone with a browser that keeps what it stores, whose process is killed, and on which taps are counted."""

    def __init__(self, browser_type, launch, folder, line):
        self.browser_type, self.launch, self.folder, self.line = browser_type, launch, folder, line
        self.taps = 0
        self.start()

    def start(self):
        self.context = self.browser_type.launch_persistent_context(
            self.folder, **self.launch, viewport=SIZES["phone"], locale="vi-VN", has_touch=True
        )
        self.page = self.context.pages[0]
        self.visitor = Visitor(self.page, self.line.url)

    def kill(self):
        """SIGKILL to the browser of this folder and to nothing else, as an empty battery does."""
        mark = f"--user-data-dir={self.folder}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "cmdline").read_bytes().split(b"\0"):
                    os.kill(int(process.name), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError):
                continue
        try:
            self.context.close()
        except Error:
            pass  # gone already

    def tap(self, selector):
        self.taps += 1
        self.page.locator(selector).first.tap()

    def type_pin(self, pin=PIN):
        self.page.fill("#pin", pin)
        self.tap("[data-unlock] [type=submit]")

    def mark(self):
        self.visitor.sign_in_by_form("an")
        self.visitor.open(reverse("trip-show"))
        self.mark_here()

    def mark_here(self):
        self.page.fill("#new-pin", PIN)
        self.page.fill("#same-pin", PIN)
        self.page.click("[data-mark] [type=submit]")
        expect(self.page.locator(OPEN)).to_be_visible()
        expect(self.page.locator("[data-count-people]")).to_have_text("9", timeout=30_000)
        self.page.evaluate("async () => { await navigator.serviceWorker.ready }")

    def open_hamlet(self):
        self.type_pin()
        expect(self.page.locator(OPEN)).to_be_visible()
        self.tap(f".trip-hamlet summary:has-text('{HAMLET}')")

    def log(self, person, outcome):
        self.tap(f"[data-person='{person.pk}'] [data-outcome={outcome}]")
        expect(self.page.locator(f"[data-person='{person.pk}'] [data-done]")).to_have_text(f"{SAID[outcome]} ✓")

    def states(self):
        return self.page.locator("[data-entry-list] [data-state]").all_inner_texts()


@pytest.fixture
def line(live_server):
    one = Line(live_server.url)
    yield one
    one.close()


@pytest.fixture
def phone(people, browser_type, browser_type_launch_args, tmp_path, line):
    one = Phone(browser_type, browser_type_launch_args, str(tmp_path / "phone"), line)
    yield one
    one.kill()


@pytest.fixture
def served(people, tmp_path):
    one = Served(tmp_path)
    yield one
    one.kill()


@pytest.fixture
def far_phone(served, browser_type, browser_type_launch_args, tmp_path):
    """A telephone whose server is a process of its own."""
    line = Line(served.url)
    one = Phone(browser_type, browser_type_launch_args, str(tmp_path / "phone"), line)
    yield one
    one.kill()
    line.close()


def wait_until(page, is_so):
    for _ in range(1200):  # a minute: on a busy machine sending takes a while
        if is_so():
            return
        page.wait_for_timeout(50)
    raise AssertionError("It did not come to that.")


def in_clear(folder, words):
    """Which of the words stand in what the browser stored, as bytes of any of its files."""
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    stores = [path for path in files if STORES & set(path.parts)]
    raw = b"".join(path.read_bytes() for path in stores)
    spelt = {word: [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be")] for word in words}
    return {word for word, ways in spelt.items() if any(way in raw for way in ways)}


def log_eight(phone, people, line):
    """Three met, two families, two not at home, one new number; the browser is killed after the fourth and the last."""
    *visited, eight, _far = people
    line.cut()
    phone.visitor.open(reverse("returnee-list"))  # any link: the kept page opens in its place
    phone.open_hamlet()
    for person, outcome in zip(visited[:4], OUTCOMES[:4], strict=True):
        phone.log(person, outcome)
    assert phone.visitor.breaches() == []
    phone.kill()

    phone.start()
    phone.visitor.open(reverse("trip-show"))
    phone.open_hamlet()
    for person, outcome in zip(visited[4:], OUTCOMES[4:], strict=True):
        phone.log(person, outcome)
    phone.tap(f"[data-person='{eight.pk}'] [data-new-phone]")
    phone.page.fill(f"[data-person='{eight.pk}'] [data-number]", "0987 654 321")
    phone.tap(f"[data-person='{eight.pk}'] [data-phone] [type=submit]")
    expect(phone.page.locator("[data-entry-list] > li")).to_have_count(8)


def lose_an_answer(phone, line, served):
    """The first entry is recorded, the answer is lost, and the browser is killed while it waits for it."""
    line.mend()
    line.loses = SENT
    phone.start()
    phone.visitor.sign_in_by_form("an")
    wait_until(phone.page, lambda: served.count("cases_activity") == 1)
    phone.kill()
    line.mend()


def lose_the_server(phone, line, served):
    """The first entry is told to be recorded; the server dies while it takes in the second, and comes back."""
    line.first = SENT, served.hold
    phone.start()
    phone.visitor.sign_in_by_form("an")
    expect(phone.page.locator("[data-trip-bar]")).to_contain_text("1 mục đang gửi")
    wait_until(phone.page, lambda: SENT in line.asked)
    phone.page.wait_for_timeout(500)
    served.kill()
    served.let_go()
    expect(phone.page.locator("[data-trip-bar]")).to_contain_text("8 mục trên máy này, chưa gửi")
    assert served.count("cases_activity") == 1
    served.start()
    phone.visitor.wrong.clear()  # the browser tells of each request that nobody answered


def test_eight_people_of_a_hamlet_are_logged_without_a_network_and_recorded_once(far_phone, people, served, an):
    phone, line = far_phone, far_phone.line
    phone.mark()
    assert phone.visitor.breaches() == []

    log_eight(phone, people, line)
    wait_until(phone.page, lambda: set(phone.states()) == {"Trên máy này"})
    assert phone.taps <= 26
    phone.kill()
    assert in_clear(phone.folder, [*NAMES, HAMLET, NUMBER, "0912345678"]) == set()
    assert in_clear(phone.folder, ["waiting"]) == {"waiting"}  # the state is: this reads what is stored
    assert served.count("cases_activity") == 0

    lose_an_answer(phone, line, served)
    lose_the_server(phone, line, served)
    phone.visitor.open(reverse("home"))
    eighth = "SELECT 1 FROM cases_returnee WHERE id = ? AND phone_key = ?"
    (digest, *_older_keys) = Returnee._meta.get_field("phone").digests(NUMBER)
    wait_until(phone.page, lambda: served.rows(eighth, people[7].pk, digest))

    told = """SELECT entry.returnee_id, entry.outcome, activity."on", activity.place, activity.created_by_id
        FROM cases_activityentry entry JOIN cases_activity activity ON activity.id = entry.activity_id
        ORDER BY entry.id"""
    expected = [(person.pk, how, f"{TODAY}", "home", an.pk) for person, how in zip(people, OUTCOMES, strict=False)]
    assert [(who, how, f"{on}", place, by) for who, how, on, place, by in served.rows(told)] == expected
    expect(phone.page.locator("[data-trip-bar]")).to_be_hidden()


def spellings(count, dice):
    """Names of Vietnam and of the highlands as they are typed anywhere: apart, in capitals, with marks of old fonts."""
    words = " ".join([*NAMES, "Nguyễn Trần Đặng Quý Thúy Lữ Ngọc Ðào Kỳ H’Mơi Thảo Ưng"]).split()
    ways = (str, str.upper, str.lower, lambda name: unicodedata.normalize("NFD", name), lambda name: f" {name}\u200b ")
    for _ in range(count):
        yield dice.choice(ways)(dice.choice("  \t ").join(dice.choices(words, k=dice.randint(1, 5))))


def test_a_name_is_searched_on_the_device_as_the_server_searches_it(phone):
    phone.visitor.open(reverse("trip-shell"))
    names = list(dict.fromkeys(spellings(50_000, random.Random(7))))
    folded = phone.page.evaluate("names => names.map(fold)", names)

    assert [pair for pair in zip(names, folded, strict=True) if pair[1] != match_key(pair[0])] == []
    assert phone.visitor.breaches() == []


def test_five_wrong_pins_wipe_the_people_and_no_entry(phone, people, line):
    phone.mark()
    line.cut()
    phone.tap(f".trip-hamlet summary:has-text('{HAMLET}')")
    phone.log(people[0], "met")
    phone.page.reload()
    for left in ("4", "3", "2", "1"):
        phone.type_pin("000001")
        expect(phone.page.locator("[data-unlock-error]")).to_contain_text(left)
    phone.type_pin("000001")
    expect(phone.page.locator("[data-part=wiped]")).to_be_visible()
    assert phone.page.evaluate("async () => (await TripStore.all('people')).length") == 0
    expect(phone.page.locator("[data-trip-bar]")).to_contain_text("1 mục trên máy này, chưa gửi")

    line.mend()
    phone.visitor.open(reverse("home"))
    wait_until(phone.page, lambda: Activity.objects.count() == 1)
    assert ActivityEntry.objects.get().returnee == people[0]


def test_a_device_taken_off_is_wiped_without_a_sign_in(phone, an):
    phone.mark()
    device = Device.objects.get()
    actions.device.revoke(device=device, by=an, now=timezone.now())
    phone.context.clear_cookies()
    phone.visitor.open(reverse("trip-shell"))

    expect(phone.page.locator("[data-part=wiped]")).to_be_visible()
    assert phone.page.evaluate("async () => (await TripStore.all('people')).length") == 0


def test_a_refused_entry_keeps_its_text_and_is_mended_in_its_place(phone, people, line, an, units):
    phone.mark()
    line.cut()
    phone.tap(f".trip-hamlet summary:has-text('{HAMLET}')")
    phone.log(people[0], "met")
    person = people[0]
    person.completed_on = person.presented_on = TODAY - timedelta(days=1)
    actions.returnee.correct(returnee=person, by=an)
    mend = phone.page.locator("[data-entry-list] > li").first
    mend.locator("[data-mend]").tap()
    mend.locator("[data-value=on]").fill(f"{TODAY - timedelta(days=9):%d/%m/%Y}")
    mend.locator("[data-mend-form] [type=submit]").tap()
    line.mend()
    phone.page.evaluate("() => TripSend()")
    expect(phone.page.locator("[data-why]")).not_to_be_empty()
    assert phone.states() == ["Cần xem lại"]

    mend.locator("[data-mend]").tap()
    mend.locator("[data-value=on]").fill(f"{TODAY:%d/%m/%Y}")
    mend.locator("[data-mend-form] [type=submit]").tap()
    wait_until(phone.page, lambda: Activity.objects.count() == 1)
    expect(phone.page.locator("[data-entry-list] [data-state]")).to_have_text("Đã ghi nhận")
    assert Activity.objects.get().on == TODAY


def agreed_and_begun(an, person):
    """A paper under way, a job that is asked about, a meeting that was held yesterday."""
    make_paperwork(returnee=person, by=an)
    referral = make_referral(returnee=person, by=an, referred_on=TODAY - timedelta(days=40))
    for state, ago in (("accepted", 39), ("started", 35)):
        day = TODAY - timedelta(days=ago)
        actions.employment.report_outcome(referral=referral, state=state, on=day, by=an)


def test_a_paper_a_job_and_a_meeting_take_a_tap_or_two_a_person_without_a_network(phone, people, line, an):
    person, *others, _far = people
    agreed_and_begun(an, person)
    make_meeting(*people[:4], by=an, on=TODAY - timedelta(days=1))
    phone.mark()
    line.cut()
    phone.tap(f".trip-hamlet summary:has-text('{HAMLET}')")
    row = f"[data-person='{person.pk}']"
    phone.taps = 0
    phone.tap(f"{row} [data-paper]")
    phone.tap(f"{row} [data-still=no]")
    assert phone.taps == 2
    phone.tap("[data-meeting] summary")
    for one in people[:3]:
        phone.tap(f"[data-meeting] [data-invited] input[value='{one.pk}']")
    phone.tap("[data-meeting] [data-others] summary")
    phone.tap(f"[data-meeting] [data-others] input[value='{people[7].pk}']")
    assert phone.visitor.breaches() == []
    phone.tap("[data-meeting] [type=submit]")
    assert phone.taps == 2 + 7
    wait_until(phone.page, lambda: phone.states() == ["Trên máy này"] * 3)

    line.mend()
    phone.page.evaluate("() => TripSend()")
    wait_until(phone.page, lambda: phone.states() == ["Đã ghi nhận"] * 3)
    assert PaperworkRequest.objects.get().submitted_on == TODAY
    assert JobCheck.objects.get().still_working is False
    came = Attendance.objects.filter(present=True).values_list("returnee", flat=True)
    assert set(came) == {one.pk for one in (*people[:3], people[7])}


def test_who_was_handed_over_is_left_out_of_an_entry_and_named_no_more(phone, people, line, an, units):
    phone.mark()
    line.cut()
    phone.tap(f".trip-hamlet summary:has-text('{HAMLET}')")
    for one in people[:2]:
        phone.tap(f"[data-person='{one.pk}'] [data-pick]")
    phone.tap("[data-several] [data-outcome=met]")
    wait_until(phone.page, lambda: phone.states() == ["Trên máy này"])
    actions.returnee.hand_over(returnee=people[0], to_unit=units.krong_no, on=TODAY, by=an)
    line.mend()
    phone.page.evaluate("() => TripSend()")
    wait_until(phone.page, lambda: phone.states() == ["Cần xem lại"])
    phone.tap("[data-refresh]")
    entry = phone.page.locator("[data-entry-list] > li")
    expect(entry.locator("[data-said]")).to_have_text(f"{NAMES[1]}, …")
    entry.locator("[data-mend]").tap()
    assert phone.visitor.breaches() == []
    entry.locator("[data-whom] input").last.uncheck()
    entry.locator("[data-mend-form] [type=submit]").tap()
    wait_until(phone.page, lambda: phone.states() == ["Đã ghi nhận"])
    assert ActivityEntry.objects.get().returnee == people[1]


def test_what_a_page_keeps_of_a_form_is_read_by_nobody_who_has_the_device_alone(phone, people, line):
    phone.mark()
    phone.visitor.open(reverse("activity-add", query={"person": people[0].pk}))
    phone.page.fill("[name=note]", "Muốn học nghề hàn")
    listed = phone.page.locator("[data-drafts] ul li")
    kept = "() => Drafts.all().length && Object.keys(localStorage).some(key => key.startsWith('draft:'))"
    wait_until(phone.page, lambda: phone.page.evaluate(kept))
    phone.visitor.open(reverse("home"))
    expect(listed).to_contain_text("Muốn học nghề hàn")
    phone.page.wait_for_timeout(6000)  # so long a browser waits until what it stores is on the disk
    phone.kill()
    assert in_clear(phone.folder, [*NAMES, "nghề hàn", "học nghề", HAMLET]) == set()
    assert in_clear(phone.folder, ["draft:"]) == {"draft:"}

    phone.start()
    phone.visitor.sign_in_by_form("an")
    expect(phone.page.locator("[data-drafts] ul li")).to_contain_text("Muốn học nghề hàn")


def test_entries_leave_a_device_as_a_file_and_the_chief_takes_it_in_once(
    phone, people, line, anh, browser, live_server
):
    phone.mark()
    line.cut()
    phone.tap(f".trip-hamlet summary:has-text('{HAMLET}')")
    phone.log(people[0], "met")
    phone.page.reload()  # locked: what is not sent leaves without the PIN
    phone.tap("[data-with-unsent] summary")
    with phone.page.expect_download() as saving:
        phone.page.locator("[data-leave]").tap()
    path = phone.folder + "/di-thon.txt"
    saving.value.save_as(path)
    assert not [word for word in (*NAMES, HAMLET) if word in Path(path).read_text(encoding="utf-8")]
    assert phone.visitor.breaches() == []

    chief = Visitor(browser.new_context(viewport=SIZES["phone"]).new_page(), live_server.url)
    chief.sign_in("anh")
    for said in ("Đã ghi nhận", "Đã ghi nhận từ trước"):
        chief.open(reverse("trip-file"))
        assert chief.breaches() == []
        chief.page.set_input_files("[name=file]", path)
        with chief.answered():
            chief.page.click(".form-actions button")
        assert chief.page.locator(".chip").all_inner_texts() == [said]
        assert chief.breaches() == []
    chief.page.context.close()
    line.mend()
    phone.visitor.open(reverse("home"))
    expect(phone.page.locator("[data-trip-bar]")).to_be_hidden()
    assert Activity.objects.count() == 1
