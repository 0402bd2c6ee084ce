"""A commune's workbook on its first day: uploaded, looked at, one cell corrected in the page, loaded."""

import pytest
from django.urls import reverse

from cases.models import Returnee
from tests.books import PERSON, VISIT, book
from tests.browser.screens import CUT_UP
from tests.makers import make_returnee


@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_from_upload_over_a_corrected_cell_to_the_load(transactional_db, an, visitor):
    make_returnee(by=an, full_name="Trần Thị Cũ", sex="female", file_number="HS-0", hamlet="Thôn Một")
    known = {"Mã hồ sơ": "HS-0", "Họ và tên": "Trần Thị Cũ", "Giới tính": "Nữ", "Ngày sinh": "1985"}
    people = [PERSON | {"Giới tính": "trai"}, PERSON | known | {"Thôn, bon, buôn": "Thôn Hai"}]
    workbook = {"name": "so.xlsx", "mimeType": "", "buffer": book(people=people, work=[VISIT]).getvalue()}
    visitor.sign_in("an")
    page = visitor.page

    visitor.open(reverse("import-list"))
    page.set_input_files("[name=file]", workbook)
    page.click("main button[type=submit]")
    page.locator(".row-reason", has_text="Giới tính “trai”").wait_for(timeout=90_000)  # a process of its own checks it

    page.get_by_role("link", name="Dòng 2").click()
    page.select_option("[name=sex]", "Nam")
    page.click("main button[type=submit]")
    page.get_by_role("link", name="Thay đổi (1)").click()
    page.locator("del", has_text="Thôn Một").wait_for()
    page.locator("ins", has_text="Thôn Hai").wait_for()
    assert visitor.breaches() == []

    page.get_by_role("button", name="Nạp tất cả").click()
    page.get_by_text("Đã nạp.").wait_for()
    assert dict(Returnee.objects.values_list("file_number", "hamlet")) == {"HS-0": "Thôn Hai", "HS-1": ""}
    assert Returnee.objects.get(file_number="HS-1").entries.count() == 1


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_what_a_cell_is_to_say_is_chosen_on_a_telephone_too(transactional_db, an, visitor):
    nobody = PERSON | {"Họ và tên": "Phạm Hoàng Anh", "Giới tính": "", "Số định danh": ""}
    workbook = {"name": "so.xlsx", "mimeType": "", "buffer": book(people=[nobody]).getvalue()}
    visitor.sign_in("an")
    page = visitor.page

    visitor.open(reverse("import-list"))
    page.set_input_files("[name=file]", workbook)
    page.click("main button[type=submit]")
    page.get_by_role("heading", name="Ô nào cần chọn?").wait_for(timeout=90_000)
    assert page.evaluate(CUT_UP) == []

    page.get_by_role("button", name="Nữ").click()
    page.get_by_role("button", name="Nạp tất cả").wait_for()
