"""That the triggers which keep the facts (cases/models/current_facts.py), on each part of a piece of work its day, and
of what kept figures stand on the version, stand, whatever was done to the tables.

They are SQL of migrations, which lay them on PostgreSQL. But SQLite makes a table anew to change it, and its triggers
go with the old one; it even refuses where a trigger names a table that is being made anew. So there they are taken away
before migrations are applied, laid when these are done, and everybody is counted anew. Tables made from the models,
without migrations, get their triggers the same way.
"""

from importlib import import_module

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

# The migrations that say what they are today
FACTS = import_module("cases.migrations.0011_facts_are_kept_by_triggers")
DAYS = import_module("cases.migrations.0016_a_part_takes_its_day_from_the_whole")
GROUND = import_module("cases.migrations.0076_figures_fall_with_units_and_rules")

STANDING = {
    "postgresql": "SELECT COUNT(*) FROM pg_trigger WHERE tgname LIKE 'cases\\_%\\_facts'",
    "sqlite": "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'cases\\_%\\_facts' ESCAPE '\\'",
}


def execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def have_tables(connection: BaseDatabaseWrapper) -> bool:
    return "cases_lastcontact" in connection.introspection.table_names()


def stand(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(STANDING[connection.vendor])
        return bool(cursor.fetchone()[0])


def fill(connection: BaseDatabaseWrapper) -> None:
    """Counts everybody's facts anew, all people at once; for a database at rest."""
    execute(connection, FACTS.FILL)


def taken_away(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that take all of them away."""
    return [statement for each in (FACTS, DAYS, GROUND) for statement in each.TAKE_AWAY[connection.vendor]]


def take_away(*, using: str, plan: list, **about) -> None:
    """Before migrations are applied on SQLite."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        execute(connection, taken_away(connection))


def lay(*, using: str, plan: list | None = None, **about) -> None:
    """After migrations were applied, or found to be applied; not where tables were only emptied."""
    connection = connections[using]
    if plan is not None and have_tables(connection) and not stand(connection):
        execute(connection, [*(each for of in (DAYS, FACTS, GROUND) for each in of.LAY[connection.vendor]), DAYS.FILL])
        fill(connection)


def watch(cases: AppConfig) -> None:
    pre_migrate.connect(take_away, sender=cases)
    post_migrate.connect(lay, sender=cases)
