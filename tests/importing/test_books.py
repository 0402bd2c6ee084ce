"""Files of other programs give the same cells: OpenDocument, pasted text, and what is none of them is refused."""

import io
from datetime import date, datetime

import pytest

from cases.importing.books import open_book
from cases.importing.log import BadFileError
from cases.importing.rows import UNWORKED
from tests.foreign_books import BEGIN, old_book_of, open_document_of

ROWS = (
    "<table:table-row><table:table-cell><text:p>Họ tên</text:p></table:table-cell>"
    "<table:table-cell><text:p>Ngày ra trại</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
    "</table:table-row>"
    "<table:table-row><table:table-cell><office:annotation><text:p>lời bàn</text:p></office:annotation>"
    "<text:p>Nguyễn Văn Mẫu</text:p></table:table-cell>"
    '<table:table-cell office:value-type="date" office:date-value="2025-08-01">'
    "<text:p>01/08/25</text:p></table:table-cell>"
    '<table:table-cell office:value-type="float" office:value="1985"/><table:table-cell table:formula="of:=A1"/>'
    "</table:table-row>"
    '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def cells(file):
    with open_book(file) as book:
        return {name: [(number, list(row)) for number, row in book.lines(name)] for name in book.names}


def test_an_open_document_gives_its_cells_with_their_kinds():
    assert cells(open_document_of(ROWS)) == {
        "Sổ": [(1, ["Họ tên", "Ngày ra trại"]), (4, ["Nguyễn Văn Mẫu", date(2025, 8, 1), 1985, UNWORKED])]
    }


def test_an_old_workbook_gives_its_cells_with_their_kinds_to_the_last():
    lines = [["Họ tên", None, "Ngày ra trại"], ["Nguyễn Văn Mẫu", 1985, date(2025, 8, 1)], [None, 2.5, True]]
    lines += [[f"Người {number}", number, datetime(2025, 8, 9, 17, 0)] for number in range(200)]

    read = cells(old_book_of(lines))

    assert read == {"Sổ": [(number, line) for number, line in enumerate(plain(lines), start=1)]}


def plain(lines):
    """A day in a cell of Excel is a moment at midnight."""
    midnight = datetime(2025, 8, 1)
    return [[midnight if cell == date(2025, 8, 1) else cell for cell in line] for line in lines]


def test_an_open_document_with_entities_or_too_many_rows_is_refused():
    repeated = (
        '<table:table-row table:number-rows-repeated="900">'
        + "<table:table-cell><text:p>x</text:p></table:table-cell>" * 200
    )
    bombs = [
        open_document_of(ROWS, '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + BEGIN),
        open_document_of((repeated + "</table:table-row>") * 8),
    ]
    for bomb in bombs:
        with pytest.raises(BadFileError):
            cells(bomb)


def test_pasted_cells_keep_their_lines_inside_quotes():
    file = io.BytesIO('Họ tên\tGhi chú\n"Nguyễn\nVăn Mẫu"\t\n'.encode())

    assert list(cells(file).values()) == [[(1, ["Họ tên", "Ghi chú"]), (2, ["Nguyễn\nVăn Mẫu", None])]]


@pytest.mark.parametrize("cell", ['"Tí', '"Ba" Gác', 'Tư "Đen"', '"'])
def test_a_quotation_mark_in_a_pasted_cell_takes_no_other_cell_with_it(cell):
    text = f"Họ tên\tBiệt danh\tThôn\nA\t{cell}\tMột\nB\t{cell}\tHai\n"

    (lines,) = cells(io.BytesIO(text.encode())).values()

    assert lines[1:3] == [(2, ["A", cell, "Một"]), (3, ["B", cell, "Hai"])]


@pytest.mark.parametrize("content", [b"xin chao", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04", b"\xff\xfe\x00"])
def test_what_is_no_workbook_is_refused_in_words(content):
    with pytest.raises(BadFileError, match=r"\.xlsx"):
        cells(io.BytesIO(content))
