"""Sheets of an OpenDocument file (.ods, ISO/IEC 26300), read from its XML as it unpacks."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any, BinaryIO

from cases.importing import limits
from cases.importing.concealment import Concealment
from cases.importing.limits import LIMITS
from cases.importing.rows import UNWORKED

CONTENT = "content.xml"
TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
BLOCK = 64 * 1024
WIDEST = 200  # columns that are read
REPEATED = 1000  # times that one filled row may be repeated
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
OPENING = {
    "table": "begin_table",
    "style": "begin_style",
    "table-properties": "begin_properties",
    "table-column": "begin_column",
    "table-row": "begin_row",
    "table-cell": "begin_cell",
    "covered-table-cell": "begin_cell",
}
SHOWN = "visible"  # of a row or column; else it is filtered away or collapsed
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"


def is_one(file: BinaryIO) -> bool:
    """Whether a zip file is an OpenDocument spreadsheet."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist() if len(archive.infolist()) <= LIMITS["parts"] else []
        if CONTENT not in names or "mimetype" not in names:
            return False
        with archive.open("mimetype") as stream:
            return stream.read(len(TYPE) + 1).strip() == TYPE


class OpenBook:
    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        content = OpenContent()
        with zipfile.ZipFile(file) as archive:
            if archive.getinfo(CONTENT).file_size > LIMITS["unpacked"]:
                raise limits.refusal(CONTENT, "unpacked")
            with archive.open(CONTENT) as stream:
                content.read(stream)
        self.sheets, self.spans, self.concealed = content.sheets, content.spans, content.hidden
        self.names = list(content.sheets)

    def lines(self, name: str) -> Iterator[tuple[int, list]]:
        yield from self.sheets[name]

    def merged(self, name: str) -> list[tuple[int, int, int]]:
        """The cells merged downwards: first and last row, and the column, counted from 0."""
        return self.spans[name]

    def hidden(self, name: str) -> Concealment:
        """The rows, columns and sheets that are hidden or filtered away."""
        return self.concealed[name]


class OpenContent:
    """The part with the cells on its way through; what is repeated is written out as far as it is filled."""

    def __init__(self) -> None:
        self.sheets: dict[str, list[tuple[int, list]]] = {}
        self.spans: dict[str, list[tuple[int, int, int]]] = {}
        self.hidden: dict[str, Concealment] = {}
        self.style = ""
        self.unseen: set[str] = set()  # styles of sheets that are not shown
        self.column = 0
        self.own_hidden = Concealment()
        self.rows: list[tuple[int, list]] = []
        self.own_spans: list[tuple[int, int, int]] = []
        self.number = self.cells = self.signs = self.bytes = self.apart = 0
        self.row: list[Any] = []
        self.row_times = self.cell_times = 1
        self.cell: dict[str, str] | None = None
        self.texts: list[str] = []
        self.parser = limits.parser_for(self)

    def read(self, stream: IO[bytes]) -> None:
        while block := stream.read(BLOCK):
            self.bytes += len(block)
            if self.bytes > LIMITS["unpacked"]:
                raise limits.refusal(CONTENT, "unpacked")
            self.parser.Parse(block, False)
            if self.bytes - self.parser.CurrentByteIndex > LIMITS["tag"]:
                raise limits.refusal(CONTENT, "tag")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "annotation":
            self.apart += 1
        elif name in OPENING:
            getattr(self, OPENING[name])(attributes)
        elif name == "p" and self.texts and not self.apart:
            self.texts.append("\n")
        elif name in ("s", "tab", "line-break") and self.cell is not None:
            self.text(" ")

    def begin_table(self, attributes: dict[str, str]) -> None:
        table = attributes.get(f"{TABLE} name", str(len(self.sheets) + 1))
        self.rows, self.own_spans = self.sheets.setdefault(table, []), self.spans.setdefault(table, [])
        self.own_hidden = self.hidden.setdefault(table, Concealment())
        self.own_hidden.sheet = attributes.get(f"{TABLE} style-name") in self.unseen
        self.number = self.column = 0

    def begin_style(self, attributes: dict[str, str]) -> None:
        self.style = attributes.get(f"{STYLE} name", "")

    def begin_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{TABLE} display") == "false":
            self.unseen.add(self.style)

    def begin_column(self, attributes: dict[str, str]) -> None:
        times = min(_times(attributes, f"{TABLE} number-columns-repeated"), WIDEST)
        if attributes.get(f"{TABLE} visibility", SHOWN) != SHOWN:
            self.own_hidden.columns.update(range(self.column, self.column + times))
        self.column += times

    def begin_row(self, attributes: dict[str, str]) -> None:
        self.row, self.row_times = [], _times(attributes, f"{TABLE} number-rows-repeated")
        if attributes.get(f"{TABLE} visibility", SHOWN) != SHOWN:
            times = min(self.row_times, REPEATED)
            self.own_hidden.rows.update(range(self.number + 1, self.number + 1 + times))

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.cell, self.texts = attributes, []
        self.cell_times = _times(attributes, f"{TABLE} number-columns-repeated")

    def text(self, signs: str) -> None:
        if self.cell is None or self.apart:
            return
        self.signs += len(signs)
        if self.signs > LIMITS["texts"]:
            raise limits.refusal(CONTENT, "texts")
        self.texts.append(signs)

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "annotation":
            self.apart -= 1
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self.end_cell(self.cell)
        elif name == "table-row":
            self.end_row()

    def end_cell(self, attributes: dict[str, str]) -> None:
        value, self.cell = _value(attributes, "".join(self.texts)), None
        room = WIDEST - len(self.row)
        down = _times(attributes, f"{TABLE} number-rows-spanned")
        if 1 < down <= LIMITS["rows"] and attributes.get(f"{TABLE} number-columns-spanned", "1") == "1" and room:
            self.own_spans.append((self.number + 1, self.number + down, len(self.row)))
        self.row += [value] * min(self.cell_times, room)

    def end_row(self) -> None:
        filled = any(value is not None for value in self.row)
        for place in range(min(self.row_times, REPEATED) if filled else 0):
            self.cells += len(self.row)
            if self.cells > LIMITS["cells"]:
                raise limits.refusal(CONTENT, "cells")
            self.rows.append((self.number + place + 1, self.row))
        self.number += self.row_times


def _times(attributes: dict[str, str], name: str) -> int:
    typed = attributes.get(name, "1")
    return int(typed) if typed.isdecimal() and len(typed) < 9 else 1


def _value(attributes: dict[str, str], text: str) -> Any:
    kind = attributes.get(f"{OFFICE} value-type")
    if kind is None:
        return text or (UNWORKED if f"{TABLE} formula" in attributes else None)
    if kind == "date":
        return _day(attributes.get(f"{OFFICE} date-value", text))
    if kind in ("float", "currency", "percentage"):
        number = float(attributes.get(f"{OFFICE} value", "nan"))
        return int(number) if number.is_integer() else number
    if kind == "boolean":
        return attributes.get(f"{OFFICE} boolean-value") == "true"
    return text or None


def _day(typed: str) -> Any:
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        return typed
    return date(moment.year, moment.month, moment.day) if moment.timetz() == time() else moment
