"""Users from a workbook: looked through, confirmed once, all accounts or none, one page of slips."""

import io
import re
import zipfile
from datetime import datetime
from uuid import uuid4

import pytest
import xlsxwriter
from django.contrib.auth import authenticate
from django.urls import reverse
from openpyxl import load_workbook

from cases.importing.users import MOST_USERS, USERS
from cases.models import AuditEvent, User
from tests.makers import TODAY
from tests.opened import opened

HEADERS = [column.header for column in USERS.columns]
ROW = {"Họ và tên": "Nguyễn Thị Hạnh", "Vai trò": "Cán bộ Công an xã", "Đơn vị": "Nam Đà", "Điện thoại": "0912 345 678"}
SECOND = {"Họ và tên": "Trần Văn Bảy", "Vai trò": "Trưởng Công an xã", "Đơn vị": 24688, "Điện thoại": 912345679}
URL, CONFIRM = "/users/load/", "/users/load/confirm/"


def workbook(*rows, sheets=("Trang tính1",), headers=HEADERS):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for sheet in sheets:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, headers)
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, [row.get(header, "") for header in headers])
    book.close()
    out.seek(0)
    out.name = "danh sách.xlsx"
    return out


@pytest.fixture
def admin(em, signed_in):
    return signed_in(em)


def looked_through(admin, *rows):
    return admin.post(URL, {"file": workbook(*rows)})


def sent(page):
    """What the page of the preview sends when it is confirmed."""
    form = page.context["form"]
    return {name: form[name].value() for name in ("uid", "rows")}


def told(page):
    return [(number, value) for number, _label, value, _words in page.context["problems"]]


def passwords(page):
    return dict(re.findall(r'"code">([a-z0-9.]+)</p>.*?"code">([a-z0-9-]{14})</p>', page.content.decode(), re.DOTALL))


def test_a_list_becomes_accounts_with_one_page_of_slips(admin, em, units):
    preview = looked_through(admin, ROW, SECOND)
    assert not User.objects.filter(full_name="Nguyễn Thị Hạnh").exists()
    assert "đề xuất" in preview.content.decode()

    slips = admin.post(CONFIRM, sent(preview))

    made = passwords(slips)
    assert set(made) == {"hanh.nt", "bay.tv"}
    hanh, bay = (authenticate(username=name, password=made[name]) for name in ("hanh.nt", "bay.tv"))
    assert (hanh.posting.unit, hanh.role, hanh.phone) == (units.nam_da, "officer", "0912345678")
    assert (bay.posting.unit, bay.role, bay.phone) == (units.krong_no, "chief", "0912345679")
    assert bay.posting.since == TODAY
    assert bay.must_change_password
    assert AuditEvent.objects.filter(verb="user.appointed", actor=em).count() == 2


def test_sent_twice_it_makes_the_accounts_once_and_offers_other_slips(admin, units):
    given = sent(looked_through(admin, ROW, SECOND))
    first = passwords(admin.post(CONFIRM, given))

    again = admin.post(CONFIRM, given)

    assert "không lập lần thứ hai" in again.content.decode()
    assert User.objects.filter(full_name__in=["Nguyễn Thị Hạnh", "Trần Văn Bảy"]).count() == 2
    User.objects.filter(username="bay.tv").update(must_change_password=False)
    other = passwords(admin.post(CONFIRM, {**given, "slips": "again"}))
    assert set(other) == {"hanh.nt"}
    assert authenticate(username="hanh.nt", password=first["hanh.nt"]) is None
    assert authenticate(username="bay.tv", password=first["bay.tv"])


@pytest.mark.parametrize(
    ("wrong", "value", "words"),
    [
        ({"Đơn vị": "Xã Không Có"}, "Xã Không Có", "mã hoặc tên"),
        ({"Vai trò": "Lính"}, "Lính", "Cán bộ Công an xã"),
        ({"Điện thoại": "12"}, "12", "10 chữ số"),
        ({"Họ và tên": ""}, "", "Họ và tên"),
        ({"Tên đăng nhập": "Có Dấu"}, "Có Dấu", "không dấu"),
        ({"Tên đăng nhập": "an"}, "an", "“an”"),
        ({"Từ ngày": "31/02/2026"}, "31/02/2026", "05/03/2024"),
        ({"Từ ngày": datetime(2026, 8, 31, 17)}, "31/08/2026 17:00", "31/08/2026 / 01/09/2026"),
        ({"Vai trò": "Người giúp đỡ", "Tổ chức": "Hội Không Có"}, "Hội Không Có", "Tổ chức"),
    ],
)
def test_a_problem_names_row_field_value_and_what_to_do_and_nothing_is_made(admin, units, an, wrong, value, words):
    before = User.objects.count()

    page = looked_through(admin, SECOND, {**ROW, **wrong})

    assert (3, value) in told(page)
    assert words in page.content.decode()
    assert CONFIRM not in page.content.decode()
    admin.post(CONFIRM, {**sent(page), "uid": uuid4()})
    assert User.objects.count() == before


