"""The home page of an officer as it is seen without a touch, and what is opened of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.screens import WHOLE
from tests.makers import TODAY, make_activity, make_paperwork, make_returnee, make_transfer

HAMLETS = ("Thôn Nam Sơn", "Thôn 10", "Thôn 2")


@pytest.fixture
def busy(transactional_db, an, anh, binh):
    """Nine people long not met, of whom every other has papers that do not move; a file is offered to the commune."""
    people = []
    for number in range(9):
        one = make_returnee(by=an, full_name=f"Nguyễn Thị Hương {number}", hamlet=HAMLETS[number % 3])
        make_activity(one, by=an, on=TODAY - timedelta(days=40 + number))
        if number % 2:
            make_paperwork(returnee=one, by=an)
        people.append(one)
    make_transfer(returnee=make_returnee(by=binh, full_name="Y Bhăm"), to_unit=an.unit, by=binh)
    return people


@pytest.mark.parametrize("who", ["an", "anh"])
def test_at_least_four_people_are_seen_without_a_touch(who, busy, visitor):
    visitor.sign_in(who)
    assert visitor.page.evaluate(WHOLE) >= 4
    assert visitor.breaches() == []


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_what_else_is_due_for_somebody_is_named_and_opened_with_what_does_it(busy, visitor):
    visitor.sign_in("an")
    row = visitor.page.locator(".home-plan .row", has_text="Hương 1")
    expect(row.locator(".row-line")).to_contain_text("giấy tờ")
    step = row.get_by_role("link", name="Bước tiếp")
    expect(step).to_be_hidden()

    row.locator("summary").tap()

    expect(step).to_be_visible()
    assert visitor.breaches() == []


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_round_on_foot_begins_with_the_hamlets(busy, visitor):
    visitor.sign_in("an")
    visitor.page.get_by_role("link", name="Theo thôn").tap()
    titles = visitor.page.locator(".fold-title")
    expect(titles).to_have_text(["Thôn 2", "Thôn 10", "Thôn Nam Sơn"])

    visitor.page.locator("summary", has_text="Thôn 10").tap()

    shown = visitor.page.locator(".row-name:visible")
    expect(shown).to_have_text([f"Nguyễn Thị Hương {number}" for number in (7, 4, 1)])
    assert visitor.breaches() == []
    visitor.page.get_by_role("link", name="Đi thôn").first.tap()
    visitor.page.wait_for_url(f"**{reverse('trip-show')}")


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_list_that_was_opened_is_open_when_one_comes_back_to_it(busy, an, visitor):
    make_returnee(by=an, full_name="Tạ Đình Vui", presented=False, completed_on=TODAY - timedelta(days=5))
    answer = visitor.page.locator(".row", has_text="Tạ Đình Vui").get_by_role("link", name="Trả lời")
    visitor.sign_in("an")
    visitor.page.locator("summary", has_text="Chưa trình diện").tap()
    answer.tap()
    visitor.page.wait_for_load_state()

    visitor.open(reverse("home"))

    expect(answer).to_be_visible()
    visitor.page.locator("summary", has_text="Chưa trình diện").tap()
    visitor.open(reverse("home"))
    expect(answer).to_be_hidden()
