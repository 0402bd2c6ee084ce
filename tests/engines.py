"""Which engine a test runs on when the suite runs on both: told from the test itself, never from a list of names.

A test that asks for no database cannot tell the engines apart: SQLite's run has it. The browser, the tests of the
layers of pages (what is stored and counted below them is judged in its own layer), and what is marked `walk` (page
after page, where only pages and forms are judged) go to PostgreSQL, the engine of production and the stricter one.
Everything else runs on both: also a test of pages that is marked `both`, or that knows the errors of a database. On
both, too, every page is opened by every role (test_access) and every form is sent (test_sent_twice).
"""

import inspect
from pathlib import Path

import pytest
from django import db
from django.db import connection

HERE = Path(__file__).resolve().parent
ENGINES = ("sqlite", "postgresql")
PAGES = ("views", "forms", "templatetags")  # the layers that store and count through the layers below
DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
COLLECTED = pytest.StashKey[list]()


def asks_for_database(item):
    """By its mark, by a fixture, or perhaps: who takes `request` may ask for anything while it runs."""
    if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames):
        return True
    return "request" in inspect.signature(item.function).parameters


def knows_errors(module):
    """Whether the errors of a database are named in it."""
    return any(isinstance(value, type) and issubclass(value, db.Error) for value in vars(module).values())


def of_pages(item):
    return item.path.relative_to(HERE).parts[0] in PAGES and not knows_errors(item.module)


def engines_of(item):
    if item.get_closest_marker("both"):
        return set(ENGINES)
    if item.get_closest_marker("browser") or item.get_closest_marker("walk"):
        return {"postgresql"}
    if not asks_for_database(item):
        return {"sqlite"}
    return {"postgresql"} if of_pages(item) else set(ENGINES)


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
