"""A list or a report as a workbook. Whatever a row says is written as text: a name can never be a formula."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import IO, Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from cases.lib.text import UNKNOWN, clean

A4 = 9
FIRST_YEAR = 1900  # before it the program's calendar does not begin
FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
WORDS = {**FONT, "num_format": "@"}  # above, beside and below the table too: a reason may begin as a formula does
LINE_HEIGHT = 15
READABLE = 200  # characters across a page: more are too small to read
TITLE_HEIGHT = 21
LONGEST_NAME = 31  # of a sheet; all lengths are in units of UTF-16, as the format counts
LONGEST_TEXT = 32_767  # a cell holds no more
LONGEST_FOOT = 240  # the format ends a foot at 255, its marks among them
BAD_IN_NAMES = str.maketrans("[]:*?/\\", "       ")


class CellKind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    CHANGE = "change"
    DAY = "day"
    MOMENT = "moment"


Looks = Mapping[CellKind, Format]

FORMATS: dict[CellKind, dict[str, str | bool]] = {
    CellKind.TEXT: {"num_format": "@", "text_wrap": True},
    CellKind.NUMBER: {"num_format": "#,##0", "align": "right"},
    CellKind.DECIMAL: {"num_format": "#,##0.00", "align": "right"},
    CellKind.CHANGE: {"num_format": "+#,##0.##;−#,##0.##;0", "align": "right"},
    CellKind.DAY: {"num_format": "dd/mm/yyyy", "align": "center"},
    CellKind.MOMENT: {"num_format": "dd/mm/yyyy hh:mm", "align": "center"},
}
FIGURES = (CellKind.NUMBER, CellKind.DECIMAL, CellKind.CHANGE)


@dataclass(frozen=True)
class SheetColumn:
    """A title, what stands below it, and its width in characters."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 16


@dataclass(frozen=True)
class Sheet:
    """`heading` lines stand above the columns; `rows` may be a generator, read once and never kept.

    `strong` tells which rows are printed bold, by their number from 0; the first `fixed` columns stay in sight.
    `filtered`: each column can be narrowed. `bare`: a program reads it again, so the foot stands on paper alone.
    """

    name: str
    heading: Sequence[str]
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence]
    strong: Callable[[int], bool] = lambda number: False
    fixed: int = 0
    filtered: bool = False
    bare: bool = False


def write(out: IO[bytes], sheets: Iterable[Sheet], *, foot: str, made_at: datetime) -> int:
    """Write a workbook into `out`; returns how many rows of data there are.

    The same sheets, foot and time give the same bytes. `foot` says who made it and when.
    """
    rows = 0
    with xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": timezone.make_naive(made_at) if timezone.is_aware(made_at) else made_at})
        formats = {kind: book.add_format({**FONT, "border": 1, **look}) for kind, look in FORMATS.items()}
        bold = {kind: book.add_format({**FONT, "border": 1, **look, "bold": True}) for kind, look in FORMATS.items()}
        for sheet in sheets:
            page = book.add_worksheet(_name(sheet.name, {page.name.lower() for page in book.worksheets()}))
            _set_up(page, sheet, foot)
            rows += _fill(book, page, sheet, formats, bold, foot)
    return rows


def _name(text: str, taken: set[str]) -> str:
    """`text` as the name of a sheet that no other sheet has; of a text of nothing the number of the sheet."""
    plain = clean(text).translate(BAD_IN_NAMES).strip("' ")
    for number in range(1, len(taken) + 2):
        end = f" {number}" if number > 1 or not plain else ""
        name = f"{_cut(plain, LONGEST_NAME - len(end))}{end}".strip("' ")
        if name.lower() not in taken:
            break
    return name


def _cut(text: str, most: int) -> str:
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def _foot(text: str) -> str:
    """Each & is written twice, and the cut is never between the two."""
    cut = _cut(clean(text).replace("&", "&&"), LONGEST_FOOT)
    is_half = (len(cut) - len(cut.rstrip("&"))) % 2
    return cut[:-1] if is_half else cut


def _set_up(page: Worksheet, sheet: Sheet, foot: str) -> None:
    top = len(sheet.heading)
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    page.fit_to_pages(ceil(sum(column.width for column in sheet.columns) / READABLE), 0)
    page.repeat_rows(top)
    if sheet.fixed:
        page.repeat_columns(0, sheet.fixed - 1)
    page.freeze_panes(top + 1, sheet.fixed)
    page.set_footer(f"&L&9{_foot(foot)}&R&9&P/&N")
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)


def _fill(book: Workbook, page: Worksheet, sheet: Sheet, formats: Looks, bold: Looks, foot: str) -> int:
    title, lead = (book.add_format({**WORDS, "bold": True, "font_size": 14}), book.add_format(WORDS))
    head = book.add_format(
        {**WORDS, "bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#E3F0EA"}
    )
    page.set_row(0, TITLE_HEIGHT)
    for number, text in enumerate(sheet.heading):
        page.write_string(number, 0, clean(text), lead if number else title)
    top = len(sheet.heading)
    lines = max(ceil(len(column.title) / column.width) for column in sheet.columns)
    page.set_row(top, LINE_HEIGHT * (lines + (lines > 1)))
    for place, column in enumerate(sheet.columns):
        page.write_string(top, place, clean(column.title), head)
    count = 0
    for count, row in enumerate(sheet.rows, start=1):
        looks = bold if sheet.strong(count - 1) else formats
        for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True)):
            _cell(page, top + count, place, value, column.kind, looks)
    if sheet.filtered:
        page.autofilter(top, 0, top + count, len(sheet.columns) - 1)
    if not sheet.bare:
        page.write_string(top + count + 2, 0, clean(foot), book.add_format({**WORDS, "italic": True, "font_size": 9}))
    return count


def _cell(page: Worksheet, row: int, place: int, value: Any, kind: CellKind, looks: Looks) -> None:
    if value is None and kind in FIGURES:
        page.write_string(row, place, UNKNOWN, looks[kind])
    elif value is None or value == "":
        page.write_blank(row, place, None, looks[CellKind.TEXT])
    elif kind is CellKind.TEXT or isinstance(value, str):
        page.write_string(row, place, _cut(clean(str(value), lines=True), LONGEST_TEXT), looks[CellKind.TEXT])
    elif kind in (CellKind.DAY, CellKind.MOMENT):
        _write_day(page, row, place, value, looks[kind])
    else:
        exact = kind is CellKind.NUMBER and isinstance(value, Decimal)
        page.write_number(row, place, value, looks[CellKind.DECIMAL if exact else kind])


def _write_day(page: Worksheet, row: int, place: int, value: date | datetime, look: Format) -> None:
    if value.year < FIRST_YEAR:
        page.write_string(row, place, f"{value:%d/%m/%Y}", look)
        return
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)
    page.write_datetime(row, place, value, look)
