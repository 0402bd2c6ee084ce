"""Values as the database keeps them that must not be read from a copy of it: encrypted, and beside them a keyed digest.

Pure: keys and places are given. A place is the column a value stands in ("cases_returnee.phone"): what was encrypted
for one column is not opened in another. Who has the database and no key learns of a value whether it is empty, about
how long it is, and of a digest whether two are the same.
"""

import hashlib
import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "enc1:"  # before every encrypted value; behind it the name of its key, a colon, and what was encrypted
NAME_LENGTH = 6
DIGEST_LENGTH = 22  # 132 bits: two numbers of one country do not meet
_HEAD = len(MARK) + NAME_LENGTH + 1
_MARK_BYTES = MARK.encode()
_NONCE = 12


class UnreadableValueError(Exception):
    """A value of the database that none of the keys opens; the text names the key, or the column, never the value."""


class _Key:
    def __init__(self, secret: str) -> None:
        self.cipher = AESGCM(_derived(secret, "encrypts fields"))
        self.index = _derived(secret, "finds fields")
        self.name = urlsafe_b64encode(_derived(secret, "names the key"))[:NAME_LENGTH].decode()
        self.head = f"{MARK}{self.name}:"


def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"cases.fields {purpose}".encode(), hashlib.sha256)


class FieldCipher:
    """Encrypts with the first of `secrets`, opens with whichever it was."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._keys = {key.name: key for key in map(_Key, secrets)}
        self._first = next(iter(self._keys.values()))

    @property
    def name(self) -> str:
        """The name of the key in use: it tells nothing of the key."""
        return self._first.name

    @property
    def names(self) -> list[str]:
        """The names of all keys, the one in use first."""
        return list(self._keys)

    def seal(self, text: str, place: str) -> str:
        """A text encrypted for its place."""
        return self._first.head + urlsafe_b64encode(self._sealed(text.encode(), place)).decode()

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """The same of bytes."""
        return self._first.head.encode() + self._sealed(content, place)

    def _sealed(self, content: bytes, place: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._first.cipher.encrypt(nonce, content, place.encode())

    def open(self, stored: str, place: str) -> str:
        """The text again; one without the mark is given back as it is. UnreadableValueError where no key opens it."""
        if not stored.startswith(MARK):
            return stored
        try:
            packed = urlsafe_b64decode(stored[_HEAD:])
        except ValueError:
            raise UnreadableValueError(place) from None
        return self._opened(packed, stored[len(MARK) : _HEAD - 1], place).decode()

    def open_bytes(self, stored: bytes, place: str) -> bytes:
        """The same of bytes."""
        if not stored.startswith(_MARK_BYTES):
            return stored
        return self._opened(stored[_HEAD:], stored[len(MARK) : _HEAD - 1].decode("ascii", "replace"), place)

    def _opened(self, packed: bytes, name: str, place: str) -> bytes:
        key = self._keys.get(name)
        if key is None:
            raise UnreadableValueError(f"{place}: {name}")
        try:
            return key.cipher.decrypt(packed[:_NONCE], packed[_NONCE:], place.encode())
        except (InvalidTag, ValueError):
            raise UnreadableValueError(place) from None

    def digest(self, text: str, place: str) -> str:
        """By which a value is found again, made with the key in use."""
        return _digest(self._first, text, place)

    def digests(self, text: str, place: str) -> list[str]:
        """By which a value is found again that was stored with any of the keys, the one in use first."""
        return [_digest(key, text, place) for key in self._keys.values()]


def _digest(key: _Key, text: str, place: str) -> str:
    made = hmac.digest(key.index, f"{place}\x1f{text}".encode(), hashlib.sha256)
    return urlsafe_b64encode(made)[:DIGEST_LENGTH].decode()


def is_sealed(stored: object) -> bool:
    """Whether a value as the database has it is encrypted."""
    if isinstance(stored, bytes | memoryview):
        return bytes(stored[: len(_MARK_BYTES)]) == _MARK_BYTES
    return isinstance(stored, str) and stored.startswith(MARK)


def key_name(stored: str | bytes) -> str:
    """The name of the key an encrypted value was made with."""
    head = stored[len(MARK) : _HEAD - 1]
    return head if isinstance(head, str) else bytes(head).decode("ascii", "replace")
