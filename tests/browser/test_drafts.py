"""What is typed outlives a reload and a lost connection: one draft an entry, gone once the entry is recorded."""

import json

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from cases import actions
from cases.models import Activity, ActivityEntry, Returnee
from tests.makers import PASSWORD, make_returnee

KEYS = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"
ALL = "() => Drafts.ready.then(() => Drafts.all().map(({ key, ...draft }) => draft))"
LISTED = "[data-drafts] ul li"


def drafts(visitor):
    return visitor.page.evaluate(ALL)


def wait_until(visitor, is_so):
    """The page's own rules forbid playwright to wait inside of it."""
    for _ in range(100):
        if is_so():
            return
        visitor.page.wait_for_timeout(50)
    raise AssertionError(drafts(visitor))


def wait_for_the_draft(visitor, word):
    wait_until(visitor, lambda: any(word in json.dumps(kept, ensure_ascii=False) for kept in drafts(visitor)))


@pytest.fixture
def people(transactional_db, an):
    return [make_returnee(by=an, full_name=name) for name in ("Lê Văn Sáu", "Đỗ Thị Bảy")]


@pytest.fixture
def quick_log(people, visitor):
    """The quick log of officer An, the first person chosen, a note typed."""
    visitor.sign_in("an")
    visitor.open(f"{reverse('activity-add')}?person={people[0].pk}")
    type_note(visitor, "Muốn học nghề hàn")
    return visitor


def type_note(visitor, text):
    visitor.page.fill("[name=note]", text)
    wait_for_the_draft(visitor, text)


def press(visitor):
    visitor.page.click(".form-actions button >> nth=0")


def save(visitor):
    with visitor.answered():
        press(visitor)


def note(visitor):
    return visitor.page.input_value("[name=note]")


def choose(visitor, person):
    visitor.page.evaluate("for (const one of document.querySelectorAll('form.quick details')) one.open = true")
    visitor.page.check(f"input[data-person='{person.pk}']", force=True)


def chosen(visitor):
    boxes = "[...document.querySelectorAll('input[data-person]:checked')].map(box => Number(box.value))"
    return visitor.page.evaluate(boxes)


def offline(visitor, is_offline=True):
    visitor.page.context.set_offline(is_offline)


def open_draft(visitor, name):
    visitor.page.click(f"{LISTED}:has-text('{name}') a")
    visitor.page.wait_for_selector("[data-notice=back]")


def test_a_reload_brings_it_back_and_it_can_be_discarded(quick_log):
    quick_log.page.reload()
    assert note(quick_log) == "Muốn học nghề hàn"
    quick_log.page.click("[data-notice=back] [data-discard]")
    assert (note(quick_log), drafts(quick_log)) == ("", [])


def test_saving_ends_the_draft(quick_log):
    address = quick_log.page.url
    save(quick_log)
    assert Activity.objects.count() == 1
    assert drafts(quick_log) == []
    quick_log.page.goto(address)
    assert note(quick_log) == ""


def test_two_entries_without_a_connection_are_two_drafts_and_later_two_records(quick_log, people):
    first, second = people
    quick_log.page.goto(quick_log.page.url.split("?")[0])
    choose(quick_log, first)
    type_note(quick_log, "Muốn học nghề sơn")
    offline(quick_log)
    press(quick_log)
    expect(quick_log.page.locator("[data-offline]")).to_be_visible()
    expect(quick_log.page.locator("[name=note]")).to_have_value("")
    assert chosen(quick_log) == []
    choose(quick_log, second)
    type_note(quick_log, "Cần làm căn cước")
    press(quick_log)
    expect(quick_log.page.locator("[name=note]")).to_have_value("")
    assert Activity.objects.count() == 0

    offline(quick_log, False)
    for name, person in (("sơn", first), ("căn cước", second)):
        open_draft(quick_log, name)
        assert chosen(quick_log) == [person.pk]
        save(quick_log)
        quick_log.open(reverse("activity-add"))

    recorded = ActivityEntry.objects.values_list("returnee", "activity__note")
    assert set(recorded) == {(first.pk, "Muốn học nghề sơn"), (second.pk, "Cần làm căn cước")}
    assert [draft["words"] for draft in drafts(quick_log)] == ["Muốn học nghề hàn"]


