"""An encrypted file that notices a wrong passphrase, a missing end and a changed byte, each told apart.

    magic · length and text of the header · its checksum · frames: last or not (1), length (4), AES-256-GCM of a piece

The key comes from the passphrase by scrypt with a salt of the file's own. Each piece is bound to the header, to its
number and to whether it is the last: pieces can be neither left out nor put elsewhere.
"""

import codecs
import contextlib
import hashlib
import hmac
import json
import secrets
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

MAGIC = b"THNBACK1"
PIECE = 1024 * 1024
TAG = 16
COST = 2**17  # of scrypt: a second and 128 MB for each guess at the passphrase
MOST_HEADER = 4096


class SealedFileError(CommandError):
    """What is wrong with a file, in words."""


def write(target: BinaryIO, passphrase: bytes, about: dict[str, Any], pieces: Iterable[bytes]) -> None:
    """Encrypt `about` (anything JSON holds) and, behind it, the bytes of `pieces` into `target`."""
    salt = secrets.token_bytes(16)
    key = _key(passphrase, salt, COST)
    header = json.dumps({"salt": salt.hex(), "cost": COST, "check": _check(key)}).encode()
    target.write(MAGIC + len(header).to_bytes(4) + header + zlib.crc32(header).to_bytes(4))
    cipher = AESGCM(key)
    number, held = 0, json.dumps(about).encode()
    for piece in _even(pieces):
        _write_frame(target, cipher, header, number, held, last=False)
        number, held = number + 1, piece
    _write_frame(target, cipher, header, number, held, last=True)


def read(source: BinaryIO, passphrase: bytes) -> tuple[dict[str, Any], Iterator[bytes]]:
    """What was said about the content, and the content itself piece by piece.

    Raises SealedFileError at once for a foreign file or a wrong passphrase, and while it is read for a changed or
    missing part: what came before that is true, but nothing may be done with it before the end was reached.
    """
    header = _read_header(source)
    told = json.loads(header)
    frames = _frames(source, AESGCM(_find_key(passphrase, told)), header)
    return json.loads(next(frames)), frames


def _find_key(passphrase, told):
    """The key of the passphrase as it was given, else as another keyboard or editor would have written it."""
    for written in _ways_to_write(passphrase):
        key = _key(written, bytes.fromhex(told["salt"]), told["cost"])
        if hmac.compare_digest(_check(key), told["check"]):
            return key
    raise SealedFileError(_("The passphrase is not the one this backup was made with."))


def _ways_to_write(passphrase):
    """Vietnamese letters in one sign or in several, with the mark before them that Notepad writes and without."""
    ways = [passphrase]
    with contextlib.suppress(UnicodeDecodeError):
        text = passphrase.decode("utf-8-sig")
        forms = [unicodedata.normalize(form, text).encode() for form in ("NFC", "NFD")]
        ways += [mark + form for mark in (b"", codecs.BOM_UTF8) for form in forms]
    return dict.fromkeys(ways)


def _key(passphrase, salt, cost):
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase)


def _check(key):
    """Tells a wrong passphrase from a changed file; it helps nobody to guess."""
    return hmac.new(key, b"check", hashlib.sha256).hexdigest()[:16]


def _even(pieces):
    """The same bytes in pieces of one size: the source may hand them out one by one or all at once."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def _bound(header, number, last):
    return header + number.to_bytes(8) + bytes([last])


def _write_frame(target, cipher, header, number, piece, *, last):
    sealed = cipher.encrypt(number.to_bytes(12), piece, _bound(header, number, last))
    target.write(bytes([last]) + len(sealed).to_bytes(4) + sealed)


def _read_header(source):
    if _exactly(source, len(MAGIC)) != MAGIC:
        raise SealedFileError(_("This file is no backup of this system."))
    length = int.from_bytes(_exactly(source, 4))
    if length > MOST_HEADER:
        raise _changed()
    header = _exactly(source, length)
    if zlib.crc32(header).to_bytes(4) != _exactly(source, 4):
        raise _changed()
    return header


def _frames(source, cipher, header):
    number, last = 0, False
    while not last:
        mark, length = int.from_bytes(_exactly(source, 1)), int.from_bytes(_exactly(source, 4))
        last = bool(mark)
        if mark > 1 or not TAG <= length <= PIECE + TAG:
            raise _changed()
        try:
            yield cipher.decrypt(number.to_bytes(12), _exactly(source, length), _bound(header, number, last))
        except InvalidTag:
            raise _changed() from None
        number += 1
    if source.read(1):
        raise _changed()


def _exactly(source, length):
    found = source.read(length)
    if len(found) < length:
        raise SealedFileError(_("The file is cut: its end is missing. Use another copy."))
    return found


def _changed():
    return SealedFileError(_("The file was changed or damaged since it was made. Use another copy."))
