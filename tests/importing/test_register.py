import io
from datetime import date

import pytest
from django.utils import translation

from cases.importing.columns import JUDGMENTS, NOTICES, PEOPLE, SHEETS, comparable_text
from cases.importing.log import BadFileError
from tests.books import JUDGMENT, MEETING, PERSON, VIOLATION, VISIT, book, check, errors, full, raw
from tests.makers import TODAY, make_returnee, make_succession, make_unit


def test_a_workbook_in_order_has_no_error_and_is_counted_by_sheet(an):
    found = check(full(), an)

    assert errors(found) == []
    assert found.counts()["Hoạt động"] == {"rows": 6, "create": 6, "update": 0, "same": 0, "errors": 0}
    assert list(found.counts()) == ["Người", "Bản án", "Hoạt động", "Buổi gặp gỡ", "Điểm danh", "Vi phạm"]


BAD_PERSON = [  # the cell, what stands in it
    ("Mã hồ sơ", None),
    ("Họ và tên", None),
    ("Họ và tên", "x" * 81),
    ("Họ và tên", "#REF!"),
    ("Giới tính", "trai"),
    ("Ngày sinh", "31/02/1985"),
    ("Ngày sinh", "05/08/2025"),
    ("Ngày sinh", 0.5),
    ("Số định danh", "12345"),
    ("Mã đơn vị", "99999"),
    ("Mã đơn vị", "68-C01"),
    ("Mã đơn vị", "24688"),
    ("Điện thoại", "12"),
    ("Hình thức", "khác"),
    ("Ngày chấp hành xong", "2025"),
    ("Ngày chấp hành xong", 45870),
    ("Ngày chấp hành xong", date(1900, 1, 5)),
    ("Ngày chấp hành xong", "=A1"),
    ("Ngày trình diện", "01/07/2025"),
    ("Ngày trình diện", date(2099, 1, 1)),
    ("Ngày xóa án tích", "02/08/2025"),
    ("Ngày kết thúc", "02/08/2025"),
]


def test_each_bad_cell_of_a_person_is_named(an):
    for header, cell in BAD_PERSON:
        found = check(book(people=[{**PERSON, header: cell}]), an)

        assert ("Người", 2, header) in errors(found), (header, cell)
        assert found.counts()["Người"]["errors"] == 1


BAD_ROWS = [
    ("judgments", JUDGMENT, "Số tháng", 361),
    ("judgments", JUDGMENT, "Ngày xong hình phạt chính", "01/01/2099"),
    ("judgments", {**JUDGMENT, "Hình phạt bổ sung": "Quản chế"}, "Ngày xong hình phạt bổ sung", "01/01/2099"),
    ("judgments", {**JUDGMENT, "Án phí, bồi thường": "Đã xong"}, "Ngày xong án phí, bồi thường", "01/01/2099"),
    ("judgments", JUDGMENT, "Chương", "XI"),
    ("judgments", JUDGMENT, "Hình phạt bổ sung", "gì đó"),
    ("judgments", JUDGMENT, "Điều", "một"),
    ("judgments", JUDGMENT, "Điều", 9999),
    ("violations", {**VIOLATION, "Loại": "Tội phạm", "Loại tội phạm": "Ít nghiêm trọng"}, "Điều", "256aa"),
    ("work", VISIT, "Ngày", "01/07/2025"),
    ("work", VISIT, "Loại", "Thăm"),
    ("work", VISIT, "Mã hồ sơ", "HS-9"),
    ("work", {**VISIT, "Loại": "Vay vốn"}, "Số tiền", None),
    ("work", {**VISIT, "Loại": "Giới thiệu học nghề"}, "Ngày bắt đầu", "01/01/2099"),
    ("work", {**VISIT, "Loại": "Vay vốn"}, "Số tiền", "năm triệu"),
    ("work", {**VISIT, "Loại": "Giới thiệu việc làm"}, "Ngày bắt đầu", "01/09/2025"),
    ("work", {**VISIT, "Loại": "Thủ tục hành chính"}, "Chi tiết", "Bằng lái"),
    ("meetings", MEETING, "Mã đơn vị", "24688"),
    ("attendance", {"Mã buổi": "B1", "Mã hồ sơ": "HS-1"}, "Mã buổi", "B9"),
    ("violations", {**VIOLATION, "Loại": "Tội phạm"}, "Loại tội phạm", None),
    ("violations", VIOLATION, "Ngày quyết định", "01/10/2025"),
]
NAMES = {"judgments": "Bản án", "work": "Hoạt động", "meetings": "Buổi gặp gỡ"}
NAMES |= {"attendance": "Điểm danh", "violations": "Vi phạm"}