def test_a_second_page_does_not_take_over_the_people_or_the_note_of_the_first(quick_log, people):
    quick_log.open(f"{reverse('activity-add')}?person={people[1].pk}")
    assert (chosen(quick_log), note(quick_log)) == ([people[1].pk], "")
    type_note(quick_log, "Đã nộp hồ sơ")

    kept = {tuple(draft["people"]): draft["words"] for draft in drafts(quick_log)}
    assert kept == {(f"{people[0].pk}",): "Muốn học nghề hàn", (f"{people[1].pk}",): "Đã nộp hồ sơ"}


def test_a_draft_of_today_opened_days_later_is_of_the_day_it_was_typed(quick_log):
    earlier = "draft => (draft.values.find(([name]) => name === 'shown_on')[2] = '01/03/2026', draft)"
    change = f"for (const {{ key, ...draft }} of Drafts.all()) await Drafts.write(key, ({earlier})(draft))"
    quick_log.open(reverse("home"))  # the form keeps its draft once more when it is left
    quick_log.page.evaluate(f"async () => {{ await Drafts.ready; {change} }}")
    quick_log.open(reverse("home"))
    open_draft(quick_log, "Lê Văn Sáu")

    assert quick_log.page.input_value("[name=on]") == "01/03/2026"
    assert quick_log.page.is_checked("[name=when][value=other]")


def test_drafts_are_listed_on_home_and_in_the_file_of_their_person_alone(quick_log, people):
    for address, count in (
        (reverse("home"), 1),
        (reverse("returnee-detail", args=[people[0].pk]), 1),
        (reverse("returnee-work", args=[people[0].pk]), 1),
        (reverse("returnee-detail", args=[people[1].pk]), 0),
    ):
        quick_log.open(address)
        assert quick_log.page.locator(LISTED).count() == count, address
        assert quick_log.sees("1 bản nháp chưa lưu") is bool(count)

    quick_log.open(reverse("home"))
    assert "Lê Văn Sáu" in quick_log.page.inner_text(LISTED)
    assert quick_log.breaches() == []
    open_draft(quick_log, "Lê Văn Sáu")
    assert (chosen(quick_log), note(quick_log)) == ([people[0].pk], "Muốn học nghề hàn")


def test_a_draft_names_nobody_whose_file_is_elsewhere_since(quick_log, people, units):
    Returnee.objects.filter(pk=people[0].pk).update(unit=units.krong_no)

    quick_log.open(reverse("home"))
    wait_until(quick_log, lambda: "Lê Văn Sáu" not in json.dumps(drafts(quick_log), ensure_ascii=False))

    assert "Lê Văn Sáu" not in quick_log.page.inner_text(LISTED)
    assert "Muốn học nghề hàn" in quick_log.page.inner_text(LISTED)


def test_a_draft_is_discarded_from_the_list_by_a_second_press(quick_log):
    quick_log.open(reverse("home"))
    quick_log.page.click(f"{LISTED} [data-discard]")
    assert len(drafts(quick_log)) == 1
    quick_log.page.click(f"{LISTED} [data-discard]")
    assert drafts(quick_log) == []
    assert quick_log.page.locator("[data-drafts]").is_hidden()


def test_the_draft_of_another_form_of_the_file_is_listed_there_too(people, visitor):
    visitor.sign_in("an")
    visitor.open(reverse("need-add", args=[people[0].pk]))
    visitor.page.fill("[name=text]", "Chưa có chỗ ở")
    wait_for_the_draft(visitor, "chỗ ở")
    visitor.open(reverse("returnee-detail", args=[people[0].pk]))
    open_draft(visitor, "Lê Văn Sáu")
    assert visitor.page.input_value("[name=text]") == "Chưa có chỗ ở"


def test_signing_out_with_drafts_asks_first_and_then_takes_them_off_the_device(quick_log):
    quick_log.page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    quick_log.page.wait_for_url("**/sign-out/")
    assert quick_log.sees("1 bản nháp chưa lưu")
    assert len(drafts(quick_log)) == 1
    quick_log.page.click("form.confirm button")
    quick_log.page.wait_for_url("**/sign-in/**")
    assert quick_log.page.evaluate(KEYS) == []


def test_without_drafts_signing_out_asks_nothing(transactional_db, an, visitor):
    visitor.sign_in("an")
    visitor.page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    visitor.page.wait_for_url("**/sign-in/**")


