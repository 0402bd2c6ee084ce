"""Changes of units from a workbook: each row by hand, right and wrong, and what becomes of it on its day."""

import io
import json
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.importing import change_list
from cases.models import Returnee, Unit, UnitChange
from cases.tasks import nightly
from tests.books import raw
from tests.makers import TODAY, make_returnee, make_unit

PAST, LATER = TODAY - timedelta(days=5), TODAY + timedelta(days=30)
HEADS = [column.header for column in change_list.CHANGES.columns]


@pytest.fixture
def admin(em, signed_in):
    return signed_in(em)


def line(kind, old="", code="", name="", on=PAST, parent="", level="", hamlets="", decree="12/NQ-HĐND"):
    return [kind, f"{on:%d/%m/%Y}", old, code, name, parent, level, hamlets, decree]


def upload(client, *lines):
    file = SimpleUploadedFile("thay-doi.xlsx", raw({"Bảng": [HEADS, *lines]}).getvalue())
    return client.post(reverse("unit-change-load"), {"file": file})


def load(client, *lines):
    """Upload and confirm, twice, as a hand that trembles does."""
    page = upload(client, *lines)
    assert page.context["problems"] == [], page.context["problems"]
    sent = {"uid": uuid4(), "rows": json.dumps(page.context["form"].initial["rows"])}
    client.post(reverse("unit-change-load-confirm"), sent)
    return client.post(reverse("unit-change-load-confirm"), sent, follow=True)


def bearer(code, on=TODAY):
    return Unit.objects.bearing(code, on)


def test_the_preview_counts_and_changes_nothing(admin, units, an):
    make_returnee(by=an, completed_on=PAST - timedelta(days=50))

    page = upload(admin, line("Đổi tên", "24697", name="Phường Nam Đà"))

    said = page.content.decode()
    assert "Phường Nam Đà" in said
    assert "1 hồ sơ đang mở" in said
    assert not UnitChange.objects.exists()


def test_units_are_renamed_merged_moved_and_opened_by_one_list_once(admin, units, an):
    person = make_returnee(by=an, completed_on=PAST - timedelta(days=50))

    page = load(
        admin,
        line("Đổi tên", "24697", name="Phường Nam Đà"),
        line("Sáp nhập", "24688", code="24688", name="Xã Krông Mới"),
        line("Sáp nhập", "24678", code="24688"),
        line("Đơn vị mới", code="68-c09", name="Cụm Đắk Mil", parent="68", level="Cụm"),
    )

    assert "không thực hiện lần thứ hai" in page.content.decode()
    assert UnitChange.objects.count() == 3
    assert Returnee.objects.get(pk=person.pk).unit == bearer("24697")
    assert (bearer("24697").name, bearer("24688").name) == ("Phường Nam Đà", "Xã Krông Mới")
    assert {origin.old for origin in bearer("24688").origins.all()} == {units.krong_no, units.dak_sak}
    assert bearer("68-C09").parent == units.province


def test_a_commune_joins_one_that_stands_and_another_moves_below_another_unit(admin, units):
    load(admin, line("Sáp nhập", "24688", code="24697"), line("Chuyển đơn vị cấp trên", "24678", parent="68-C01"))

    assert Unit.objects.get(pk=units.krong_no.pk).standing == units.nam_da
    assert bearer("24678").parent == units.cluster


def test_people_of_a_divided_commune_go_with_their_hamlet(admin, units, an):
    first, second = (
        make_returnee(by=an, full_name=name, hamlet=hamlet, completed_on=PAST - timedelta(days=50))
        for name, hamlet in (("Lê Văn Tám", "Thôn 1"), ("Trần Văn Bảy", "Thôn 2"))
    )

    load(
        admin,
        line("Chia tách", "24697", code="24696", name="Xã Nam Đà Một", hamlets="Thôn 1; Thôn 3"),
        line("Chia tách", "24697", code="24688", hamlets="Thôn 2"),
    )

    assert Returnee.objects.get(pk=first.pk).unit == bearer("24696")
    assert Returnee.objects.get(pk=second.pk).unit == units.krong_no


def test_a_province_and_communes_below_it_get_other_names_on_one_day(admin, units):
    load(
        admin,
        line("Đổi tên", "24697", name="Phường Nam Đà"),
        line("Đổi tên", "68", name="Thành phố Lâm Đồng"),
        line("Đổi tên", "24688", name="Phường Krông Nô"),
    )

    assert UnitChange.objects.count() == 1
    assert bearer("68").name == "Thành phố Lâm Đồng"
    assert [bearer(code).name for code in ("24697", "24688", "24678")] == [
        "Phường Nam Đà",
        "Phường Krông Nô",
        "Xã Đắk Sắk",
    ]


def test_a_list_ahead_of_its_day_waits_and_takes_effect_in_the_night(admin, units):
    load(admin, line("Đổi tên", "24697", name="Phường Nam Đà", on=LATER))

    assert UnitChange.objects.get().is_planned
    assert bearer("24697") == units.nam_da
    UnitChange.objects.update(on=TODAY)
    nightly.change_units(None, None)
    assert bearer("24697").name == "Phường Nam Đà"


