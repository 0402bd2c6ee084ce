"""Hamlets named once for many rows, days in words and two births: nothing of it is lost in silence."""

import io

import openpyxl
import pytest

from cases.importing.source import UnmappedError
from tests.books import check, errors, raw
from tests.foreign_books import old_book_of, open_book_of, open_cell, open_document_of, pasted

HEAD = ["STT", "Họ và tên", "Năm sinh", "Giới tính", "Ngày ra trại"]


def person(number, name, **more):
    return [number, name, more.get("born", 1985), "Nam", more.get("day", "01/08/2025"), *more.get("rest", [])]


def mapped(file, by):
    with pytest.raises(UnmappedError) as found:
        check(file, by)
    file.seek(0)
    return check(file, by, mapping=found.value.mapping)


def hamlets_of(found):
    return [row["hamlet"] for row in found.rows["Người"]]


UNDER_HEADINGS = [
    HEAD,
    ["I. Thôn 1"],
    person(1, "Nguyễn Văn Hùng"),
    person(2, "Trần Văn Bảo"),
    [None, "THÔN PHÚ LỘC (2 người)"],
    person(3, "Đặng Quốc Bảo"),
    ["III. NGƯỜI ĐƯỢC ĐẶC XÁ"],
    person(4, "Phạm Đức Thắng"),
    ["Trưởng thôn"],
]


@pytest.mark.parametrize("kind", [pasted, lambda lines: raw({"So": lines}), old_book_of, open_book_of])
def test_a_heading_of_a_hamlet_is_carried_to_the_rows_below_it(an, kind):
    found = mapped(kind(UNDER_HEADINGS), an)

    assert hamlets_of(found) == ["Thôn 1", "Thôn 1", "Thôn Phú Lộc", None]
    told = " ".join(message.text for message in found.messages)
    assert "2 “Thôn 1”, 5 “Thôn Phú Lộc”" in told


def test_a_hamlet_of_its_own_stays_and_one_alone_in_its_column_is_a_heading_too(an):
    lines = [[*HEAD, "Thôn"], ["I. Thôn 1"], person(1, "Nguyễn Văn Hùng", rest=["Thôn 2"]), person(2, "Trần Văn Bảo")]

    assert hamlets_of(mapped(raw({"So": lines}), an)) == ["Thôn 2", "Thôn 1"]
    more = [[None] * 5 + ["Thôn 9"], person(3, "Lê Văn An")]
    assert hamlets_of(mapped(raw({"So": [*lines, *more]}), an)) == ["Thôn 2", "Thôn 1", "Thôn 9"]


def merged_book():
    book = openpyxl.Workbook()
    sheet = book.active
    for line in [
        [*HEAD, "Thôn", "Tội danh"],
        person(1, "Nguyễn Văn Hùng", rest=["Thôn 2", "Đánh bạc"]),
        [None, None, None, None, None, None, "Trộm cắp tài sản"],
        person(2, "Trần Văn Bảo", rest=[None, "Đánh bạc"]),
        person(3, "Đặng Quốc Bảo", rest=[None, "Đánh bạc"]),
    ]:
        sheet.append(line)
    sheet.merge_cells("F2:F4")
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def test_a_merged_hamlet_is_of_every_person_it_covers_and_of_nobody_else(an):
    found = mapped(merged_book(), an)

    assert hamlets_of(found) == ["Thôn 2", "Thôn 2", None]
    assert len(found.rows["Bản án"]) == 4


def test_an_open_document_tells_its_merged_cells_too(an):
    rows = ["".join(map(open_cell, line)) for line in [[*HEAD, "Thôn"], person(1, "Nguyễn Văn Hùng")]]
    merged = open_cell("Thôn 2").replace("<table:table-cell", '<table:table-cell table:number-rows-spanned="2"', 1)
    rows[1] += merged
    rows += ["".join(map(open_cell, person(at, name))) for at, name in [(2, "Trần Văn Bảo"), (3, "Đặng Quốc Bảo")]]
    file = open_document_of("".join(f"<table:table-row>{row}</table:table-row>" for row in rows))

    assert hamlets_of(mapped(file, an)) == ["Thôn 2", "Thôn 2", None]


def test_days_as_papers_write_them_are_read_and_a_month_alone_is_asked_about(an):
    words = ["ngày 1 tháng 8 năm 2025", "Ngày 01 tháng 08 năm 2025.", "01 THÁNG 8 NĂM 2025", "tháng 8/2025"]
    names = ["Nguyễn Văn Hùng", "Trần Văn Bảo", "Đặng Quốc Bảo", "Phạm Đức Thắng"]
    lines = [person(at, name, day=day) for at, (name, day) in enumerate(zip(names, words, strict=True), start=1)]
    found = mapped(raw({"So": [HEAD, *lines]}), an)

    days = [row["completed_on"] and f"{row['completed_on']:%d/%m/%Y}" for row in found.rows["Người"]]
    assert days == ["01/08/2025"] * 3 + [None]
    assert errors(found) == [("Người", 5, "Ngày chấp hành xong")]
    assert any("08/2025" in message.text for message in found.all_messages())


def test_two_births_that_differ_are_asked_about(an):
    lines = [person(1, "Nguyễn Văn Hùng", rest=[1985]), person(2, "Trần Văn Bảo", rest=[1990])]
    found = mapped(raw({"So": [[*HEAD, "Năm sinh"], *lines]}), an)

    assert errors(found) == [("Người", 3, "Ngày sinh")]
