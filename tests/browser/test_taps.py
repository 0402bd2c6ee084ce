"""How many taps and typed fields the work of an officer takes on a telephone, from the home page on.

A field that is typed counts as a tap too: the finger goes there. `pytest -s` prints the table of docs/benchmarks.md.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from cases import actions
from cases.models import Activity, Appointment, Assessment, JobCheck, PersonalTask, Returnee, Snooze
from tests.makers import TODAY, make_activity, make_meeting, make_paperwork, make_referral, make_returnee

pytestmark = pytest.mark.parametrize("size", ["phone"], indirect=True)
SAVE = "main .form-actions button"
LONG_AGO = TODAY - timedelta(days=40)
CROWD = 20


class Hand:
    """Taps and types, and counts both."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page
        self.taps = self.fields = 0

    def tap(self, target):
        self.taps += 1
        found = self.page.locator(target) if isinstance(target, str) else target
        found.locator("visible=true").first.tap()

    def go(self, target):
        with self.visitor.answered():
            self.tap(target)

    def write(self, name, text):
        self.taps += 1
        self.fields += 1
        self.page.fill(f"main [name={name}]", text)

    def write_next(self, name, text):
        """The key of the keyboard that leads to the next field is no tap on the page."""
        self.fields += 1
        self.page.fill(f"main [name={name}]", text)

    def row(self, name):
        return self.page.locator(".rows > .row", has_text=name).first

    def act(self, name, where=".row-actions a"):
        self.go(self.row(name).locator(where))

    def save(self):
        self.go(SAVE)


def one_visit(hand, _an):
    hand.act("Long")
    hand.save()
    return last_visit().entries.get().returnee == person("Long")


def two_people(hand, _an):
    hand.go(".bottombar-raised")
    for name in ("Long", "Lân"):
        hand.tap(hand.page.locator(".pick", has_text=name))
    hand.save()
    return last_visit().entries.count() == 2


def not_at_home(hand, _an):
    hand.act("Long")
    hand.tap(".segment-amber")
    hand.save()
    return last_visit().entries.get().outcome == "absent"


def visit_with_a_note_and_a_day(hand, _an):
    hand.act("Long")
    hand.write("note", "Muốn học nghề hàn")
    hand.tap(".segment:has([name=next_time][value=same])")
    hand.save()
    return Appointment.objects.count() == 1


def undone(hand, an):
    one_visit(hand, an)
    hand.taps = 0
    hand.go(".undo button")
    return last_visit().withdrawn_at is not None


def call(hand, _an):
    hand.act("Long", ".row-link")
    number = hand.page.locator("a[href^='tel:']").first
    assert number.bounding_box()["y"] < 740  # without a touch in between
    hand.taps += 1
    return number.get_attribute("href") == "tel:0912345678"


def found_by_name(hand, _an):
    hand.go(".bottombar-item[href='/people/']")
    hand.write("q", "lan")
    hand.taps += 1
    with hand.visitor.answered():
        hand.page.keyboard.press("Enter")
    hand.act("Lân", ".row-link")
    return "/people/" in hand.page.url


def put_off(hand, _an):
    hand.act("Long", ".duty-later")
    hand.write("reason", "Đi làm xa")
    hand.save()
    return Snooze.objects.count() == 1


def meeting_not_held(hand, an):
    make_activity(person("Long"), by=an, on=TODAY - timedelta(days=3))
    agreed = Appointment(returnee=person("Long"), kind="encouragement", on=TODAY - timedelta(days=2))
    actions.row.add(row=agreed, by=an)
    hand.page.reload()
    hand.act("Long", "a[href*='/missed/']")
    hand.write("reason", "Mưa lũ")
    hand.save()
    return Appointment.objects.filter(missed_reason="Mưa lũ").exists()


def step_of_a_paper(hand, an):
    make_activity(person("Long"), by=an)
    make_paperwork(returnee=person("Long"), by=an)
    hand.page.reload()
    if not hand.row("Long").is_visible():
        hand.tap(hand.page.locator(".fold-line", has_text="Giấy tờ"))
    hand.act("Long")
    hand.save()
    return person("Long").paperwork.get().submitted_on == TODAY


def check_of_a_job(hand, an):
    make_activity(person("Long"), by=an)
    referral = make_referral(returnee=person("Long"), by=an, referred_on=LONG_AGO)
    for state, ago in (("accepted", 39), ("started", 35)):
        day = TODAY - timedelta(days=ago)
        actions.employment.report_outcome(referral=referral, state=state, on=day, by=an)
    hand.page.reload()
    hand.act("Long")
    if not hand.page.locator("[name=still_working]:checked").count():
        hand.tap("label:has([name=still_working])")
    hand.save()
    return JobCheck.objects.count() == 1


