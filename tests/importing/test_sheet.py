import io
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.importing import cells, sheet
from cases.importing.columns import PEOPLE, SHEETS, WORK
from cases.importing.log import BadFileError
from cases.importing.rows import RegisterRow, as_text
from cases.lib.written import is_nothing
from tests.books import HEADERS, PERSON, VISIT, check, raw

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 60_000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1900, 1, 1), date(2150, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2150, 1, 1)),
    st.times(),
    st.sampled_from(["=1+1", "=HS!A1", "#REF!", "31/02/2024", "1/1/1900", "05.03.2024", "1.000.000", "  ", "0", "Nam"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"]), max_size=12),
)
NAMES = st.sampled_from([*HEADERS, "Nguoi", "HOẠT ĐỘNG", "Sheet1"])


@st.composite
def workbooks(draw):
    """Sheets missing or doubled, columns swapped and left out, merged cells, empty rows, anything in a cell."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)):
        page = book.create_sheet(name)
        headers = draw(st.permutations(HEADERS.get(name, HEADERS["Người"])))
        page.append(headers[: draw(st.integers(0, len(headers)))])
        for line in draw(st.lists(st.lists(ODD, max_size=19), max_size=4)):
            page.append(line)
        if draw(st.booleans()):
            page.merge_cells(draw(st.sampled_from(["A1:B1", "A2:C3", "B2:B4"])))
    out = io.BytesIO()
    book.save(out)
    return out


@settings(max_examples=60, deadline=None)
@given(workbooks())
def test_no_workbook_breaks_the_reader_and_every_cell_is_read_or_named(file):
    try:
        tables, notices = sheet.read(file, SHEETS)
    except BadFileError:
        return  # no sheet of the register among them
    assert all(said.text for said in notices)
    for table in tables:
        for number, found in table.rows:
            row = RegisterRow(table.sheet, number, found)
            cells.read_row(row)
            named = {said.column for said in row.messages if said.level == "error"}
            told = {name for name, cell in found.items() if not is_nothing(as_text(cell))}
            unread = [c.header for c in table.sheet.columns if c.field in told and row[c.field] is None]
            assert not set(unread) - named
            assert all(said.sheet and said.row > 1 and said.column and said.text for said in row.messages)


KINDS = {"completed_on": date, "born_on": str, "full_name": str, "sex": str, "unit": str}


@settings(max_examples=150, deadline=None)
@given(cell=ODD, name=st.sampled_from(sorted(KINDS)))
def test_a_cell_becomes_a_value_of_its_kind_or_an_error(cell, name):
    by_header = {column.header: column.field for column in PEOPLE.columns}
    typed = {by_header[header]: value for header, value in PERSON.items()}
    row = RegisterRow(PEOPLE, 2, {**typed, name: cell})

    cells.read_row(row)

    if row.bad:
        assert {said.column for said in row.messages if said.level == "error"} == {PEOPLE.by_field[name].header}
    else:
        assert isinstance(row[name], KINDS[name])


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out


def test_a_formula_without_its_result_is_told_from_an_empty_cell():
    book = openpyxl.Workbook()
    book.active.title = "Hoạt động"
    book.active.append([*VISIT, "Ghi chú"])
    book.active.append([*VISIT.values(), "=A2"])

    (table,), _notices = sheet.read(saved(book), SHEETS)
    row = RegisterRow(WORK, *table.rows[0])
    cells.read_row(row)

    assert [(said.level, said.column) for said in row.messages] == [("error", "Ghi chú")]


def test_rows_keep_the_numbers_that_excel_shows():
    book = openpyxl.Workbook()
    book.active.title = "Điểm danh"
    book.active.append(["Mã buổi", "Mã hồ sơ"])
    book.active["A5"] = "B1"

    (table,), _notices = sheet.read(saved(book), SHEETS)

    assert table.rows == [(5, {"meeting": "B1"})]


def test_a_time_is_no_day():
    row = RegisterRow(WORK, 2, {"on": time(9, 30)})

    cells.read_row(row)

    assert "Ngày" in {said.column for said in row.messages}


@pytest.mark.parametrize("header", ["Số CMND cũ", "Số chứng minh nhân dân cũ"])
def test_a_column_is_known_by_the_header_it_had_before_too(an, header):
    found = check(raw({PEOPLE.name: [[*PERSON, header], [*PERSON.values(), "245123456"]]}), an)

    assert [row["old_identity_number"] for row in found.rows["Người"]] == ["245123456"]
    assert not [said for said in found.messages if said.column == header]
