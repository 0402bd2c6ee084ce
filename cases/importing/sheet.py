"""A workbook from anywhere into rows of raw cells, at bounded cost; the only module that reads Excel files."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from cases.importing import limits
from cases.importing.columns import RegisterSheet, comparable_text
from cases.importing.log import ERROR, WARNING, BadFileError, ImportMessage
from cases.importing.rows import Cells, as_text
from cases.lib.text import excerpt

MOST_COLUMNS = 200
MOST_ONCE = 20_000  # different texts
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx under a password


class Unworked:
    """A formula whose result the file does not hold."""

    def __str__(self) -> str:
        return "="


UNWORKED = Unworked()


@dataclass
class ReadSheet:
    """One sheet as it stands in the file: the rows with a value in a known column, by field."""

    sheet: RegisterSheet
    missing: list[str] = field(default_factory=list)  # required headers that are not there
    messages: list[ImportMessage] = field(default_factory=list)
    rows: list[tuple[int, Cells]] = field(default_factory=list)


def read(file: BinaryIO, sheets: tuple[RegisterSheet, ...]) -> tuple[list[ReadSheet], list[ImportMessage]]:
    """The sheets that are there, and notices on the rest. Raises BadFileError where the file is no such workbook."""
    formulas = _look_inside(file)
    with _opened(file, data_only=True) as book:
        known, notices = _pick(book.sheetnames, sheets)
        tables = [_table(book[name], sheet) for name, sheet in known.items()]
    if formulas:
        with _opened(file, data_only=False) as book:
            for (name, sheet), table in zip(known.items(), tables, strict=True):
                _mark_unworked(table, _table(book[name], sheet))
    return tables, notices


def _look_inside(file: BinaryIO) -> bool:
    """Whether a sheet holds formulas; raises BadFileError for what is no workbook or unpacks to too much."""
    file.seek(0)
    if file.read(4) == OLD_EXCEL:
        raise BadFileError(
            _("This is an old Excel file (.xls) or one with a password: save it as .xlsx without a password.")
        )
    try:
        return limits.check(file)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise BadFileError(_("This is no Excel workbook: choose a file that ends in .xlsx.")) from error


@contextmanager
def _opened(file: BinaryIO, *, data_only: bool) -> Iterator:
    """Whatever openpyxl stumbles over in a damaged file becomes an answer in words."""
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(file, read_only=True, data_only=data_only, keep_links=False)
            yield book
        except BadFileError:
            raise
        except Exception as error:
            raise BadFileError(
                _("The workbook is damaged: open it in Excel, save it again as .xlsx and send that file.")
            ) from error


def _pick(names: list[str], sheets: tuple[RegisterSheet, ...]) -> tuple[dict[str, RegisterSheet], list[ImportMessage]]:
    known, notices, wanted = {}, [], {comparable_text(sheet.name): sheet for sheet in sheets}
    for name in names:
        if sheet := wanted.pop(comparable_text(name), None):
            known[name] = sheet
        else:
            text = _("This sheet is not part of the register and is not read.")
            notices.append(ImportMessage(WARNING, name, 0, "", "", text))
    if not known:
        expected = ", ".join(sheet.name for sheet in sheets)
        words = _("None of the sheets is there: the register has the sheets %(names)s.")
        raise BadFileError(words % {"names": expected})
    return known, notices


def _table(worksheet: Any, sheet: RegisterSheet) -> ReadSheet:
    table = ReadSheet(sheet)
    if not hasattr(worksheet, "reset_dimensions"):  # a sheet that holds only a chart
        return table
    worksheet.reset_dimensions()  # what the file says of its own size is often wrong
    places: dict[int, str] = {}
    once: dict[str, str] = {}  # a text that many cells hold is kept once
    for number, cells in enumerate(worksheet.iter_rows(values_only=True), start=1):
        if number == 1:
            places = _headers(cells, table)
            continue
        found = {places[place]: cell for place, cell in enumerate(cells) if place in places and not _empty(cell)}
        for name, cell in found.items():
            if isinstance(cell, str) and len(once) < MOST_ONCE:
                found[name] = once.setdefault(cell, cell)
        if found:
            table.rows.append((number, Cells(sheet, found)))
    if not places:
        _headers((), table)
    return table


def _empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _headers(cells: tuple, table: ReadSheet) -> dict[int, str]:
    """Which field stands in which place; tells what is missing, doubled or not part of the register."""
    sheet = table.sheet
    places: dict[int, str] = {}
    table.messages.clear()
    for place, cell in enumerate(cells[:MOST_COLUMNS]):
        if _empty(cell):
            continue
        header = excerpt(as_text(cell).replace("*", " "), 60)
        column = sheet.by_header.get(comparable_text(header))
        if column is None:
            text = _("This column is not part of the register and is not read.")
        elif column.field in places.values():
            text = _("This column stands here twice: only the first one is read.")
        else:
            places[place] = column.field
            continue
        table.messages.append(ImportMessage(WARNING, sheet.name, 1, header, "", text))
    there = set(places.values())
    table.missing = [column.header for column in sheet.columns if column.required and column.field not in there]
    for header in table.missing:
        text = _("The column is missing: write “%(header)s” into row 1 of the sheet.") % {"header": header}
        table.messages.append(ImportMessage(ERROR, sheet.name, 1, header, "", text))
    return places


def _mark_unworked(table: ReadSheet, formulas: ReadSheet) -> None:
    """A formula without its result is no empty cell: it is told apart, so that nothing gets lost in silence."""
    worked = dict(table.rows)
    for number, cells in formulas.rows:
        for name, cell in cells.items():
            if name not in worked.get(number, {}) and isinstance(cell, str) and cell.startswith("="):
                worked.setdefault(number, Cells(table.sheet))[name] = UNWORKED
    table.rows = sorted(worked.items())
