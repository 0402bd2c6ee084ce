"""Files of cells into rows: .xlsx, .xls, .ods and pasted cells, at bounded cost; the only module that reads them."""

import io
import logging
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from typing import Any, BinaryIO, Protocol

import xlrd  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from cases.importing import limits, open_document
from cases.importing.concealment import Concealment
from cases.importing.limits import LIMITS, WorkbookTotals
from cases.importing.log import BadFileError
from cases.importing.rows import UNWORKED

log = logging.getLogger(__name__)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and .xlsx under a password
# A spreadsheet puts a cell of several lines into quotation marks; a mark that a cell only begins with is its own.
PASTED = re.compile(r'(?:"((?:[^"\t]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|\Z)')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
BLOCK = 1024 * 1024
MOST_MERGED = 20_000
Span = tuple[int, int, int]  # of a cell merged downwards: its first and last row, and its column, counted from 0
Line = tuple[int, Sequence[Any]]  # the number a spreadsheet shows, and the cells from the first column on


class Book(Protocol):
    """`lines` of a sheet may be asked for once at a time; rows without a cell may be left out."""

    names: list[str]

    def lines(self, name: str) -> Iterator[Line]: ...

    def merged(self, name: str) -> list[Span]: ...

    def hidden(self, name: str) -> Concealment: ...


class ExcelBook:
    def __init__(self, file: BinaryIO, total: WorkbookTotals) -> None:
        self.worked = _load(file, data_only=True)
        self.formulas = _load(file, data_only=False) if total.formulas else None
        self.names = self.worked.sheetnames
        self.concealed = total.hidden

    def lines(self, name: str) -> Iterator[Line]:
        values = _rows(self.worked[name])
        if self.formulas is None:
            yield from enumerate(values, start=1)
            return
        both = zip_longest(values, _rows(self.formulas[name]), fillvalue=())
        for number, (cells, written) in enumerate(both, start=1):
            yield number, [_worked(*pair) for pair in zip_longest(cells, written)]

    def merged(self, name: str) -> list[Span]:
        """Read from the part itself, which openpyxl does not keep where it reads row by row."""
        sheet = self.worked[name]
        if not hasattr(sheet, "reset_dimensions"):
            return []
        found: dict[tuple[bytes, ...], None] = {}
        with sheet._get_source() as stream:
            rest = b""
            while (block := stream.read(BLOCK)) and len(found) < MOST_MERGED:
                found |= dict.fromkeys(match.groups() for match in MERGED.finditer(rest + block))
                rest = (rest + block)[-200:]
        spans = ((int(first), int(last), left, right) for left, first, right, last in found)
        return [
            (first, last, column_index_from_string(left.decode()) - 1)
            for first, last, left, right in spans
            if left == right and first < last <= LIMITS["rows"]
        ]

    def hidden(self, name: str) -> Concealment:
        """As the size of the parts was counted; what hides a sheet as a whole stands in the workbook itself."""
        sheet = self.worked[name]
        found = self.concealed.get(getattr(sheet, "_worksheet_path", "").lstrip("/"), Concealment())
        return replace(found, sheet=getattr(sheet, "sheet_state", "visible") != "visible")