def test_a_draft_recorded_although_the_answer_was_lost_is_gone(quick_log):
    quick_log.page.route("**/log/**", lambda route: (route.fetch(), route.abort()))
    with quick_log.page.expect_event("requestfailed"):
        quick_log.page.click(".form-actions button >> nth=0", no_wait_after=True)
    quick_log.page.unroute("**/log/**")
    assert Activity.objects.count() == 1
    quick_log.open(reverse("home"))
    wait_until(quick_log, lambda: drafts(quick_log) == [])
    assert quick_log.page.locator("[data-drafts]").is_hidden()
    quick_log.wrong = [said for said in quick_log.wrong if "ERR_FAILED" not in said]


def test_another_user_of_the_same_device_neither_sees_nor_ends_a_draft(quick_log, binh):
    quick_log.page.context.clear_cookies()
    quick_log.sign_in("binh")
    assert quick_log.page.locator("[data-drafts]").is_hidden()
    quick_log.page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
    quick_log.page.wait_for_url("**/sign-in/**")
    quick_log.sign_in("an")
    assert quick_log.page.locator(LISTED).count() == 1


@pytest.mark.parametrize("next_one", ["an", "binh"])
def test_an_entry_sent_after_the_sign_in_had_ended_stays_a_draft_whoever_signs_in_next(quick_log, binh, next_one):
    page = quick_log.page
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.click(".form-actions button >> nth=0")
    page.wait_for_url("**/sign-in/**")
    page.fill("[name=login]", next_one)
    page.fill("[name=password]", PASSWORD)
    with quick_log.answered():
        page.click("main button[type=submit]")

    assert "/log/" in page.url
    assert len(page.evaluate(KEYS)) == 1  # encrypted with a key that whoever else signs in is not given
    assert [kept["words"] for kept in drafts(quick_log)] == (["Muốn học nghề hàn"] if next_one == "an" else [])
    assert next_one != "an" or note(quick_log) == "Muốn học nghề hàn"


def test_a_draft_of_the_earlier_kind_and_an_old_one_are_carried_over(quick_log, people, an):
    page = reverse("activity-add") + f"?person={people[0].pk}"
    values = [["uid", None, "0b0e6c0a-1111-4222-8333-444455556666"], ["people", f"{people[0].pk}", True]]
    earlier = {"at": 1_600_000_000_000, "values": [*values, ["note", None, "Từ máy cũ"]]}
    write = "([key, draft]) => { localStorage.clear(); localStorage.setItem(key, JSON.stringify(draft)) }"
    quick_log.open(reverse("home"))  # a form that is left keeps its own draft
    quick_log.page.evaluate(write, [f"draft:{an.pk}:quick-log-{people[0].pk}-:{page}", earlier])

    quick_log.open(reverse("home"))
    quick_log.page.click(f"{LISTED} a")
    quick_log.page.wait_for_selector("[data-notice=back]")
    assert (note(quick_log), chosen(quick_log)) == ("Từ máy cũ", [people[0].pk])
    save(quick_log)
    assert str(Activity.objects.get().uid) == values[0][2]


def test_a_device_full_of_drafts_says_so_and_drops_none(quick_log, people):
    copy = "const [key] = %s; for (let n = 1; n < 50; n++) localStorage.setItem(key + n, localStorage.getItem(key))"
    quick_log.page.evaluate(copy % KEYS)
    quick_log.open(f"{reverse('activity-add')}?person={people[1].pk}")
    quick_log.page.fill("[name=note]", "Quá nhiều")
    quick_log.page.wait_for_selector("[data-notice=full]")
    assert len(quick_log.page.evaluate(KEYS)) == 50


def test_a_draft_of_an_edit_form_does_not_undo_what_another_saved_since(transactional_db, an, anh, visitor):
    person = make_returnee(by=an, hamlet="Thôn Một")
    visitor.sign_in("an")
    visitor.open(reverse("returnee-edit", args=[person.pk]))
    visitor.page.fill("[name=note]", "Muốn học nghề hàn")
    wait_for_the_draft(visitor, "nghề hàn")
    person.hamlet = "Thôn Hai"
    actions.returnee.correct(returnee=person, by=anh)

    visitor.page.reload()
    assert note(visitor) == "Muốn học nghề hàn"
    save(visitor)

    person.refresh_from_db()
    assert (person.note, person.hamlet) == ("Muốn học nghề hàn", "Thôn Hai")
