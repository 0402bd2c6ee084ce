"""Whether the tables are those of this version."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def pending_migrations() -> list[tuple[str, str]]:
    """Migrations of this version, by app and name, that the database has not had yet; one query."""
    return sorted(_brought() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def _brought() -> frozenset[tuple[str, str]]:
    """Those on the disk: read once, since a process that serves is started anew for a new version.

    One that stands for several others is recorded beside them, or not at all: the others tell.
    """
    found = MigrationLoader(None).disk_migrations
    return frozenset(key for key, migration in found.items() if not migration.replaces)