def test_each_bad_cell_of_the_other_sheets_is_named(an):
    for key, row, header, cell in BAD_ROWS:
        sheets = {"people": [PERSON], "meetings": [MEETING], key: [{**row, header: cell}]}

        assert (NAMES[key], 2, header) in errors(check(book(**sheets), an)), (key, header, cell)


def test_what_is_forgiven_is_read_and_only_warned_of(an):
    row = {
        **PERSON,
        "Số định danh": 67085012345,
        "Điện thoại": 912345678,
        "Ngày sinh": 1985,
        "Giới tính": " NAM ",
        "Ngày chấp hành xong": date(2025, 8, 1),
    }

    found = check(book(people=[row]), an)
    person = found.of(PEOPLE)[0]

    assert errors(found) == []
    assert (person["identity_number"], person["phone"], person["born_on"]) == ("067085012345", "0912345678", "1985")
    assert {said.column for said in found.all_messages()} == {"Số định danh", "Điện thoại"}


@pytest.mark.parametrize("typed", ["NGUYEENX VAWN DUNGX", "NGUYE64N VA8N DU4NG"])
def test_a_name_typed_with_the_keyboard_program_off_is_read_and_the_right_one_offered(an, typed):
    found = check(book(people=[{**PERSON, "Họ và tên": typed}]), an)

    assert errors(found) == []
    assert [(said.column, said.value) for said in found.all_messages()] == [("Họ và tên", typed)]
    assert "NGUYỄN VĂN DŨNG" in found.all_messages()[0].text


def test_every_word_that_a_page_shows_is_read_from_a_workbook():
    with translation.override("vi"):
        for sheet in (*SHEETS, NOTICES):
            for column in sheet.columns:
                for value in column.choices.values():
                    label = str(getattr(value, "label", ""))
                    assert not label or column.by_folded.get(comparable_text(label)) == value, (column.header, label)


@pytest.mark.parametrize(("cell", "article"), [(173, "173"), (173.0, "173"), ("Điều 256A", "256a"), (None, None)])
def test_an_article_is_read_with_its_letter(an, cell, article):
    found = check(book(people=[PERSON], judgments=[{**JUDGMENT, "Điều": cell}]), an)

    assert errors(found) == []
    assert found.of(JUDGMENTS)[0]["article"] == article


def test_headers_are_known_in_any_order_case_and_accents_and_others_are_noticed(an):
    headers = [header.upper() for header in PERSON]
    swapped = [[*reversed(headers), "Cột lạ"], [*reversed(PERSON.values()), "x"]]

    found = check(raw({"NGUOI ": swapped, "Ghi chép": [["a"]]}), an)

    assert errors(found) == []
    assert found.counts()["Người"]["create"] == 1
    assert {(said.sheet, said.column) for said in found.messages} == {("Người", "Cột lạ"), ("Ghi chép", "")}


def test_a_missing_required_column_is_said_once(an):
    found = check(raw({"Người": [["Mã hồ sơ"], ["A"], ["B"]]}), an)

    assert [where for where in errors(found) if where[2] == "Họ và tên"] == [("Người", 1, "Họ và tên")]
    assert found.counts()["Người"]["errors"] == 2


