"""The keys of what is encrypted in the database; none of them is in it, nor in a backup.

FIELD_KEYS, the one in use first, then what is derived from SECRET_KEY and what that was before: an installation that
has no FIELD_KEYS yet encrypts all the same, and reads on when it gets some.
"""

from functools import lru_cache

from django.conf import settings

from cases.lib.field_cipher import FieldCipher


def cipher() -> FieldCipher:
    """What encrypts and opens the fields, with the keys of the settings."""
    return _cipher(tuple(settings.FIELD_KEYS), settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=8)
def _cipher(own: tuple[str, ...], secret: str, before: tuple[str, ...]) -> FieldCipher:
    return FieldCipher([*filter(None, own), secret, *before])
