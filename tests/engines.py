"""Which engine a test runs on when the suite runs on both: told from the test itself, never from a list of names.

A test that asks for no database cannot tell the engines apart: SQLite's run has it. The browser, and what is marked
`walk` (page after page, where only pages and forms are judged), go to PostgreSQL, the engine of production and the
stricter one. Everything else runs on both.
"""

import inspect

import pytest
from django.db import connection

ENGINES = ("sqlite", "postgresql")
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
COLLECTED = pytest.StashKey[list]()


def asks_for_database(item):
    """By its mark, by a fixture, or perhaps: who takes `request` may ask for anything while it runs."""
    if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames):
        return True
    return "request" in inspect.signature(item.function).parameters


def engines_of(item):
    if item.get_closest_marker("browser") or item.get_closest_marker("walk"):
        return {"postgresql"}
    return set(ENGINES) if asks_for_database(item) else {"sqlite"}


def share(items, engine):
    """What of `items` the run on `engine` has where the other engine runs too."""
    return [item for item in items if engine in engines_of(item)]


def divide(config, items):
    """Leave to the other engine what it alone has, where --share says that it runs too."""
    config.stash[COLLECTED] = list(items)
    if config.getoption("--share"):
        items[:] = share(items, connection.vendor)
        kept = set(items)
        config.hook.pytest_deselected(items=[item for item in config.stash[COLLECTED] if item not in kept])


def refuse_unannounced(item):
    """A test must show that it needs the database before it runs: by a fixture it names, or by the mark."""
    if not asks_for_database(item):
        pytest.fail(f"{item.nodeid} asks for the database only while it runs: mark it django_db.", pytrace=False)