def _load(file: BinaryIO, *, data_only: bool) -> Any:
    file.seek(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(file, read_only=True, data_only=data_only, keep_links=False)


def _rows(worksheet: Any) -> Iterator[tuple]:
    if not hasattr(worksheet, "reset_dimensions"):  # a sheet that holds only a chart
        return
    worksheet.reset_dimensions()  # what the file says of its own size is often wrong
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from worksheet.iter_rows(values_only=True)


def _worked(value: Any, written: Any) -> Any:
    """A formula without its result is no empty cell: it is told apart, so that nothing gets lost in silence."""
    return UNWORKED if value is None and written is not None else value


class OldExcelBook:
    """A workbook of Excel 97 to 2003."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.book = self._open()
        self.names = self.book.sheet_names()
        self.formatted: dict[str, Any] = {}

    def _open(self, *, formats: bool = False) -> Any:
        return xlrd.open_workbook(
            file_contents=self.content,
            on_demand=True,
            logfile=io.StringIO(),
            ragged_rows=True,
            formatting_info=formats,
        )

    def lines(self, name: str) -> Iterator[Line]:
        sheet = self.book.sheet_by_name(name)
        if sheet.nrows * sheet.ncols > LIMITS["cells"]:
            raise limits.refusal(name, "cells")
        for place in range(sheet.nrows):
            yield place + 1, [self._value(cell) for cell in sheet.row(place)]
        self.book.unload_sheet(name)

    def merged(self, name: str) -> list[Span]:
        """Told with the formats alone, which are read for this only."""
        spans = self._formatted(name).merged_cells if self._formatted(name) else []
        return [
            (first + 1, end, left)
            for first, end, left, right in spans[:MOST_MERGED]
            if right == left + 1 and first + 1 < end <= LIMITS["rows"]
        ]

    def hidden(self, name: str) -> Concealment:
        """Told with the formats too."""
        sheet = self._formatted(name)
        if sheet is None:
            return Concealment()
        rows = {number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden}
        columns = {place for place, info in sheet.colinfo_map.items() if info.hidden}
        return Concealment(rows, columns, sheet=sheet.visibility != 0)

    def _formatted(self, name: str) -> Any:
        """The sheet read with its formats; None where those are damaged, which does not matter to the cells."""
        if name not in self.formatted:
            try:
                book = self._open(formats=True)
                self.formatted[name] = book.sheet_by_name(name)
            except Exception:  # whatever a damaged file does to its reader
                log.info("The formats of an old workbook cannot be read.")
                self.formatted[name] = None
        return self.formatted[name]

    def _value(self, cell: Any) -> Any:
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return None
        if cell.ctype == xlrd.XL_CELL_DATE:
            return self._day(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        whole = isinstance(cell.value, float) and cell.value.is_integer()
        return int(cell.value) if whole else cell.value

    def _day(self, value: float) -> Any:
        try:
            moment = xlrd.xldate_as_datetime(value, self.book.datemode)
        except (xlrd.XLDateError, ValueError, OverflowError):
            return value
        return moment if value >= 1 else moment.time()


class TextBook:
    """Cells copied from a spreadsheet and pasted as text: a tab between columns, a line for a row."""

    def __init__(self, text: str) -> None:
        self.names = [_("Pasted cells")]
        self.text = text

    def lines(self, name: str) -> Iterator[Line]:
        for number, cells in enumerate(self._rows(), start=1):
            if number > LIMITS["rows"]:
                raise limits.refusal(name, "rows")
            if any(len(cell) > LIMITS["cell"] for cell in cells):
                raise limits.refusal(name, "cell")
            yield number, [cell if cell.strip() else None for cell in cells]

    def merged(self, name: str) -> list[Span]:
        """None: pasted text knows of no cells that were merged."""
        return []

    def hidden(self, name: str) -> Concealment:
        """Nothing: what a spreadsheet hides it does not copy, or copies like all else."""
        return Concealment()

    def _rows(self) -> Iterator[list[str]]:
        cells: list[str] = []
        for found in PASTED.finditer(self.text.rstrip("\r\n")):
            quoted, plain, end = found.groups()
            cells.append(plain if quoted is None else quoted.replace('""', '"'))
            if end != "\t":
                yield cells
                cells = []
            if not end:
                return


@contextmanager
def open_book(file: BinaryIO) -> Iterator[Book]:
    """The sheets of a file. Raises BadFileError in words where it is none, too large, or turns out damaged."""
    try:
        yield _book(file)
    except BadFileError:
        raise
    except xlrd.XLRDError as error:
        raise BadFileError(_("This Excel file has a password or is damaged: save it as .xlsx without one.")) from error
    except Exception as error:
        raise BadFileError(
            _("The workbook is damaged: open it in Excel, save it again as .xlsx and send that file.")
        ) from error


def _book(file: BinaryIO) -> Book:
    if file.seek(0, 2) > LIMITS["upload"]:
        raise limits.too_large(LIMITS)
    file.seek(0)
    begin = file.read(4)
    if begin == OLD_EXCEL:
        file.seek(0)
        return OldExcelBook(file.read())
    if begin[:2] != b"PK" and (text := _pasted(file)):
        return TextBook(text)
    try:
        if open_document.is_one(file):
            return open_document.OpenBook(file)
        return ExcelBook(file, limits.check_size(file))
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
        raise BadFileError(
            _("This is no workbook: choose a file that ends in .xlsx, .xls or .ods, or paste the cells.")
        ) from error


def _pasted(file: BinaryIO) -> str:
    """The text of pasted cells; "" for what is no text of several columns."""
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return text if "\t" in text else ""
