"""A day of the log as it is sealed: a mark for each row, and one code over all of them that links to the day before.

Pure: rows are mappings of column to value, keys and codes are bytes and text. Whoever has the rows makes the marks
anew, nobody makes the code anew without the key.
"""

import hashlib
import hmac
import json
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

DIGEST_BYTES = 16
_FIRST = struct.Struct(f">q{DIGEST_BYTES}s")


@dataclass(frozen=True)
class RowMark:
    """What is kept of one row: its id, a digest of all its columns, and two bytes of each to tell which changed."""

    id: int
    digest: bytes
    parts: tuple[int, ...]


def as_text(value: Any) -> str:
    """A value in one spelling, whichever engine it comes from; times in UTC, the keys of JSON in their order."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def mark(row: Mapping[str, Any], columns: Sequence[str]) -> RowMark:
    """The mark of a row; `columns` without the id, always in the same order."""
    texts = [as_text(row[name]) for name in columns]
    digest = hashlib.sha256("\x1f".join([str(row["id"]), *texts]).encode()).digest()
    return RowMark(row["id"], digest[:DIGEST_BYTES], tuple(zlib.crc32(text.encode()) & 0xFFFF for text in texts))


def digest(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    """The digest of a row as its mark has it, in hexadecimal digits."""
    return mark(row, columns).digest.hex()


def changed_columns(sealed: RowMark, row: Mapping[str, Any], columns: Sequence[str]) -> list[str] | None:
    """The columns whose values are others than when the row was sealed; None where the row is as it was."""
    now = mark(row, columns)
    if now.digest == sealed.digest:
        return None
    return [name for name, one, other in zip(columns, sealed.parts, now.parts, strict=True) if one != other]


def pack(marks: Iterable[RowMark], columns: int) -> bytes:
    """Marks of rows with so many columns, one after the other, for one field of the database."""
    parts = struct.Struct(f">{columns}H")
    return b"".join(_FIRST.pack(each.id, each.digest) + parts.pack(*each.parts) for each in marks)


def unpack(packed: bytes, columns: int) -> Iterator[RowMark]:
    """The marks again; ValueError where they are cut short."""
    parts = struct.Struct(f">{columns}H")
    size = _FIRST.size + parts.size
    if len(packed) % size:
        raise ValueError("The marks are cut short.")
    for place in range(0, len(packed), size):
        row, digest = _FIRST.unpack_from(packed, place)
        yield RowMark(row, digest, parts.unpack_from(packed, place + _FIRST.size))


def code(key: bytes, *, day: date, unit: int | None, edition: int, marks: bytes, before: str) -> str:
    """The code of a seal, 64 hex digits: over the day, the unit, the marks and the code of the seal before."""
    told = json.dumps([day.isoformat(), unit, edition, hashlib.sha256(marks).hexdigest(), before])
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()


def receipt_code(key: bytes, told: Sequence[str]) -> str:
    """The code of a receipt that something was taken out of a row, 64 hex digits: over all that it tells."""
    return hmac.new(key, b"receipt\x1f" + "\x1f".join(told).encode(), hashlib.sha256).hexdigest()


def name_of(key: bytes) -> str:
    """Which key it was, without telling it: 8 hex digits."""
    return hmac.new(key, b"name of the key", hashlib.sha256).hexdigest()[:8]


def short(whole: str) -> str:
    """A code as it is printed: its first 12 digits in three groups, "3F2A-91BC-07DE"."""
    return "-".join(whole[start : start + 4] for start in (0, 4, 8)).upper()
