"""The preview tells of each known row what stands now and what would stand."""

import pytest

from cases.importing import run as runs
from cases.importing.columns import MEETINGS, PEOPLE, WORK
from cases.models import Returnee
from tests.books import MEETING, PERSON, VISIT, book, check, full
from tests.makers import TODAY


@pytest.fixture
def load(an, tmp_path):
    def loaded(file):
        path = tmp_path / "so.xlsx"
        path.write_bytes(file.getvalue())
        runs.load_now(check(file, an), file=path, by=an, on=TODAY)

    return loaded


def changes(found, sheet):
    return [row.changes for row in found.of(sheet) if row.changes]


def test_of_a_person_each_cell_is_told_old_and_new(an, load):
    load(book(people=[{**PERSON, "Thôn, bon, buôn": "Thôn 1", "Dân tộc": "Kinh"}]))
    says = {"Thôn, bon, buôn": "Thôn 2", "Giới tính": "Nữ", "Ngày sinh": "1986", "Điện thoại": "0912345678"}
    ends = {"Ngày kết thúc": "05/09/2025", "Lý do kết thúc": "Chết", "Ngày xóa án tích": "06/09/2025"}

    assert changes(check(book(people=[{**PERSON, **says, **ends}]), an), PEOPLE) == [
        [
            ("Giới tính", "Nam", "Nữ"),
            ("Ngày sinh", "12/05/1985", "1986"),
            ("Thôn, bon, buôn", "Thôn 1", "Thôn 2"),
            ("Điện thoại", "", "0912345678"),
            ("Ngày kết thúc", "", "05/09/2025"),
            ("Ngày xóa án tích", "", "06/09/2025"),
        ]
    ]


def test_what_was_corrected_here_and_would_be_turned_back_is_seen(an, load):
    load(book(people=[{**PERSON, "Thôn, bon, buôn": "Thôn 1"}]))
    Returnee.objects.update(hamlet="Thôn Đúng")

    found = check(book(people=[{**PERSON, "Thôn, bon, buôn": "Thôn 1", "Điện thoại": "0912345678"}]), an)

    assert ("Thôn, bon, buôn", "Thôn Đúng", "Thôn 1") in changes(found, PEOPLE)[0]


WORK_ROWS = [
    (VISIT, {"Kết quả": "Tốt"}, [("Kết quả đạt được", "", "Tốt")]),
    (
        {**VISIT, "Loại": "Giới thiệu việc làm", "Nơi tiếp nhận": "Xưởng gỗ", "Ngày bắt đầu": "15/09/2025"},
        {"Nơi tiếp nhận": "Xưởng mộc", "Thu nhập": "6.000.000"},
        [("Nơi sử dụng lao động", "Xưởng gỗ", "Xưởng mộc"), ("Thu nhập mỗi tháng (đồng)", "", "6.000.000")],
    ),
    (
        {**VISIT, "Loại": "Vay vốn", "Số tiền": "50.000.000", "Nơi tiếp nhận": "NHCSXH"},
        {"Số tiền": "60.000.000", "Ngày bắt đầu": "20/09/2025"},
        [("Số tiền (đồng)", "50.000.000", "60.000.000"), ("Ngày giải ngân", "", "20/09/2025")],
    ),
]


@pytest.mark.parametrize(("row", "says", "told"), WORK_ROWS, ids=["visit", "job", "loan"])
def test_of_work_the_record_is_compared(an, load, row, says, told):
    row = {**row, "Mã dòng": "7"}
    load(book(people=[PERSON], work=[row]))

    assert changes(check(book(people=[PERSON], work=[{**row, **says}]), an), WORK) == [told]


def test_of_a_meeting_too(an, load):
    load(book(meetings=[MEETING]))

    found = check(book(meetings=[{**MEETING, "Địa điểm": "Nhà văn hóa"}]), an)

    assert changes(found, MEETINGS) == [[("Nơi gặp", "", "Nhà văn hóa")]]


def test_a_workbook_that_changes_nothing_tells_nothing(an, load):
    load(full())

    found = check(full(), an)

    assert [row for rows in found.rows.values() for row in rows if row.changes] == []
