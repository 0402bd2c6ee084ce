"""SQLite: a snapshot by its own online backup, while people go on working."""

import contextlib
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from cases.management.backup import faults, scratch

READ_AT_ONCE = 256 * 1024
WAIT = 20  # seconds for whoever is writing, before it is told that the services still run


@contextlib.contextmanager
def snapshot() -> Iterator[tuple[dict[str, int], Iterator[bytes]]]:
    """The rows of each table at one moment, and the pieces of a compressed copy of the database as it was then."""
    with _scratch() as path:
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(path)) as copy:
            with faults.name_full_folder():
                connection.connection.backup(copy)
            rows = _count(copy)
        yield rows, _packed(path)


def verify(pieces: Iterable[bytes]) -> dict[str, int]:
    """Restore into a database of its own; the rows of each table there."""
    with _scratch() as path, contextlib.closing(_unpack(pieces, path)) as scratch:
        return _count(scratch)


def restore(pieces: Iterable[bytes]) -> None:
    """Put the copy in the place of everything the database holds, at once: others see the one or the other."""
    with _scratch() as path, contextlib.closing(_unpack(pieces, path)) as copy:
        connection.ensure_connection()
        copy.backup(connection.connection, progress=patience())
    if not connection.is_in_memory_db():
        connection.close()


def patience() -> Callable[..., None]:
    """What is called after each attempt: SQLite itself would try for ever while somebody else holds the database."""
    until = time.monotonic() + WAIT

    def look(status, *_):
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
            raise faults.in_use()

    return look


@contextlib.contextmanager
def _scratch() -> Iterator[Path]:
    with scratch.folder() as folder:
        yield folder / "copy.sqlite3"


def _packed(path: Path) -> Iterator[bytes]:
    packer = zlib.compressobj()
    with path.open("rb") as file:
        while piece := file.read(READ_AT_ONCE):
            yield packer.compress(piece)
    yield packer.flush()


def _unpack(pieces: Iterable[bytes], path: Path) -> sqlite3.Connection:
    unpacker = zlib.decompressobj()
    with faults.name_full_folder(), path.open("wb") as file:
        for piece in pieces:
            file.write(unpacker.decompress(piece))
        file.write(unpacker.flush())
    found = sqlite3.connect(path)
    if found.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        found.close()
        raise CommandError(_("The copy in the backup is damaged."))
    return found


def _count(database: Any) -> dict[str, int]:
    names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for (name,) in names.fetchall()}  # nosec B608 # a table's name, from the catalog
