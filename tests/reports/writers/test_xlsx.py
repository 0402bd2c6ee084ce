"""A workbook: text stays text, days are days, the page is set up, the same input gives the same bytes."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

from openpyxl import load_workbook

from cases.lib.text import clean
from cases.reports.writers.xlsx import CellKind, Sheet, SheetColumn, write

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
DANGEROUS = ["=1+1", "+84912", "-2", "@SUM(A1)", " Tab", '=HYPERLINK("x")', "http://x.vn", "0912345678", "Đặng"]


def book(columns, rows, **changes):
    out = BytesIO()
    sheet = Sheet(changes.pop("name", "Hồ sơ"), ("Hồ sơ", "Xã Nam Đà"), columns, rows)
    count = write(out, [sheet], foot=changes.pop("foot", "An & Co, 20/11/2026"), made_at=AT)
    return count, load_workbook(BytesIO(out.getvalue()))


def test_a_name_is_never_a_formula_and_keeps_its_zeros():
    count, found = book([SheetColumn("Tên")], ([text] for text in DANGEROUS))
    cells = [row[0] for row in found.active.iter_rows(min_row=4, max_row=3 + len(DANGEROUS))]

    assert count == len(DANGEROUS)
    assert [cell.value for cell in cells] == [clean(text) for text in DANGEROUS]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_days_are_days_numbers_are_numbers_and_nothing_is_an_empty_cell():
    columns = [
        SheetColumn("Ngày", CellKind.DAY),
        SheetColumn("Số", CellKind.NUMBER),
        SheetColumn("Lúc", CellKind.MOMENT),
        SheetColumn("Cũ", CellKind.DAY),
    ]
    _count, found = book(columns, [[date(2026, 1, 5), 1234, AT, date(1850, 1, 1)], [None] * 4])
    day, number, moment, ancient = next(found.active.iter_rows(min_row=4, max_row=4))

    assert (day.value, day.is_date, day.number_format) == (datetime(2026, 1, 5), True, "dd/mm/yyyy")
    assert (number.value, moment.value) == (1234, datetime(2026, 11, 20, 15))
    assert ancient.value == "01/01/1850"
    assert [cell.value for cell in next(found.active.iter_rows(min_row=5, max_row=5))] == [None, "—", None, None]


def test_the_sheet_is_ready_for_paper_and_says_who_made_it():
    _count, found = book([SheetColumn("Tên"), SheetColumn("Số", CellKind.NUMBER, 9)], [["a", 1]], name="Đơn vị: A/B*")
    sheet = found.active

    assert sheet.title == "Đơn vị  A B"
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == ("Hồ sơ", "Xã Nam Đà", "Tên")
    assert sheet.freeze_panes == "A4"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet["A6"].value == "An & Co, 20/11/2026"
    assert "An && Co" in sheet.oddFooter.left.text


def test_the_same_rows_at_the_same_time_are_the_same_bytes():
    def made():
        out = BytesIO()
        write(out, [Sheet("A", ("A",), [SheetColumn("Tên")], [["b"]])], foot="An", made_at=AT)
        return out.getvalue()

    assert made() == made()
    assert {entry.date_time[0] for entry in zipfile.ZipFile(BytesIO(made())).infolist()} == {1980}
