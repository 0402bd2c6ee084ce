"""Workbooks to hand out: the empty register with its drop-down lists, a filled example, and rows to be corrected."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cases.importing import columns
from cases.importing.columns import RegisterColumn, RegisterSheet
from cases.importing.register import BOOKS, Register
from cases.importing.rows import as_text
from cases.importing.sheet import MOST_COLUMNS
from cases.models import ImportRun, StagedRow

REASONS = "Lỗi"
LISTED = 5000  # rows below the headers that offer a list to choose from
LIST_SIGNS = 255  # Excel takes no longer list than this inside a cell's rule
WIDTHS = {columns.DAY: 13, columns.BIRTH: 13, columns.CHOICE: 24, columns.TEXT: 26, columns.MONEY: 14}
EXAMPLE = {
    "Người": [
        ["MAU-001", "Nguyễn Văn Mẫu", "Tư", "Nam", "12/05/1985", "067085000001", "Kinh", "Thôn Nam Tân",
         "24697", "0912345678", "Chấp hành xong án phạt tù", "15/07/2025", "GCN-01", "18/07/2025"],
        ["MAU-002", "H'Mẫu Niê", "", "Nữ", "1990", "", "Ê Đê", "Buôn Mẫu", "24697", "", "Đặc xá",
         "01/09/2025", "GCN-02", "04/09/2025"],
    ],
    "Bản án": [
        ["MAU-001", "12/2022/HS-ST", "Tòa án nhân dân huyện Krông Nô", "20/07/2022", "Trộm cắp tài sản", "173",
         "1", "XVI", "Cố ý", "Ít nghiêm trọng", "10/01/2022", "Tù có thời hạn", "36", "15/07/2025", "", "", "Đã xong",
         "20/09/2022"],
    ],
    "Hoạt động": [
        ["MAU-001", "02/08/2025", "Gặp gỡ, động viên", "", "", "", "", "", "Hợp tác tốt", "", "1"],
        ["MAU-001", "10/08/2025", "Thủ tục hành chính", "Căn cước", "", "", "", "", "Đã nộp hồ sơ", "", "2"],
        ["MAU-001", "05/09/2025", "Giới thiệu việc làm", "Thợ mộc", "Xưởng gỗ mẫu", "12/09/2025", "6.000.000",
         "", "", "", "3"],
        ["MAU-002", "12/10/2025", "Vay vốn", "", "Ngân hàng Chính sách xã hội", "20/11/2025", "", "50.000.000",
         "", "", "4"],
    ],
    "Buổi gặp gỡ": [["B1-2025", "20/10/2025", "24697", "Nhà văn hóa trung tâm", "Gặp gỡ quý IV"]],
    "Điểm danh": [["B1-2025", "MAU-001"], ["B1-2025", "MAU-002"]],
    "Vi phạm": [["MAU-001", "03/09/2025", "Vi phạm hành chính", "Gây mất trật tự công cộng"]],
    "Thông báo": [
        ["Nguyễn Văn Mẫu", "Nam", "12/05/1985", "067085000001", "Kinh", "Thôn Nam Tân", "24697", "02/09/2025",
         "Chấp hành xong án phạt tù", "Trại giam Mẫu", "15/TB-TGM", "10/07/2025", "15/07/2025", "0912345678"],
        ["H'Mẫu Niê", "Nữ", "1990", "", "Ê Đê", "Buôn Mẫu", "24697", "01/09/2025", "Đặc xá", "Trại giam Mẫu",
         "02/DS-ĐX", "20/08/2025", "25/08/2025"],
    ],
}  # fmt: skip


def template(kind: str = ImportRun.Kind.REGISTER) -> bytes:
    """The workbook of a kind with nothing in it."""
    return _book((sheet, (), ()) for sheet in BOOKS[kind])


def example(kind: str = ImportRun.Kind.REGISTER) -> bytes:
    """The workbook of a kind with a few invented people, to be looked at before the first own one."""
    return _book((sheet, EXAMPLE[sheet.name], ()) for sheet in BOOKS[kind])


def bad_rows(register: Register) -> bytes:
    """The rows of a check that have errors, with their reasons."""
    bad = [(sheet, [row for row in register.of(sheet) if row.bad]) for sheet in register.sheets]
    return _book(
        (
            sheet,
            [[as_text(row.cells.get(column.field)) for column in sheet.columns] for row in rows],
            [reasons(message.as_json() for message in row.messages) for row in rows],
        )
        for sheet, rows in bad
    )


def staged_rows(rows: Iterable[StagedRow], kind: str = ImportRun.Kind.REGISTER) -> bytes:
    """The same from the rows kept for the preview."""
    found: dict[str, list[StagedRow]] = {sheet.name: [] for sheet in BOOKS[kind]}
    for row in rows:
        found[row.sheet].append(row)
    return _book(
        (
            sheet,
            [[row.cells.get(column.field, "") for column in sheet.columns] for row in found[sheet.name]],
            [reasons(row.messages) for row in found[sheet.name]],
        )
        for sheet in BOOKS[kind]
    )


def reasons(messages: Iterable[dict]) -> str:
    """What is wrong with a row, on one line."""
    return "; ".join(f"{said['column']}: {said['text']}" for said in messages if said["level"] == "error")


def _book(sheets: Iterable[tuple[RegisterSheet, Iterable[list], Iterable[str]]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E3F0EA", "border": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"num_format": "@"})
    for sheet, rows, told in sheets:
        page = book.add_worksheet(sheet.name)
        told, rows = list(told), list(rows)
        heads = _heads(sheet, rows)
        headers = [*(_head(column) for column in heads), *([REASONS] if told else [])]
        page.write_row(0, 0, headers, head)
        page.freeze_panes(1, 1)
        for place, column in enumerate(heads):
            page.set_column(place, place, WIDTHS.get(column.kind, 16), text)
            _offer(page, place, column)
        for number, cells in enumerate(rows, start=1):
            for place, cell in enumerate(cells[: len(heads)]):
                if cell != "":
                    page.write_string(number, place, cell, text)
        for number, reason in enumerate(told, start=1):
            page.write_string(number, len(heads), reason)
    book.close()
    return out.getvalue()


def _heads(sheet: RegisterSheet, rows: list[list]) -> tuple[RegisterColumn, ...]:
    """The columns of the template; those beyond it where a row says something there."""
    first = len(sheet.template)
    return sheet.columns if any(cell != "" for cells in rows for cell in cells[first:]) else sheet.template


def _head(column: RegisterColumn) -> str:
    return f"{column.header} *" if column.required else column.header


def _offer(page: Worksheet, place: int, column: RegisterColumn) -> None:
    """A list to choose from; days get a hint, because text is as welcome as a date."""
    choices = list(column.choices)
    if choices and len(",".join(choices)) <= LIST_SIGNS and not any("," in choice for choice in choices):
        page.data_validation(1, place, LISTED, place, {"validate": "list", "source": choices})
    elif choices:
        _list_beside(page, place, choices)
    elif column.kind in (columns.DAY, columns.BIRTH):
        hint = _("dd/mm/yyyy, for example 05/03/2024")
        rule = {"validate": "any", "input_title": column.header, "input_message": hint}
        page.data_validation(1, place, LISTED, place, rule)


def _list_beside(page: Worksheet, place: int, choices: list[str]) -> None:
    """Choices with commas stand in far cells of the sheet itself, out of sight, and the rule points there."""
    far = MOST_COLUMNS + place
    for number, choice in enumerate(choices):
        page.write_string(number, far, choice)
    page.set_column(far, far, None, None, {"hidden": True})
    letters = xl_col_to_name(far)
    source = f"=${letters}$1:${letters}${len(choices)}"
    page.data_validation(1, place, LISTED, place, {"validate": "list", "source": source})


def one_sheet(sheet: RegisterSheet, rows: Iterable[list] = ()) -> bytes:
    """A workbook of one sheet, in the look of the register's."""
    return _book([(sheet, rows, ())])