def test_a_number_given_twice_is_named_with_the_row_that_has_it(an):
    people = [{**PERSON, "Số định danh": "067085000001"}, {**PERSON, "Số định danh": "067085000001"}]

    found = check(book(people=people), an)

    assert errors(found) == [("Người", 3, "Mã hồ sơ"), ("Người", 3, "Số định danh")]
    assert "dòng 2" in found.all_messages()[0].text


def test_an_open_file_elsewhere_is_named_by_its_unit_alone(an, binh):
    make_returnee(by=binh, full_name="Trần Kín Đáo", identity_number="067085000001")

    found = check(book(people=[{**PERSON, "Số định danh": "067085000001"}]), an)

    assert errors(found) == [("Người", 2, "Số định danh")]
    assert "Xã Krông Nô" in found.all_messages()[0].text
    assert "Kín Đáo" not in found.all_messages()[0].text


def test_rows_of_a_person_with_errors_cannot_be_loaded_either(an):
    found = check(book(people=[{**PERSON, "Giới tính": "?"}], work=[VISIT]), an)

    assert errors(found) == [("Người", 2, "Giới tính"), ("Hoạt động", 2, "Mã hồ sơ")]


def test_a_code_means_the_unit_of_the_rows_own_day(an, units):
    old = make_unit(kind="commune", code="24700", name="Xã Cũ", valid_from=date(2004, 1, 1))
    make_succession(old, units.nam_da)
    then = {**PERSON, "Mã đơn vị": "24700", "Ngày chấp hành xong": "01/03/2024", "Ngày trình diện": "05/03/2024"}

    assert errors(check(book(people=[then]), an)) == []
    late = check(book(people=[{**then, "Ngày trình diện": "01/08/2025"}]), an)
    assert errors(late) == [("Người", 2, "Mã đơn vị")]
    assert "Xã Cũ (01/01/2004–30/06/2025)" in late.all_messages()[0].text


def test_for_a_divided_commune_the_importer_chooses(an, units):
    old = make_unit(kind="commune", code="24700", name="Xã Chia", valid_from=date(2004, 1, 1))
    make_succession(old, units.nam_da, share="part")
    make_succession(old, units.dak_sak, share="part")
    then = {**PERSON, "Mã đơn vị": "24700", "Ngày chấp hành xong": "01/03/2024", "Ngày trình diện": "05/03/2024"}

    asked = check(book(people=[then]), an)
    chosen = check(book(people=[then]), an, corrections={"Người": {"2": {"heir": "24697"}}})

    assert errors(asked) == [("Người", 2, "Mã đơn vị")]
    assert "Xã Nam Đà (24697)" in asked.all_messages()[0].text
    assert "Xã Đắk Sắk (24678)" in asked.all_messages()[0].text
    assert errors(chosen) == []
    assert chosen.of(PEOPLE)[0].about.heir == units.nam_da
    assert asked.of(PEOPLE)[0].asked == {
        "heir": [["24697", "Xã Nam Đà"]]
    }  # a commune takes for itself, not for another


def test_what_is_no_workbook_is_answered_in_words(an):
    for content in (b"", b"hello", b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04 broken"):
        with pytest.raises(BadFileError, match="tệp|Tệp"):
            check(io.BytesIO(content), an)
    with pytest.raises(BadFileError, match="Người"):
        check(raw({"Sheet1": [["a"]]}), an)


def test_a_day_to_come_depends_on_the_day_of_the_check(an):
    row = {**PERSON, "Ngày trình diện": TODAY}

    assert errors(check(book(people=[row]), an)) == []
    assert errors(check(book(people=[row]), an, on=date(2025, 8, 2))) == [("Người", 2, "Ngày trình diện")]


@pytest.mark.parametrize("typed", ["01681234567", "0912 345 678 (con)", "912345678"])
def test_a_telephone_that_is_stored_otherwise_than_typed_is_told(an, typed):
    found = check(book(people=[{**PERSON, "Điện thoại": typed}]), an)

    number = found.rows["Người"][0]["phone"]
    (told,) = [said for said in found.all_messages() if said.column == "Điện thoại"]
    assert (told.level, number in told.text) == ("warning", True)
