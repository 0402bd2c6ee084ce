"""Whether the tables are those of this version."""

from collections.abc import Iterable
from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

FieldKey = tuple[str, str]  # app and name of a migration


def applied_migrations() -> list[FieldKey]:
    """What the database has had; one query."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def pending_migrations() -> list[FieldKey]:
    """Migrations of this version that the database has not had yet."""
    return sorted(_brought() - set(applied_migrations()))


def unknown_migrations(applied: Iterable[FieldKey]) -> list[FieldKey]:
    """Migrations of our own tables that this version has not: a newer one made them."""
    return sorted(key for key in set(applied) - _brought() if key[0] == "cases" and _brought())


@cache
def _brought() -> frozenset[FieldKey]:
    """Those on the disk: read once, since a process that serves is started anew for a new version.

    One that stands for several others is recorded beside them, or not at all: the others tell.
    """
    found = MigrationLoader(None).disk_migrations
    return frozenset(key for key, migration in found.items() if not migration.replaces)
