"""The outbox of a device as a file: what was written there and could not be sent, each entry encrypted on the device.

    {"file": "trip-outbox", "edition": "1", "entries": [{"device": …, "iv": …, "data": …}, …]}

The key of a device is with the server and on the device, nowhere else: what it opens was written there, and unchanged.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

KIND = "trip-outbox"
MOST_ENTRIES = 1000
MOST_BYTES = 5 * 1024 * 1024


class TripFileError(ValueError):
    """What is wrong with a file, in words."""


@dataclass(frozen=True)
class Parcel:
    """One entry, still encrypted, and the device it was written on."""

    device: UUID
    iv: bytes
    data: bytes

    def open(self, key: str) -> dict[str, Any]:
        """What the device wrote, `noun` and `fields`. Raises TripFileError where this is not the key."""
        raw = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
        try:
            told = json.loads(AESGCM(raw).decrypt(self.iv, self.data, None))
            return {"noun": str(told["noun"]), "fields": [(str(name), str(value)) for name, value in told["fields"]]}
        except (InvalidTag, ValueError, KeyError, TypeError):
            raise TripFileError(_("This entry was changed or damaged on its way: send it from the device.")) from None


def read(content: bytes) -> tuple[str, list[Parcel]]:
    """The edition of the page that wrote the file, and its entries in order. Raises TripFileError in words."""
    try:
        told = json.loads(content)
    except ValueError:
        raise TripFileError(_("This is no file of “Field trip”, or its end is missing: send it once more.")) from None
    if not isinstance(told, dict) or told.get("file") != KIND or not isinstance(told.get("entries"), list):
        raise TripFileError(_("This is no file of “Field trip”: choose the one that was saved on the device."))
    if len(told["entries"]) > MOST_ENTRIES:
        said = _("This file holds %(count)d entries; at most %(most)d are taken in at once.")
        raise TripFileError(said % {"count": len(told["entries"]), "most": MOST_ENTRIES})
    return str(told.get("edition")), list(_parcels(told["entries"]))


def _parcels(entries: list[Any]) -> Iterator[Parcel]:
    for entry in entries:
        try:
            yield Parcel(
                device=UUID(entry["device"]),
                iv=base64.b64decode(entry["iv"], validate=True),
                data=base64.b64decode(entry["data"], validate=True),
            )
        except (KeyError, TypeError, AttributeError, ValueError, binascii.Error):
            raise TripFileError(_("The file was changed or damaged: save it on the device once more.")) from None
