"""What leaves the server so that nobody reads or changes it: encrypted with a key of SECRET_KEY or its fallbacks."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def open_box(purpose):
    """The box for one purpose; what was put into another one is an `InvalidToken` in it."""
    return MultiFernet([Fernet(_key(purpose, each)) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(purpose, secret):
    return urlsafe_b64encode(salted_hmac(purpose, "secret box", secret=secret, algorithm="sha256").digest())
