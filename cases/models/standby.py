"""Figures read from a hot standby of the database (máy chủ dự phòng, REPLICA_URL); every write goes to the primary."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connection, connections
from django.utils import timezone

STANDBY = "standby"
REST_SECONDS = 15  # so long nobody tries again a standby that did not answer
OLDEST = timedelta(minutes=5)  # a file sealed on the primary must not be read for long where it is not sealed yet
AS_GOOD_AS_NOW = timedelta(seconds=10)
STATE = """
    SELECT pg_is_in_recovery(), COALESCE(pg_last_wal_replay_lsn() >= NULLIF(%s, '')::pg_lsn, true),
        CASE WHEN pg_last_wal_replay_lsn() >= NULLIF(%s, '')::pg_lsn THEN NULL
        ELSE COALESCE(pg_last_xact_replay_timestamp(), pg_postmaster_start_time()) END
"""

_reads_there: ContextVar[bool] = ContextVar("reads_there", default=False)
_rests_until = 0.0


class StandbyRouter:
    """Where rows are read inside `reading`; they are written on the primary, wherever they came from."""

    def db_for_read(self, model, **hints):
        return STANDBY if _reads_there.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


@dataclass(frozen=True)
class Standby:
    """A standby that answers; `as_of` is the moment its rows are of, None where they are those of now."""

    as_of: datetime | None


def is_set() -> bool:
    return STANDBY in connections


def position() -> str:
    """How far the primary has written, as PostgreSQL tells it ("0/3000148").

    Empty where there is no standby, and where the primary does not say: what was written is written all the same.
    """
    if not is_set():
        return ""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_lsn()::text")
            return cursor.fetchone()[0]
    except (DatabaseError, InterfaceError):
        return ""


def find(after: str, newest: str, oldest: timedelta = OLDEST) -> Standby | None:
    """The standby, where one answers that holds what was written until the position `after` and is not behind for long.

    `newest`: how far the primary is, empty where it does not say. A server that was made the primary is no standby any
    more: it may have been given up for another.
    """
    global _rests_until
    if not is_set() or monotonic() < _rests_until:
        return None
    try:
        with connections[STANDBY].cursor() as cursor:
            cursor.execute(STATE, [after, newest])
            follows, holds_it, as_of = cursor.fetchone()
    except (DatabaseError, InterfaceError):
        connections[STANDBY].close()
        _rests_until = monotonic() + REST_SECONDS
        return None
    behind = timezone.now() - as_of if as_of else timedelta()
    if not follows or not holds_it or behind > oldest:
        return None
    return Standby(as_of if behind > AS_GOOD_AS_NOW else None)


@contextmanager
def reading() -> Iterator[None]:
    """Read what follows from the standby."""
    token = _reads_there.set(True)
    try:
        yield
    finally:
        _reads_there.reset(token)


@contextmanager
def figures(after: str) -> Iterator[Standby | None]:
    """Read what follows from the standby where `find` finds it, else from the primary."""
    found = find(after, position())
    if found is None:
        yield None
        return
    with reading():
        yield found
