"""Each column of days is held to its floor and its ceiling, through a real workbook, with the value and the reason."""

from collections import defaultdict
from datetime import date

import pytest

from cases.importing import register
from cases.importing.columns import DAY, NOTICES, SHEETS
from cases.models import ImportRun
from tests.books import JUDGMENT, MEETING, PERSON, VIOLATION, VISIT, book, notices
from tests.makers import TODAY

ROWS = {
    "people": PERSON,
    "judgments": {**JUDGMENT, "Hình phạt bổ sung": "Quản chế", "Án phí, bồi thường": "Đã xong"},
    "work": {**VISIT, "Loại": "Giới thiệu học nghề", "Chi tiết": "Hàn"},
    "meetings": MEETING,
    "attendance": {"Mã buổi": "B1", "Mã hồ sơ": "HS-1"},
    "violations": {**VIOLATION, "Loại": "Tội phạm", "Giai đoạn": "Khởi tố"},
}
TOO_EARLY = ("trước ngày sinh", "trước ngày chấp hành xong", "là trước 02/09/1945")
WRONG_YEAR = ("Năm 2126", "chưa đến", "còn hơn")


def days(sheet):
    return [column.header for column in sheet.columns if column.kind == DAY]


def workbook(typed):
    """In each sheet one row for each column of days, wrong in that column alone."""
    sheets = dict(zip(ROWS, SHEETS, strict=True))
    wrong = {key: [{**ROWS[key], header: typed} for header in days(sheet)] for key, sheet in sheets.items()}
    for number, row in enumerate(wrong["people"], start=2):
        row["Mã hồ sơ"] = f"HS-{number}"
    for number, row in enumerate(wrong["meetings"], start=2):
        row["Mã buổi"] = f"B{number}"
    return book(**{key: [*([PERSON] if key == "people" else []), *rows] for key, rows in wrong.items()})


def told(found):
    """What is said of each column: value and reason, of every error in it."""
    said = defaultdict(str)
    for message in found.all_messages():
        if message.level == "error":
            said[message.sheet, message.column] += f"{message.value} {message.text} "
    return said


@pytest.mark.parametrize(
    ("typed", "value", "reasons"),
    [
        ("1/2/1926", "1/2/1926", TOO_EARLY),
        (date(1926, 2, 1), "01/02/1926", TOO_EARLY),
        ("15/11/2126", "15/11/2126", WRONG_YEAR),
        (date(2126, 11, 15), "15/11/2126", WRONG_YEAR),
    ],
)
def test_every_column_tells_a_day_that_cannot_be_with_its_value_and_the_reason(typed, value, reasons, an):
    expected = {(sheet.name, header) for sheet in SHEETS for header in days(sheet)}
    said = told(register.check_register(workbook(typed), by=an, on=TODAY))
    rows = [{"Họ và tên": f"Nguyễn Văn {header}", header: typed} for header in days(NOTICES)]
    said |= told(register.check_register(notices(*rows), by=an, on=TODAY, kind=ImportRun.Kind.NOTICES))
    expected |= {(NOTICES.name, header) for header in days(NOTICES)}

    assert expected - set(said) == set()
    assert [said[place] for place in expected if value not in said[place]] == []
    assert [said[place] for place in expected if not any(reason in said[place] for reason in reasons)] == []


def swapped_register():
    """Three people whose days went through a program that reads month before day: 03/04 became the fourth of March."""
    lines = [
        ("HS-1", date(2025, 3, 4), "25/03/2025"),
        ("HS-2", "17/03/2025", date(2025, 5, 4)),
        ("HS-3", "18/03/2025", ""),
    ]
    return book(
        people=[
            {
                **PERSON,
                "Mã hồ sơ": code,
                "Họ và tên": f"Nguyễn Văn {code}",
                "Ngày chấp hành xong": done,
                "Ngày trình diện": came,
            }
            for code, done, came in lines
        ]
    )


@pytest.mark.parametrize(
    ("answer", "days"),
    [("swapped", (date(2025, 4, 3), date(2025, 4, 5))), ("cell", (date(2025, 3, 4), date(2025, 5, 4)))],
)
def test_a_column_whose_later_days_alone_are_text_asks_whether_day_and_month_were_swapped(answer, days, an):
    asked = register.check_register(swapped_register(), by=an, on=TODAY)
    said = {register.EVERY: {register.EVERY: {"swap": answer}}}
    read = register.check_register(swapped_register(), by=an, on=TODAY, corrections=said)

    assert [list(row.asked or {}) for row in asked.rows["Người"]] == [["swap"], ["swap"], []]
    first, second, _third = read.rows["Người"]
    assert (first["completed_on"], second["presented_on"]) == days


def test_a_date_up_to_the_twelfth_beside_a_text_of_one_is_a_day_as_it_stands(an):
    lines = [("HS-1", date(2025, 3, 4)), ("HS-2", "17/03/2025"), ("HS-3", "05/03/2025")]
    rows = [{**PERSON, "Mã hồ sơ": code, "Ngày chấp hành xong": done, "Ngày trình diện": ""} for code, done in lines]

    found = register.check_register(book(people=rows), by=an, on=TODAY)

    assert found.rows["Người"][0]["completed_on"] == date(2025, 3, 4)
    assert found.rows["Người"][0].asked is None


@pytest.mark.parametrize("cell", ["15/11/2126", "0205", "11/2126"])
def test_a_birth_of_a_year_nobody_can_mean_is_called_a_wrong_year(cell, an):
    said = told(register.check_register(book(people=[{**PERSON, "Ngày sinh": cell}]), by=an, on=TODAY))

    assert f"Năm {cell[-4:]}" in said["Người", "Ngày sinh"]


@pytest.mark.parametrize("cell", [date(1905, 6, 8), "08/06/1905"])
def test_a_year_in_a_date_cell_is_a_year_also_when_the_cell_was_copied(cell, an):
    found = register.check_register(book(people=[{**PERSON, "Ngày sinh": cell}]), by=an, on=TODAY)

    assert found.rows["Người"][0]["born_on"] == "1986"
