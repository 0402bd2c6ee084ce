"""The cache in the database that tells a failed write: swallowed, a full disk reads as "too many attempts"."""

import sqlite3

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, IntegrityError, OperationalError, connection


class SharedCache(DatabaseCache):
    """Django's, which answers False to whatever the database refuses; only a key another process just wrote is that."""

    def _base_set(self, mode, key, value, timeout=DEFAULT_TIMEOUT):
        refused: list[DatabaseError] = []

        def keep(execute, sql, params, many, context):
            try:
                return execute(sql, params, many, context)
            except DatabaseError as error:
                refused.append(error)
                raise

        with connection.execute_wrapper(keep):
            is_stored = super()._base_set(mode, key, value, timeout)
        for error in refused:
            if not isinstance(error, IntegrityError):
                raise error
        if connection.vendor == "sqlite" and not is_stored and not refused and mode != "touch":
            full = sqlite3.OperationalError("database or disk is full")  # statements were taken, their end was not
            raise OperationalError(*full.args) from full
        return is_stored
