"""A workbook of Excel 97 to 2003 (.xls) for tests: one sheet of texts, numbers and days, as bytes.

The layout is that of the published formats [MS-XLS] (records) and [MS-CFB] (the file that holds them).
"""

import struct
from datetime import date, datetime

FIRST_DAY = datetime(1899, 12, 30)
SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
PLAIN, DAY = 0, 1  # places in the list of formats
SHORT_DATE = 14  # a number format that is built in


def old_book(name: str, lines: list[list]) -> bytes:
    """The sheet `name` with these rows; an empty cell is None."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    formats = b"".join(record(0x00E0, struct.pack("<HH16x", 0, shown)) for shown in (0, SHORT_DATE))
    size = len(begin) + len(formats) + len(record(0x0085, entry(0, name))) + len(record(0x000A))
    listed = record(0x0085, entry(size, name))
    return compound(begin + formats + listed + record(0x000A) + sheet(lines))


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def entry(place: int, name: str) -> bytes:
    """Where the sheet begins, that it is shown, and what it is called."""
    return struct.pack("<IHBB", place, 0, len(name), 1) + name.encode("utf-16-le")


def sheet(lines: list[list]) -> bytes:
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    width = max(map(len, lines), default=0)
    size = record(0x0200, struct.pack("<IIHHH", 0, len(lines), 0, width, 0))
    cells = (
        cell(row, column, value)
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if value is not None
    )
    return begin + size + b"".join(cells) + record(0x000A)


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
