"""What a photograph is, told from its bytes and not from its name, and the same picture without anything else.

Only JPEG and PNG. Where and with which telephone it was taken goes, and so does whatever hides beside the picture.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST_PIXELS = (
    40_000_000  # a picture that says more is no photograph of a paper, or would fill the memory of a telephone
)
LONGEST_SIDE = 12_000
SHORTEST_SIDE = 50

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
FRAMES = {0xC0, 0xC1, 0xC2}  # baseline, extended, progressive: what browsers show
SCAN, LAST, ADOBE, EXIF = 0xDA, 0xD9, 0xEE, 0xE1
NEEDED = {0xC4, 0xDB, 0xDD, ADOBE, *FRAMES}  # tables, the frame, and how its colours are stored
INSIDE = {0, 0xFF, *range(0xD0, 0xD8)}  # a byte of the picture, filling, a restart
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
ORIENTATION = 0x0112


class PhotoKind(StrEnum):
    JPEG = "jpeg"
    PNG = "png"


class PhotoError(ValueError):
    """No photograph: `why` is "kind", "broken" or "size"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Photo:
    """A picture of so many pixels; `content` holds it and nothing beside it."""

    kind: PhotoKind
    width: int
    height: int
    content: bytes


def read_photo(content: bytes) -> Photo:
    """The photograph that these bytes are. Raises PhotoError where they are none that is known, whole and of a size."""
    try:
        if content.startswith(JPEG):
            found = _read_jpeg(content)
        elif content.startswith(PNG):
            found = _read_png(content)
        else:
            raise PhotoError("kind")
    except (IndexError, struct.error, zlib.error):
        raise PhotoError("broken") from None
    sides = found.width, found.height
    if not SHORTEST_SIDE <= min(sides) or max(sides) > LONGEST_SIDE or found.width * found.height > MOST_PIXELS:
        raise PhotoError("size")
    return found


def _read_jpeg(content: bytes) -> Photo:
    kept, turned, place = [JPEG[:2]], 1, 2
    width = height = 0
    for marker, segment in _segments(content):
        place += len(segment)
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
        if marker == EXIF:
            turned = _orientation(segment[4:])
        if marker in NEEDED or marker == SCAN:
            kept.append(segment)
    if turned != 1:
        kept.insert(1, _turn(turned))
    return Photo(PhotoKind.JPEG, width, height, b"".join([*kept, _scans(content, place)]))


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The segments up to the first scan, each with its marker."""
    place, marker = 2, 0
    while marker != SCAN:
        (length,) = struct.unpack_from(">H", content, place + 2)
        segment, marker = content[place : place + 2 + length], content[place + 1]
        if segment[0] != 0xFF or length < 2 or len(segment) < 2 + length:
            raise PhotoError("broken")
        place += 2 + length
        yield marker, segment


def _scans(content: bytes, place: int) -> bytes:
    """From the first scan to the end of the picture: of a progressive one with the tables between its scans."""
    stop = place
    while True:
        stop = content.find(b"\xff", stop)
        if stop < 0:
            raise PhotoError("broken")
        marker = content[stop + 1]
        if marker == LAST:
            return content[place : stop + 2]
        if marker in INSIDE:
            stop += 1 if marker == 0xFF else 2
        elif marker in NEEDED or marker == SCAN:
            (length,) = struct.unpack_from(">H", content, stop + 2)
            stop += 2 + length
        else:
            raise PhotoError("broken")


def _orientation(exif: bytes) -> int:
    """How the telephone was held, 1 to 8, as an Exif segment says; 1 where it does not."""
    if not exif.startswith(b"Exif\x00\x00"):
        return 1
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(min(count, 200)):
            tag, kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == ORIENTATION and kind == 3:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turn(turned: int) -> bytes:
    """An Exif segment that says nothing but how the picture is turned."""
    entry = struct.pack(">HHIHH", ORIENTATION, 3, 1, turned, 0)
    body = b"Exif\x00\x00MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _read_png(content: bytes) -> Photo:
    chunks = list(_chunks(content))
    names = [name for name, _chunk in chunks]
    if names[0] != b"IHDR" or names[-1] != b"IEND" or b"IDAT" not in names:
        raise PhotoError("broken")
    width, height = struct.unpack_from(">II", chunks[0][1], 8)
    return Photo(PhotoKind.PNG, width, height, PNG + b"".join(chunk for name, chunk in chunks if name in PNG_KEPT))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk with its name, to the last one of the picture, its checksum looked at."""
    place = len(PNG)
    while True:
        length, name = struct.unpack_from(">I4s", content, place)
        chunk = content[place : place + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            raise PhotoError("broken")
        yield name, chunk
        if name == b"IEND":
            return
        place += 12 + length