WRONG = [
    ([line("Đổi tên", "99999", name="Phường X")], "Mã hiện nay"),
    ([line("Đổi tên", "24697", name="Xã Nam Đà")], "Tên mới"),
    ([line("Đổi tên", "24697", code="24688", name="Xã X")], "Mã mới"),
    ([line("Đổi tên", "24697", name="Xã X"), line("Sáp nhập", "24697", code="24688")], "Mã hiện nay"),
    ([line("Sáp nhập", "24697")], "Mã mới"),
    ([line("Sáp nhập", "24697", code="24601", name="Xã X")], "Mã mới"),
    ([line("Sáp nhập", "24697", code="24601"), line("Sáp nhập", "24688", code="24601")], "Tên mới"),
    ([line("Chia tách", "24697", code="24601", name="Xã X")], "Mã hiện nay"),
    ([line("Chuyển đơn vị cấp trên", "24697", parent="68-C01")], "Mã đơn vị cấp trên"),
    ([line("Chuyển đơn vị cấp trên", "24697", parent="7777")], "Mã đơn vị cấp trên"),
    ([line("Đơn vị mới", code="24601", name="Xã X")], "Mã đơn vị cấp trên"),
    ([line("Đổi tên", "24697", name="Xã X", on=date(1999, 1, 1))], "Mã mới"),
    ([line("Đổi tên", "24697", name="Xã X", on=date(2999, 1, 1))], "Có hiệu lực từ ngày"),
    ([line("Giải thể", "24697")], "Loại thay đổi"),
    ([["Đổi tên", "mai", "24697", "", "Xã X"]], "Có hiệu lực từ ngày"),
    ([line("Đổi tên", "68", name="Thành phố X"), line("Sáp nhập", "24697", code="24688")], "Mã hiện nay"),
]


@pytest.mark.parametrize(("lines", "column"), WRONG)
def test_a_wrong_row_is_named_with_its_column_and_nothing_can_be_done(admin, units, lines, column):
    page = upload(admin, *lines)

    assert column in {said.column for said in page.context["problems"]}
    assert reverse("unit-change-load-confirm") not in page.content.decode()
    sent = {"uid": uuid4(), "rows": json.dumps(page.context["form"].initial["rows"])}
    admin.post(reverse("unit-change-load-confirm"), sent)
    assert not UnitChange.objects.exists()


def test_a_list_of_which_one_row_fails_at_the_last_moment_changes_nothing(admin, units):
    page = upload(admin, line("Đổi tên", "24697", code="24601", name="Xã X"), line("Đổi tên", "24688", name="Xã Y"))
    make_unit(kind="commune", code="24601", name="Xã Chen Ngang", parent=units.province)

    sent = {"uid": uuid4(), "rows": json.dumps(page.context["form"].initial["rows"])}
    again = admin.post(reverse("unit-change-load-confirm"), sent)

    assert "24601" in again.content.decode()
    assert not UnitChange.objects.exists()


@pytest.mark.parametrize("rows", ["", "[]", "{}", '[[1, {"x": "y"}]]', '[["1", {}]]', "x" * 10])
def test_rows_that_come_back_damaged_are_refused_in_words(admin, rows):
    page = admin.post(reverse("unit-change-load-confirm"), {"uid": uuid4(), "rows": rows}, follow=True)

    assert page.redirect_chain
    assert not UnitChange.objects.exists()


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04 broken", "Loại\tMã\n".encode()])
def test_a_file_that_is_no_list_is_refused_in_words(admin, content):
    page = admin.post(reverse("unit-change-load"), {"file": SimpleUploadedFile("a.xlsx", content)})

    assert page.status_code == 200
    assert page.context["form"].errors


def test_a_second_sheet_with_such_a_list_is_refused_and_not_passed_over(admin, units):
    row = line("Đổi tên", "24697", name="Phường Nam Đà")
    file = SimpleUploadedFile("thay-doi.xlsx", raw({"Xã A": [HEADS, row], "Xã B": [HEADS, row]}).getvalue())

    page = admin.post(reverse("unit-change-load"), {"file": file})

    assert "“Xã B” cũng có danh sách" in page.content.decode()


def test_pasted_cells_are_a_list_too(admin, units):
    cells = "\n".join("\t".join(row) for row in (HEADS, line("Đổi tên", "24697", name="Phường Nam Đà")))

    page = admin.post(reverse("unit-change-load"), {"cells": cells})

    assert [change.kind for change, _shown in page.context["changes"]] == ["rename"]


def test_the_empty_workbook_is_read_once_it_is_filled_in(admin, units):
    book = openpyxl.load_workbook(io.BytesIO(admin.get(reverse("unit-change-blank")).content))
    for place, cell in enumerate(line("Đổi tên", "24697", name="Phường Nam Đà"), start=1):
        book.active.cell(2, place, cell)
    book.save(filled := io.BytesIO())

    page = admin.post(reverse("unit-change-load"), {"file": SimpleUploadedFile("m.xlsx", filled.getvalue())})

    assert page.context["problems"] == []
    assert len(page.context["changes"]) == 1
