"""Workbooks that eat the server are refused while they unpack, in words; ordinary ones pass."""

import io
import re
import zipfile

import pytest

from cases.importing import limits, register, sheet
from cases.importing.columns import SHEETS, WORK
from cases.importing.log import BadFileError
from tests import books
from tests.books import VISIT, full

BEGIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"


def book(*, name="xl/worksheets/sheet1.xml", text, extra=None):
    """The full register with one part written anew."""
    out, parts = io.BytesIO(), {name: text, **(extra or {})}
    with zipfile.ZipFile(full()) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for part, said in parts.items():
            new.writestr(part, said)
    return out


CELL = '<c r="A2" t="inlineStr"><is><t>{}</t></is></c>'
WORST = {
    "empty rows": (BEGIN + "<row/>" * 300 + END, "200 dòng trống"),
    "a row far below": (BEGIN + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>' + END, "200 dòng trống"),
    "cells far to the right": (BEGIN + '<row><c r="XFD1"><v>1</v></c></row>' * 3 + END, "20.000 ô"),
    "one long cell": (BEGIN + "<row>" + CELL.format("x" * 50_000) + "</row>" + END, "40.000 ký tự"),
    "many rows": (BEGIN + "<row><c><v>1</v></c></row>" * 1300 + END, "1.200 dòng có nội dung"),
    "much text": (BEGIN + ("<row>" + CELL.format("x" * 30_000) + "</row>") * 8 + END, "200.000 ký tự"),
    "an endless tag": (BEGIN + f'<row spans="{"1" * 300_000}"/>' + END, "65.536 byte"),
    "merged cells": (BEGIN + "</sheetData>" + "<mergeCell/>" * 3000 + "</worksheet>", "2.000 phần tử"),
    "entities": ('<!DOCTYPE x [<!ENTITY a "aaaa">]>' + BEGIN + END, "hỏng"),
    "unpacked": (BEGIN + "<row></row>" + " " * (3 * 1024 * 1024) + END, "2.097.152 byte"),
}


SMALL = {"parts": 100, "unpacked": 2 << 20, "part": 1 << 20, "elements": 2000, "texts": 200_000, "tag": 1 << 16}
SMALL |= {"rows": 1200, "empty": 200, "cells": 20_000}


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """The same counts at a hundredth of their size: the tests are no benchmark."""
    monkeypatch.setattr(limits, "LIMITS", limits.LIMITS | SMALL)


@pytest.mark.parametrize("case", WORST)
def test_what_is_too_large_is_refused_with_the_reason(case):
    text, word = WORST[case]

    with pytest.raises(BadFileError, match=re.escape(word)):
        sheet.read(book(text=text), SHEETS)


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/theme/odd.xml", "xl/media/picture.png"])
def test_no_part_is_let_through_for_its_name(name):
    with pytest.raises(BadFileError, match=name):
        limits.check_size(book(name=name, text="<a>" + "<b/>" * 3000 + "</a>"))


def test_the_list_of_texts_is_counted_too():
    text = '<sst xmlns="x">' + "<si><t>{}</t></si>".format("x" * 30_000) * 8 + "</sst>"

    with pytest.raises(BadFileError, match="sharedStrings"):
        limits.check_size(book(name="xl/sharedStrings.xml", text=text))


def test_many_parts_are_refused_before_their_list_is_read():
    with pytest.raises(BadFileError, match="thành phần"):
        limits.check_size(book(text=BEGIN + END, extra={f"x/{number}": "" for number in range(120)}))


def test_an_ordinary_register_passes():
    tables, _notices = sheet.read(full(), SHEETS)

    assert len(tables) == 6


def wrong(count):
    return sheet.ReadSheet(
        WORK, rows=[(number, {"file": "M-1", "on": "sai", "kind": "sai"}) for number in range(count)]
    )


def test_a_sheet_that_is_wrong_all_over_is_refused_before_its_messages_fill_the_memory(monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", limits.LIMITS | {"findings": 20})

    with pytest.raises(BadFileError, match="hơn 20 ô sai"):
        register.rows_of(wrong(11), {})
    assert len(register.rows_of(wrong(10), {})) == 10


def test_a_sheet_whose_rows_turn_out_wrong_when_they_are_looked_up_is_refused_too(an, monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", limits.LIMITS | {"findings": 2})

    assert len(books.errors(books.check(books.book(work=[VISIT] * 2), an))) == 2  # nobody has this file number
    with pytest.raises(BadFileError, match="Hoạt động"):
        books.check(books.book(work=[VISIT] * 3), an)
