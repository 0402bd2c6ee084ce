"""A server whose database, tables or worker go away says which, in a word and soon; it never fails itself."""

import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from cases import actions
from cases.reports.administration import schema
from tests.over_https import free_port

pytestmark = pytest.mark.both

SECRET = "secret-of-the-database"


@contextlib.contextmanager
def served(url):
    """A server on this database; what it answers, with the status and the seconds it took."""
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "reintegration.settings",
        "LOG_FILE": "",
    }
    environment.setdefault("SECRET_KEY", settings.SECRET_KEY)
    command = [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "reintegration.wsgi:application"]
    server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)

    def ask(path):
        began = time.monotonic()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                return answer.status, answer.read().decode(), time.monotonic() - began
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode(), time.monotonic() - began

    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                assert ask("/health/")[:2] == (200, "ok")
                break
            time.sleep(0.2)
        yield ask
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def file(transactional_db, em, tmp_path, request):
    """The database of the tests in a file, with every step of this version and a worker that is heard of."""
    if request.config.getoption("nomigrations"):
        pytest.skip("What steps there are is not known without them.")
    actions.job.show_alive(worker="one", now=timezone.now() + timedelta(hours=1))
    path = tmp_path / "db.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as copy, copy:
        connection.connection.backup(copy)
        copy.execute("CREATE TABLE IF NOT EXISTS django_migrations (id integer primary key, app, name, applied)")
        rows = [(*key, timezone.now()) for key in schema.pending_migrations()]
        copy.executemany("INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)", rows)
    return path


@pytest.mark.skipif(connection.vendor != "sqlite", reason="The database is a file of its own here.")
@pytest.mark.both
def test_what_goes_away_is_told_in_a_word(file):
    def change(statement):
        with contextlib.closing(sqlite3.connect(file, timeout=60)) as database, database:
            database.execute(statement)

    with served(f"sqlite:///{file}") as ask:
        assert ask("/health/ready/")[:2] == (200, "ok")
        change("DELETE FROM cases_workerprocess")
        assert ask("/health/ready/")[:2] == (503, "worker")
        change("DELETE FROM django_migrations WHERE name = '0001_the_case_file'")
        assert ask("/health/ready/")[:2] == (503, "migrations")
        file.write_bytes(b"no database at all" * 1000)
        assert ask("/health/ready/")[:2] == (503, "database")
        assert ask("/health/")[:2] == (200, "ok")


@pytest.mark.parametrize("answers", [True, False])
def test_a_server_of_the_database_that_is_gone_or_says_nothing_is_told_within_seconds(answers):
    """One that takes the connection and then hangs would let a monitor wait for minutes."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
        if answers:
            listener.close()
        with served(f"postgres://thn:{SECRET}@127.0.0.1:{port}/thn") as ask:
            status, word, seconds = ask("/health/ready/")

    assert (status, word) == (503, "database")
    assert seconds < 30
