"""Pictures as a telephone makes them: small ones, with what it writes beside the picture."""

import struct
import zlib
from base64 import b64decode

from django.core.files.uploadedfile import SimpleUploadedFile

PLACE = b"GPS 12.3456 107.6543"  # where it was taken, as far as a test is concerned
HIDDEN = b"<script>alert(1)</script>"
WHITE = b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh"
    "Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB"
    "UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA"
    "AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y"
    "WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM"
    "ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAKBueIx4ZKCMgoy0qqC+8P//8Nzc8P//////"
    "////////////////////////////////////////////////////2wBDAaq0tPDS8P//////////////////////////////////"
    "////////////////////////////////////////////wAARCAA8AFADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/"
    "xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhED"
    "EQA/ALAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA//2Q=="
)  # 80 by 60 pixels, as a browser wrote it


def jpeg(*, turned=0):
    """A JPEG with an Exif segment (how it was held, and where), a comment, and more behind its end."""
    tags = struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0) if turned else b""
    body = b"Exif\0\0II*\0" + struct.pack("<IH", 8, bool(turned)) + tags + struct.pack("<I", 0) + PLACE
    exif = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    comment = b"\xff\xfe" + struct.pack(">H", len(HIDDEN) + 2) + HIDDEN
    return WHITE[:2] + exif + comment + WHITE[2:] + HIDDEN


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width=80, height=60):
    """A PNG in grey, with a text beside the picture; of a large one only the head is true."""
    rows = zlib.compress(b"\0" * (1 + width) * height) if width * height < 10**6 else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", HIDDEN) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def uploaded(content, name="giay.jpg"):
    return SimpleUploadedFile(name, content)
