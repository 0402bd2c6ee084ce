"""A row that was loaded before is known again, whatever columns the sheets have got since."""

import pytest

from cases.importing.columns import BY_NAME, RegisterColumn, RegisterSheet
from cases.importing.first_columns import FIRST_COLUMNS
from cases.importing.rows import RegisterRow

KEYS = {  # as rows were kept at first
    "Người": "df57a434adfac2ffcc4504f2ffd2a633",
    "Bản án": "2f8d540dde546c2544a0fa80669b0c5a",
    "Hoạt động": "7c52153d045a7be4aa84718d478468f4",
    "Buổi gặp gỡ": "1c8051940ce7ae51693bc03559f22294",
    "Điểm danh": "8ebdb1982891a23a06878bbf4e759a96",
    "Vi phạm": "7c52153d045a7be4aa84718d478468f4",
    "Thông báo": "a44fe0659d11016a05ba76e26474ad81",
}


def row_of(sheet, **more):
    """A row with the number of its place in every column there was at first, and every fourth left empty."""
    row = RegisterRow(sheet, 2, {})
    for place, name in enumerate(FIRST_COLUMNS[sheet.name].split()):
        row.values[name] = None if place % 4 == 3 else place
    for name in set(sheet.by_field) - set(row.values):
        row.values[name] = None
    row.values.update(more)
    return row


@pytest.mark.parametrize(("name", "key"), KEYS.items())
def test_a_row_is_known_by_what_it_was_known_by_at_first(name, key):
    assert row_of(BY_NAME[name]).content_key == key


@pytest.mark.parametrize("sheet", BY_NAME.values(), ids=BY_NAME)
def test_a_column_that_came_later_counts_where_it_says_something(sheet):
    later = RegisterColumn("later", "Cột mới")
    wider = RegisterSheet(sheet.name, (sheet.columns[0], later, *sheet.columns[1:]))

    assert row_of(wider).content_key == KEYS[sheet.name]
    assert row_of(wider, later="x").content_key != KEYS[sheet.name]
