"""Sheets as other programs keep them, for tests: Excel 97 to 2003 (.xls), OpenDocument (.ods), pasted cells.

The layout of .xls is that of the published formats [MS-XLS] (records) and [MS-CFB] (the file that holds them).
"""

import io
import struct
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape

from cases.importing import open_document

FIRST_DAY = datetime(1899, 12, 30)
SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
PLAIN, DAY = 0, 1  # places in the list of formats
SHORT_DATE = 14  # a number format that is built in


BEGIN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Sổ">'
)
LAST = "</table:table></office:spreadsheet></office:body></office:document-content>"


def pasted(lines: list[list]) -> io.BytesIO:
    """The rows as a spreadsheet copies them: a day as it is shown, a line end and a tab inside quotes."""
    return io.BytesIO("\n".join("\t".join(map(shown, line)) for line in lines).encode())


def shown(value: object) -> str:
    text = f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else str(value)
    return f'"{text}"' if "\n" in text else text


def open_document_of(rows: str, begin: str = BEGIN) -> io.BytesIO:
    """An OpenDocument file around the XML of its rows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", open_document.TYPE)
        archive.writestr(open_document.CONTENT, begin + rows + LAST)
    return out


def open_book_of(lines: list[list], hidden_rows=(), hidden_columns=()) -> io.BytesIO:
    """The same from rows of cells; places of what is hidden count from 0."""
    rows = ("".join(map(open_cell, line)) for line in lines)
    width = max(map(len, lines), default=0)
    collapsed, filtered = ' table:visibility="collapse"', ' table:visibility="filter"'
    columns = (f"<table:table-column{collapsed if place in hidden_columns else ''}/>" for place in range(width))
    found = (
        f"<table:table-row{filtered if place in hidden_rows else ''}>{row}</table:table-row>"
        for place, row in enumerate(rows)
    )
    return open_document_of("".join([*columns, *found]))


def open_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = ""
    if isinstance(value, date):
        kind = f' office:value-type="date" office:date-value="{value.isoformat()}"'
    elif not isinstance(value, str):
        kind = f' office:value-type="float" office:value="{value}"'
    return f"<table:table-cell{kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


def old_book_of(lines: list[list], name: str = "Sổ", **looks) -> io.BytesIO:
    """An .xls file with one sheet; an empty cell is None. `looks` as of `sheet_looks`."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    formats = b"".join(record(0x00E0, struct.pack("<HH16x", 0, shown)) for shown in (0, SHORT_DATE))
    size = len(begin) + len(formats) + len(record(0x0085, entry(0, name))) + len(record(0x000A))
    listed = record(0x0085, entry(size, name))
    return io.BytesIO(compound(begin + formats + listed + record(0x000A) + sheet(lines, sheet_looks(**looks))))


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def entry(place: int, name: str) -> bytes:
    """Where the sheet begins, that it is shown, and what it is called."""
    return struct.pack("<IHBB", place, 0, len(name), 1) + name.encode("utf-16-le")


def sheet_looks(merged=(), hidden_rows=(), hidden_columns=()) -> bytes:
    """The records of cells merged downwards (first and last row, column), and of rows and columns that are hidden."""
    found = b"".join(record(0x007D, struct.pack("<HHHHHH", place, place, 2304, 0, 1, 0)) for place in hidden_columns)
    found += b"".join(record(0x0208, struct.pack("<HHHHHHI", row, 0, 1, 255, 0, 0, 0x20)) for row in hidden_rows)
    spans = b"".join(struct.pack("<HHHH", first, last, place, place) for first, last, place in merged)
    return found + (record(0x00E5, struct.pack("<H", len(merged)) + spans) if merged else b"")


def sheet(lines: list[list], looks: bytes = b"") -> bytes:
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    width = max(map(len, lines), default=0)
    size = record(0x0200, struct.pack("<IIHHH", 0, len(lines), 0, width, 0))
    cells = (
        cell(row, column, value)
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if value is not None
    )
    return begin + size + looks + b"".join(cells) + record(0x000A)


def cell(row: int, column: int, value: object) -> bytes:
    if isinstance(value, str):
        text = struct.pack("<HHHHB", row, column, PLAIN, len(value), 1) + value.encode("utf-16-le")
        return record(0x0204, text)
    if isinstance(value, bool):
        return record(0x0205, struct.pack("<HHHBB", row, column, PLAIN, value, 0))
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        days = (moment - FIRST_DAY).total_seconds() / 86400
        return record(0x0203, struct.pack("<HHHd", row, column, DAY, days))
    return record(0x0203, struct.pack("<HHHd", row, column, PLAIN, value))


def compound(stream: bytes) -> bytes:
    """The file around the records: a head, the table of sectors, the list of streams, and the one stream."""
    stream = stream.ljust(4096, b"\0")  # a shorter one would lie in smaller sectors
    count = -(-len(stream) // SECTOR)
    chain = [TABLE, END, *range(3, count + 2), END]
    tables = SECTOR // 4
    assert len(chain) <= tables, "one table of sectors: up to 63 kB"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0, 0)
    head += struct.pack("<108I", *[FREE] * 108)
    table = struct.pack(f"<{tables}I", *chain, *[FREE] * (tables - len(chain)))
    streams = stream_named("Root Entry", 5, END, 0, child=1) + stream_named("Workbook", 2, 2, len(stream))
    return head + table + streams.ljust(SECTOR, b"\0") + stream.ljust(count * SECTOR, b"\0")


def stream_named(name: str, kind: int, first: int, size: int, child: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    rest = struct.pack("<HBBIII36xII4x", len(text), kind, 1, FREE, FREE, child, first, size)
    return text.ljust(64, b"\0") + rest
