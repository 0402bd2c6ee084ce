"""Register workbooks for tests: the smallest valid rows, and any cell in any sheet."""

import io
from datetime import date, datetime

import xlsxwriter

from cases.importing import register
from cases.importing.columns import NOTICES, SHEETS
from tests.makers import TODAY

HEADERS = {sheet.name: [column.header for column in sheet.columns] for sheet in SHEETS}
PERSON = {
    "Mã hồ sơ": "HS-1",
    "Họ và tên": "Nguyễn Văn Mẫu",
    "Giới tính": "Nam",
    "Ngày sinh": "12/05/1985",
    "Mã đơn vị": "24697",
    "Hình thức": "Chấp hành xong án phạt tù",
    "Ngày chấp hành xong": "01/08/2025",
    "Ngày trình diện": "04/08/2025",
}
VISIT = {"Mã hồ sơ": "HS-1", "Ngày": "10/09/2025", "Loại": "Gặp gỡ, động viên"}
JUDGMENT = {"Mã hồ sơ": "HS-1", "Tội danh": "Trộm cắp tài sản", "Hình phạt chính": "Tù có thời hạn", "Số tháng": 30}
MEETING = {"Mã buổi": "B1", "Ngày": "20/09/2025", "Mã đơn vị": "24697"}
VIOLATION = {"Mã hồ sơ": "HS-1", "Ngày hành vi": "03/10/2025", "Loại": "Vi phạm hành chính"}
VIOLATION["Hành vi, tội danh"] = "Gây rối"


def book(**sheets):
    """A workbook of sheets by keyword: people, judgments, work, meetings, attendance, violations (lists of dicts)."""
    names = dict(zip(("people", "judgments", "work", "meetings", "attendance", "violations"), HEADERS, strict=True))
    return raw({names[key]: grid(names[key], rows) for key, rows in sheets.items()})


def grid(name, rows):
    headers = [*HEADERS[name], *{extra for row in rows for extra in row if extra not in HEADERS[name]}]
    return [headers, *[[row.get(header) for header in headers] for row in rows]]


def raw(sheets):
    """A workbook of cells as they are given, by sheet name."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    days = made.add_format({"num_format": "dd/mm/yyyy"})
    for name, lines in sheets.items():
        page = made.add_worksheet(name)
        for number, line in enumerate(lines):
            for place, cell in enumerate(line):
                if isinstance(cell, date | datetime):
                    page.write_datetime(number, place, cell, days)
                elif cell is not None:
                    page.write(number, place, cell)
    made.close()
    out.seek(0)
    return out


def check(file, by, on=TODAY, **more):
    return register.check_register(file, by=by, on=on, **more)


def errors(found):
    """Where the errors are: (sheet, row, column)."""
    return [(said.sheet, said.row, said.column) for said in found.all_messages() if said.level == "error"]


def full():
    """One row in every sheet."""
    return book(
        people=[PERSON, {**PERSON, "Mã hồ sơ": "HS-2", "Họ và tên": "H'Mẫu Niê", "Giới tính": "Nữ"}],
        judgments=[JUDGMENT],
        work=[
            VISIT,
            VISIT,
            {**VISIT, "Loại": "Thủ tục hành chính", "Chi tiết": "Căn cước", "Mã dòng": "7"},
            {**VISIT, "Loại": "Giới thiệu việc làm", "Nơi tiếp nhận": "Xưởng gỗ", "Ngày bắt đầu": "15/09/2025"},
            {**VISIT, "Loại": "Giới thiệu học nghề", "Chi tiết": "Hàn"},
            {**VISIT, "Loại": "Vay vốn", "Số tiền": "50.000.000", "Nơi tiếp nhận": "NHCSXH"},
        ],
        meetings=[MEETING],
        attendance=[{"Mã buổi": "B1", "Mã hồ sơ": "HS-1"}, {"Mã buổi": "B1", "Mã hồ sơ": "HS-2"}],
        violations=[VIOLATION],
    )


NOTICE = {
    "Họ và tên": "Nguyễn Văn Mẫu",
    "Giới tính": "Nam",
    "Ngày sinh": "12/05/1985",
    "Mã đơn vị": "24697",
    "Ngày ra trại": "01/09/2025",
    "Hình thức": "Đặc xá",
    "Số thông báo": "02/DS",
    "Ngày nhận": "25/08/2025",
}


def notices(*rows):
    """A list of notices; each row says what differs from NOTICE."""
    headers = [column.header for column in NOTICES.columns]
    lines = [[{**NOTICE, **row}.get(header) for header in headers] for row in rows]
    return raw({NOTICES.name: [headers, *lines]})
