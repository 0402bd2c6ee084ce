"""What a file hides is read like all else, and said; a cell merged downwards speaks for all its rows."""

import io

import openpyxl
import pytest

from cases.importing.source import UnmappedError
from tests.books import PERSON, check
from tests.foreign_books import old_book_of, open_book_of

HEADS = ["STT", "Họ và tên", "Năm sinh", "Thôn", "Ngày ra trại", "Ghi chú"]
LINES = [
    HEADS,
    [1, "Nguyễn Văn Hùng", 1985, "Thôn 1", "01/08/2025", "khó khăn"],
    [2, "Trần Văn Bảo", 1986, None, "01/08/2025", None],
    [3, "Lê Văn Thắng", 1987, "Thôn 2", "01/08/2025", None],
]


def saved(lines, *, hidden_rows=(), hidden_columns=(), hidden_sheet=False):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Người" if lines[0][0] == "Mã hồ sơ" else "Sổ"
    for line in lines:
        sheet.append(line)
    for place in hidden_rows:
        sheet.row_dimensions[place + 1].hidden = True
    for place in hidden_columns:
        sheet.column_dimensions[openpyxl.utils.get_column_letter(place + 1)].hidden = True
    if hidden_sheet:
        book.create_sheet("Bìa")
        sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def read(file, by):
    try:
        return check(file, by)
    except UnmappedError as error:
        return check(file, by, mapping=error.mapping)


def told(found):
    return [said.text for said in found.messages if "bị ẩn" in said.text]


@pytest.mark.parametrize("kept", [saved, old_book_of, open_book_of], ids=["xlsx", "xls", "ods"])
def test_hidden_rows_and_columns_are_read_and_said(an, kept):
    found = read(kept(LINES, hidden_rows=[2], hidden_columns=[5]), an)

    assert [row["full_name"] for row in found.rows["Người"]] == ["Nguyễn Văn Hùng", "Trần Văn Bảo", "Lê Văn Thắng"]
    assert found.rows["Người"][0]["note"] == "khó khăn"
    rows, columns = told(found)
    assert rows.endswith(": 3.")
    assert "“Ghi chú”" in columns


def test_a_hidden_sheet_is_read_and_said(an):
    found = read(saved(LINES, hidden_sheet=True), an)

    assert len(told(found)) == 1
    assert len(found.rows["Người"]) == 3


def test_rows_that_a_filter_hides_in_the_register_itself_are_said_too(an):
    lines = [list(PERSON), *[[*{**PERSON, "Mã hồ sơ": f"HS-{number}"}.values()] for number in range(1, 6)]]

    (said,) = told(read(saved(lines, hidden_rows=[2, 3, 5]), an))

    assert said.endswith("3–4, 6.")


def test_nothing_is_said_where_nothing_is_hidden(an):
    assert told(read(saved(LINES), an)) == []


def test_a_merged_cell_of_an_old_workbook_speaks_for_all_its_rows(an):
    found = read(old_book_of(LINES, merged=[(1, 2, 3)]), an)

    assert [row["hamlet"] for row in found.rows["Người"]] == ["Thôn 1", "Thôn 1", "Thôn 2"]
