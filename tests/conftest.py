"""The cast, and a machine that forgives nothing."""

import contextlib
import re
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from cases.management.catalogue import compile_catalogue
from tests import engines, migrated, postgres, strict
from tests.cast import Cast
from tests.makers import TODAY, in_the_day_of_the_run

# How fast a machine is says nothing about a rule.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

FORGET = "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relkind = 'r' AND relname LIKE 'cases%'"
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", re.IGNORECASE)


def pytest_addoption(parser):
    parser.addoption("--share", action="store_true", help="leave to the other engine what one of the two suffices for")
    parser.addoption("--inputs", type=int, default=0, help="requests that test_any_input sends to all pages together")
    parser.addoption("--routes", default="", help="words one of which is in the name of each route it sends to")
    parser.addoption("--whole", action="store_true", help="test_crawl takes every link, not one of each kind")
    parser.addoption("--server-of-this-run", action="store_true", help="the database server goes when the run ends")


def pytest_sessionstart(session):
    migrated.begin(session.config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    migrated.tell(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node):
    migrated.wait(node.config)


def pytest_sessionfinish(session):
    migrated.end(session.config)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    engines.divide(config, items)


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef, request):
    if fixturedef.argname == "_django_db_helper":
        engines.refuse_unannounced(request._pyfuncitem)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request):
    """A worker of a run whose database is migrated once has a copy of it."""
    place = getattr(request.config, "workerinput", {}).get("migrated")
    with migrated.copied(place) if place else contextlib.nullcontext():
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_temporary_folder(tmp_path_factory):
    """The places in which workbooks are worked on are counted there: a test waits for no other run on the machine."""
    tmp_path_factory.getbasetemp()
    with (
        tempfile.TemporaryDirectory(prefix="tests-", ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as monkeypatch,
    ):
        Path(folder).chmod(0o755)  # PostgreSQL, which refuses to be root, has its own folder in it
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def _vietnamese():
    """The pages of the tests speak as the pages of the server do."""
    compile_catalogue(settings.BASE_DIR / "locale" / "vi" / "LC_MESSAGES" / "django.po")


@pytest.fixture(scope="session", autouse=True)
def _ordered_slices():
    with pytest.MonkeyPatch.context() as monkeypatch:
        strict.forbid_unordered_slices(monkeypatch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_row_by_row(request):
    """A test with real transactions leaves a few rows: deleting them is quicker than making 70 tables anew.

    SQLite empties a table row by row too: what guards the log and reports that were sent rests meanwhile.
    """
    with pytest.MonkeyPatch.context() as monkeypatch:
        if request.config.getoption("server_of_this_run"):
            monkeypatch.setattr(connection.ops, "sql_flush", postgres.delete_rows)
        elif connection.vendor == "sqlite":
            operations = type(connection.ops)  # a browser's test has a connection of its own
            monkeypatch.setattr(operations, "sql_flush", without_guards(operations.sql_flush))
        yield


def without_guards(sql_flush):
    """The statements of `sql_flush`, the triggers that refuse a deletion taken away before and made anew behind."""

    def statements(operations, *args, **kwargs):
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'")
            guards = cursor.fetchall()
        return [
            *(f'DROP TRIGGER "{name}"' for name, _sql in guards),
            *sql_flush(operations, *args, **kwargs),
            *(sql for _name, sql in guards),
        ]

    return statements


@pytest.fixture
def numbers_in_use(db):
    """No sequence of PostgreSQL is behind where it was: one that was set back stays so when the rest is undone."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT format('%I.%I', schemaname, sequencename), last_value FROM pg_sequences")
        known = [row for row in cursor.fetchall() if row[1]]
    yield
    with connection.cursor() as cursor:
        for sequence, last in known:
            cursor.execute(f"SELECT setval('{sequence}', greatest(%s, last_value)) FROM {sequence}", [last])


@pytest.fixture
def portion(request):
    """Of many cases of one kind every other one, where the other engine runs the rest; otherwise all."""
    first, step = (engines.ENGINES.index(connection.vendor), 2) if request.config.getoption("share") else (0, 1)
    return lambda cases: list(cases)[first::step]


@pytest.fixture(scope="session")
def cast(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return Cast()


@pytest.fixture
def organisations(db, cast):
    """The bodies of the 5+1."""
    cast.lay_organisations()


@pytest.fixture
def units(organisations, cast):
    """Lâm Đồng, the Krông Nô cluster with Nam Đà and Krông Nô, and Đắk Sắk beside it."""
    return cast.lay("units")


@pytest.fixture
def an(units, cast):
    return cast.lay("an")


@pytest.fixture
def anh(units, cast):
    return cast.lay("anh")


@pytest.fixture
def binh(units, cast):
    return cast.lay("binh")


@pytest.fixture
def chi(units, cast):
    return cast.lay("chi")


@pytest.fixture
def dung(units, cast):
    return cast.lay("dung")


@pytest.fixture
def em(units, cast):
    return cast.lay("em")


@pytest.fixture
def giang(units, cast):
    return cast.lay("giang")


class StrictClient(Client):
    """Refuses a page with inline script or style, or with left-over template marks."""

    def request(self, **environ):
        response = super().request(**environ)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            page = response.content.decode()
            assert not INLINE.search(page), f"inline script or style: {INLINE.search(page)}"
            assert "{{" not in page
            assert "{%" not in page
        return response


@pytest.fixture
def client():
    return StrictClient()


@pytest.fixture(autouse=True)
def rows_of_the_owner(request, settings):
    """Pages work with the rights of the owner of the tables, as in service; but where the rules of rows are tried."""
    if request.path.name != "test_row_rules.py":
        settings.APPLICATION_ROLE = ""


@pytest.fixture(autouse=True)
def same_day(monkeypatch):
    """A run that goes on past midnight stays on the day on which it began."""
    if timezone.localdate() != TODAY:
        now = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: in_the_day_of_the_run(now()))


@pytest.fixture
def signed_in():
    """A client signed in as the user given."""

    def sign_in(user):
        client = StrictClient()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture(scope="module")
def planner_forgets(django_db_setup, django_db_blocker):
    """Of many rows that are taken back two things stay: what ANALYZE counted, and the pages of the indexes.

    Both make later plans other than those of a new server: every table is written anew, and known not to be empty.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM FULL")
            cursor.execute(FORGET)


@pytest.fixture
def swept(planner_forgets, django_db_blocker):
    """Begun before the transaction of the test: what it takes back lies dead in the tables until they are swept."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM")
