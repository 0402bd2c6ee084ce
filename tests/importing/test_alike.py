"""Rows that would open a second file for one person are pointed out before anything is loaded."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.books import NOTICE, PERSON, book, check, errors, notices
from tests.makers import TODAY, make_returnee

RARE = {**PERSON, "Mã hồ sơ": "MOI-1", "Họ và tên": "Tường Duy Khiết", "Ngày sinh": "12/05/1985"}


@pytest.fixture
def filed(an):
    return make_returnee(by=an, full_name="Tường Duy Khiết", born_on="1985-05-12", file_number="HS-CU")


def warned(found, sheet="Người"):
    return [(said.row, said.column) for said in found.all_messages() if (said.sheet, said.level) == (sheet, "warning")]


def test_a_new_row_that_is_likely_on_file_names_that_file_and_may_be_loaded(an, filed):
    found = check(book(people=[RARE]), an)

    assert errors(found) == []
    assert found.counts()["Người"]["create"] == 1
    assert warned(found) == [(0, "Mã hồ sơ"), (2, "Mã hồ sơ")]
    told = found.all_messages()[-1].text
    assert "Tường Duy Khiết, 12/05/1985, Thôn Nam Tân, hồ sơ HS-CU" in told
    assert "1 dòng" in found.messages[0].text


def test_the_file_number_written_there_makes_it_a_correction(an, filed):
    found = check(book(people=[RARE]), an, corrections={"Người": {"2": {"file": "HS-CU"}}})

    assert warned(found) == []
    assert found.counts()["Người"]["update"] == 1


SAME = ["tuong duy khiet", "TƯỜNG DUY KHIẾT", "Tuowngf Duy Khieets", "Tu7o72ng Duy Khie61t", "Khiết Tường Duy"]


@pytest.mark.parametrize("typed", SAME)
def test_however_the_name_is_typed(an, filed, typed):
    assert (2, "Mã hồ sơ") in warned(check(book(people=[{**RARE, "Họ và tên": typed}]), an))


def test_a_common_name_with_nothing_else_in_common_is_not_warned_of(an):
    for number in range(20):
        make_returnee(by=an, full_name="Nguyễn Văn Hùng", born_on=f"{1970 + number}")

    found = check(book(people=[{**PERSON, "Họ và tên": "Nguyễn Văn Hùng", "Ngày sinh": "1985"}]), an)

    assert warned(found) == []


def test_one_person_twice_in_a_workbook_is_said_at_the_later_row(an):
    found = check(book(people=[RARE, {**PERSON, "Mã hồ sơ": "HS-9"}, {**RARE, "Mã hồ sơ": "MOI-2"}]), an)

    assert warned(found) == [(0, "Mã hồ sơ"), (4, "Mã hồ sơ")]
    assert "dòng 2" in found.all_messages()[-1].text


def test_files_of_another_unit_are_never_shown(an, binh):
    make_returnee(by=binh, full_name="Tường Duy Khiết", born_on="1985-05-12")

    assert warned(check(book(people=[RARE]), an)) == []


def test_an_old_number_of_an_open_file_keeps_a_second_file_away(an):
    make_returnee(by=an, full_name="Ai Khác", old_identity_number="245000001", file_number="HS-CU")

    found = check(book(people=[{**RARE, "Số định danh": "245000001"}]), an)

    assert errors(found) == [("Người", 2, "Số định danh")]


def test_a_list_of_notices_points_them_out_too(an, filed):
    row = {**NOTICE, "Họ và tên": "Tường Duy Khiết"}

    found = check(notices(row), an, kind="notices")

    assert errors(found) == []
    assert (2, "Họ và tên") in warned(found, "Thông báo")
    assert "HS-CU" in found.all_messages()[-1].text


def test_many_rows_take_no_more_questions_than_few(an):
    counts = []
    for size in (3, 30):
        people = [{**PERSON, "Mã hồ sơ": f"A-{size}-{number}"} for number in range(size)]
        with CaptureQueriesContext(connection) as asked:
            check(book(people=people), an, on=TODAY)
        counts.append(len(asked))

    assert counts[1] <= counts[0]


NICKNAMES = [  # full name, the nickname the hamlet calls them by, born, number, hamlet
    ("Trần Thanh Toàn", "Tý", "07/01/1988", None, "Thôn 1"),
    ("Lê Văn Minh", "Tý", "09/06/1988", None, "Thôn 9"),
    ("Hoàng Kim Báu", "Tư", "07/01/1979", "067079000001", "Thôn 1"),
    ("Phùng Gia Khải", "Tư", "09/06/1979", "067079000002", "Thôn 9"),
    ("Đinh Hữu Lộc", "Ba Đen", "07/01/1969", None, "Thôn 1"),
    ("Vi Văn Đồng", "Ba Đen", "09/06/1970", None, "Thôn 9"),
]


def test_a_nickname_that_other_full_names_share_is_no_likeness(an):
    headers = ("Họ và tên", "Tên gọi khác", "Ngày sinh", "Số định danh", "Thôn, bon, buôn")
    rows = [
        {**PERSON, "Mã hồ sơ": f"D-{number}", **dict(zip(headers, cells, strict=True))}
        for number, cells in enumerate(NICKNAMES, start=1)
    ]

    found = check(book(people=rows), an)

    assert (errors(found), warned(found)) == ([], [])