def test_two_rows_of_one_name_get_two_user_names_and_one_typed_twice_is_refused(admin, units):
    page = looked_through(admin, ROW, {**ROW, "Đơn vị": "24688"})
    assert [row.form["username"].value() for row in page.context["rows"]] == ["hanh.nt", "hanh.nt2"]

    named = {**ROW, "Tên đăng nhập": "hanh"}
    assert told(looked_through(admin, named, named)) == [(3, "hanh")]


def test_a_list_loaded_again_makes_nobody_a_second_account(admin, units):
    admin.post(CONFIRM, sent(looked_through(admin, ROW)))

    assert told(looked_through(admin, ROW, SECOND)) == [(2, "Nguyễn Thị Hạnh")]
    assert told(looked_through(admin, {**ROW, "Tên đăng nhập": "hanh.hai"})) == []


def test_the_empty_workbook_comes_back_as_it_was_handed_out(admin, units):
    book = load_workbook(io.BytesIO(admin.get("/users/load/blank/").content))

    page = book.worksheets[0]
    assert [cell.value for cell in page[1]] == [
        f"{column.header} *" if column.required else column.header for column in USERS.columns
    ]
    page.append([ROW.get(header) for header in HEADERS])
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "x.xlsx"
    assert told(admin.post(URL, {"file": out})) == []


@pytest.mark.parametrize(("width", "least"), [(31_000, "30.000"), (20, "200")])
def test_a_list_that_would_hold_the_page_up_is_refused_before_it_is_read(admin, units, width, least):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/workbook.xml", '<workbook><sheets><sheet name="Người dùng"/></sheets></workbook>')
        cells = "<worksheet><sheetData><row>" + "<c/>" * width + "</row></sheetData></worksheet>"
        book.writestr("xl/worksheets/sheet1.xml", cells)
        for number in range(220 if width < 100 else 0):
            book.writestr(f"x/{number}", "")
    file.seek(0)
    file.name = "so.xlsx"

    assert least in admin.post(URL, {"file": file}).content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (lambda: workbook(), "không có dòng"),
        (lambda: workbook(*[ROW] * (MOST_USERS + 1)), f"{MOST_USERS}"),
        (lambda: workbook(ROW, headers=["Họ và tên"]), "Vai trò"),
        (lambda: workbook(ROW, sheets=["Xã A", "Xã B"]), "“Xã B” cũng có danh sách"),
        (lambda: io.BytesIO(b"x" * 50), "Excel"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_in_words(admin, units, file, words):
    sent = file()
    sent.name = "x.xlsx"

    page = admin.post(URL, {"file": sent})

    assert words in " ".join(page.context["form"].errors["file"])


@pytest.mark.parametrize("rows", ["", "{}", "[]", '[[1, {"x": "y"}, true]]', '[[1, {"full_name": 5}, false]]'])
def test_a_list_that_comes_back_damaged_makes_nothing(admin, rows):
    answer = admin.post(CONFIRM, {"uid": uuid4(), "rows": rows}, follow=True)

    assert answer.redirect_chain[-1][0] == URL


def test_it_is_found_from_the_list_of_users_and_the_first_steps(admin, em):
    assert f'href="{URL}"' in admin.get("/users/").content.decode()
    assert f'href="{URL}"' in admin.get(reverse("home")).content.decode()
    assert opened(admin, URL) is not None


def test_the_preview_asks_no_more_for_many_rows_than_it_must(admin, units, django_assert_max_num_queries):
    rows = [{**ROW, "Họ và tên": f"Nguyễn Văn {name}"} for name in ("Một", "Hai", "Ba", "Bốn")]
    with django_assert_max_num_queries(14 + 3 * len(rows)):
        looked_through(admin, *rows)
