"""The file of SQLite is its owner's alone, whoever made it and how; its -wal and -shm take the rights over."""

import contextlib
import os

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

OWNERS_ALONE = 0o600
OTHERS = 0o077


def close_to_others(*, connection: BaseDatabaseWrapper, **about) -> None:
    """Take the rights of everybody else away; where the file is somebody else's, nothing can be done."""
    path = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and ":memory:" not in path and "mode=memory" not in path:
        with contextlib.suppress(OSError):
            if os.stat(path).st_mode & OTHERS:
                os.chmod(path, OWNERS_ALONE)


def watch(cases: AppConfig) -> None:
    connection_created.connect(close_to_others, dispatch_uid="cases.database_file")
