"""Everything of this database put into an empty PostgreSQL, and held beside it row by row and figure by figure."""

import contextlib
import io
import itertools
from collections.abc import Iterator
from datetime import date

import environ
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from cases.models import AuditEvent, Returnee, Unit, User, row_rules
from cases.models.audit_event import STORED
from cases.models.fields import StoredValues

TARGET = "target"
AT_ONCE = 1000
FIRST_DAY = date(2015, 1, 1)  # the figures compared count from here
Table = type[Model]


@contextlib.contextmanager
def other_database(url: str, *, is_new: bool) -> Iterator[None]:
    """The database of `url` under the name TARGET; one that `is_new` is given the tables of this version."""
    if not url.startswith(("postgres://", "postgresql://")):
        raise CommandError(_("A database is moved to PostgreSQL: write postgres://…"))
    told = environ.Env.db_url_config(url)
    connections.databases[TARGET] = {**connections.databases[DEFAULT_DB_ALIAS], "OPTIONS": {}, **told}
    try:
        if is_new:
            refuse_unfit()
            _make_tables()
        yield
    finally:
        connections[TARGET].close()
        del connections[TARGET], connections.databases[TARGET]


@contextlib.contextmanager
def _in_its_place() -> Iterator[None]:
    """What asks the database, whichever it is (migrations and reports name none), asks the other one."""
    connections[DEFAULT_DB_ALIAS], own = connections[TARGET], connections[DEFAULT_DB_ALIAS]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = own


def _make_tables() -> None:
    with _in_its_place():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)


def refuse_unfit() -> None:
    """What is there already would be lost, an installation of an earlier version too."""
    known = connections[TARGET].introspection.table_names()
    if Returnee._meta.db_table in known and any(
        model._base_manager.using(TARGET).exists() for model in (Returnee, User)
    ):
        raise CommandError(_("The other database holds people or accounts already: it must be new."))


def tables() -> list[Table]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def copy() -> None:
    """Every row of every table, in one transaction of the other database, its triggers at rest."""
    names = [model._meta.db_table for model in tables()]
    with transaction.atomic(using=TARGET):
        strict = _strict_keys()
        for table, key in strict:
            _execute(f"ALTER TABLE {table} ALTER CONSTRAINT {_quoted(key)} DEFERRABLE INITIALLY DEFERRED")
        _execute(f"TRUNCATE {', '.join(map(_quoted, names))} CASCADE")
        for name in names:
            _execute(f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER")
        for model in tables():
            _copy_rows(model)
        _execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            _execute(f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER")
        for table, key in strict:
            _execute(f"ALTER TABLE {table} ALTER CONSTRAINT {_quoted(key)} NOT DEFERRABLE")
        for statement in connections[TARGET].ops.sequence_reset_sql(no_style(), tables()):
            _execute(statement)
        row_rules.fill(connections[TARGET])
        _execute("ANALYZE")  # plans made without statistics read the tables of the country


def _copy_rows(model: Table) -> None:
    """The rows as they are: no field sets the moment or cleans a text anew, and the log stays as it was sealed."""
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    found = model._base_manager.using(DEFAULT_DB_ALIAS).order_by("pk")
    rows = (found.annotate(**STORED) if model is AuditEvent else found).iterator(chunk_size=AT_ONCE)
    while some := list(itertools.islice(rows, AT_ONCE)):
        for event in some if model is AuditEvent else ():
            event.before, event.after = StoredValues(event.before_stored), StoredValues(event.after_stored)
        model._base_manager.using(TARGET)._insert(some, fields, raw=True, using=TARGET)


def differing_tables() -> list[str]:
    """Tables of which any value of any row is another one there; all of them are read."""
    return [model._meta.db_table for model in tables() if not _same(model)]


def _same(model: Table) -> bool:
    names = [field.attname for field in model._meta.local_concrete_fields]
    here, there = (
        model._base_manager.using(alias).order_by("pk").values_list(*names).iterator(chunk_size=AT_ONCE)
        for alias in (DEFAULT_DB_ALIAS, TARGET)
    )
    return all(_plain(one) == _plain(other) for one, other in itertools.zip_longest(here, there))


def _plain(row: tuple | None) -> list | None:
    return row and [bytes(value) if isinstance(value, memoryview) else value for value in row]


def differing_figures(on: date) -> list[str]:
    """Names of the highest units whose report, all figures from 2015 to `on`, is another one there."""
    here = _figures(on)
    with _in_its_place():
        there = _figures(on)
    return [name for name in here if here[name] != there.get(name)]


def _figures(on: date) -> dict[str, str]:
    """The report of each highest unit as the command prints it."""
    found = {}
    for unit in Unit.objects.on(on).filter(parent=None):
        out = io.StringIO()
        asked = {"unit": unit.code, "from": FIRST_DAY.isoformat(), "to": on.isoformat(), "format": "json"}
        call_command("report", "reintegration", *(f"--{name}={value}" for name, value in asked.items()), stdout=out)
        found[unit.name] = out.getvalue()
    return found


def _strict_keys() -> list[tuple[str, str]]:
    """Foreign keys that wait for no end of a transaction: a row and the one it names go in at different times here."""
    with connections[TARGET].cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable"
        )
        return cursor.fetchall()


def _execute(statement: str) -> None:
    with connections[TARGET].cursor() as cursor:
        cursor.execute(statement)


def _quoted(name: str) -> str:
    return connections[TARGET].ops.quote_name(name)