def meeting_held(hand, an):
    for number in range(2 * CROWD):
        make_returnee(by=an, full_name=f"Phùng Thị Nụ {number:02d}", completed_on=TODAY, presented_on=TODAY)
    hand.go(".bottombar-raised")
    hand.go(".page-actions a")
    hand.write("place", "Nhà văn hóa")
    hand.write_next("topic", "Gặp gỡ quý")
    for box in range(CROWD):
        hand.tap(hand.page.locator(".pick").nth(box))
    hand.save()
    return len(Returnee.objects.filter(attendances__present=True)) == CROWD


def attendance_of_a_meeting(hand, an):
    invited = [make_returnee(by=an, full_name=f"Phùng Thị Nụ {number:02d}") for number in range(CROWD)]
    meeting = make_meeting(*invited, by=an)
    hand.visitor.open(reverse("meeting-detail", args=[meeting.pk]))
    hand.tap("[data-tick=all]")
    hand.save()
    return meeting.attendances.filter(present=True).count() == CROWD


def presented(hand, an):
    make_returnee(by=an, full_name="Tạ Đình Vui", presented=False, completed_on=TODAY - timedelta(days=5))
    hand.page.reload()
    if not hand.row("Vui").is_visible():
        hand.tap(hand.page.locator(".fold-line", has_text="Chưa trình diện"))
    hand.act("Vui")
    hand.go(".answers a")
    hand.save()
    return person("Vui").presented_on == TODAY


def new_file(hand, _an):
    hand.go(".bottombar-item[href='/people/']")
    hand.go(f"main a[href='{reverse('returnee-find')}']")
    hand.write("q", "Vương Bá Kiệt")
    hand.go("main form[role=search] button")
    hand.go("main a[href^='/people/add/'], main form[action^='/people/add/'] button")
    hand.write("born_on", "1990")
    hand.tap("label:has([name=sex][value=male])")
    hand.write("hamlet", "Thôn 3")
    hand.write("completed_on", "01062025")
    hand.save()
    return Returnee.objects.filter(full_name="Vương Bá Kiệt").exists()


def own_task(hand, an):
    task = PersonalTask(text="Xin bản sao", due_on=TODAY)
    actions.task.add(task=task, by=an)
    hand.page.reload()
    hand.act("Xin bản sao", "form button")
    return PersonalTask.objects.filter(done_on=TODAY).exists()


def assessed(hand, an):
    make_activity(person("Long"), by=an)
    hand.page.reload()
    if not hand.row("Long").is_visible():
        hand.tap(hand.page.locator(".fold-line", has_text="Phân loại"))
    hand.act("Long")
    hand.tap("label:has([name=group][value=B])")
    hand.write("reason", "Chưa có việc làm ổn định")
    hand.save()
    return Assessment.objects.count() == 1


TASKS = {  # what is done: the most taps, and the fields typed among them
    one_visit: (2, 0),
    two_people: (4, 0),
    not_at_home: (3, 0),
    visit_with_a_note_and_a_day: (4, 1),
    undone: (1, 0),
    call: (2, 0),
    found_by_name: (4, 1),
    put_off: (3, 1),
    meeting_not_held: (3, 1),
    step_of_a_paper: (3, 0),
    check_of_a_job: (3, 0),
    meeting_held: (24, 2),
    attendance_of_a_meeting: (2, 0),
    presented: (4, 0),
    new_file: (10, 4),
    own_task: (1, 0),
    assessed: (5, 1),
}


def last_visit():
    return Activity.objects.latest("pk")


def person(word):
    return Returnee.objects.get(full_name__endswith=word)


@pytest.fixture
def village(transactional_db, an):
    """Two people long not met."""
    for name in ("Quách Văn Long", "Quách Thị Lân"):
        one = make_returnee(by=an, full_name=name, hamlet="Thôn Nghĩa Hòa", phone="0912345678")
        make_activity(one, by=an, on=LONG_AGO)
    return an


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.__name__)
def test_the_work_of_every_day_takes_few_taps(task, village, visitor, capsys):
    visitor.sign_in("an")
    hand = Hand(visitor)
    done = task(hand, village)
    expect(visitor.page.locator(".invalid-feedback")).to_have_count(0)
    with capsys.disabled():
        print(f"\n| {task.__name__} | {hand.taps} | {hand.fields} |")
    assert done
    most, fields = TASKS[task]
    assert hand.taps <= most
    assert hand.fields <= fields
