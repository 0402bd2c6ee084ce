"""One database migrated for the whole run; each worker is given a copy of it.

The process that hands out the tests has it migrated while the workers collect theirs, and waits for it before the first
test. SQLite's is a file read into the memory of each worker; PostgreSQL's is the template of each worker's database,
where `--server-of-this-run` says that the server and all it holds go when the run ends.
"""

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

NAME = "migrated_once"
KEY = pytest.StashKey()


def can_be_shared(config):
    """Where there are workers, with migrations, on databases that nobody had before this run and nobody needs after."""
    if not config.getoption("numprocesses", None) or config.getoption("nomigrations"):
        return False
    if connection.vendor == "sqlite":
        return connection.is_in_memory_db()
    return config.getoption("server_of_this_run")


class Migration:
    """The process that migrates, beside this one."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="reintegration-migrated-"))
        self.place = NAME if connection.vendor == "postgresql" else str(self.folder / NAME)
        if connection.vendor == "postgresql":
            create(self._url("postgres"))
        with (self.folder / "said").open("wb") as said:
            command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
            environment = {**os.environ, "DATABASE_URL": self._url(), "PYTHONPATH": str(settings.BASE_DIR)}
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )

    def _url(self, name=NAME):
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.place}"
        address, _, rest = os.environ["DATABASE_URL"].partition("?")
        return f"{address.rpartition('/')[0]}/{name}?{rest}"

    def wait(self):
        if self.process.wait():
            pytest.exit(f"The migrations failed:\n{(self.folder / 'said').read_text()}", returncode=1)

    def end(self):
        self.process.kill()
        self.process.wait()
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()


def create(url):
    """An empty database on the server of `url`."""
    with contextlib.closing(psycopg2.connect(url)) as server:
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {NAME}")


@contextlib.contextmanager
def copied(place):
    """The databases that the tests of this worker make are copies of the one migrated at `place`."""
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = place
        yield
        return
    with (
        contextlib.closing(sqlite3.connect(place)) as source,
        contextlib.closing(sqlite3.connect(connection.creation._get_test_db_name(), uri=True)) as memory,
    ):
        source.backup(memory)
        yield


# --- called by pytest and its workers; see conftest.py ---


def begin(config):
    if can_be_shared(config) and not config.getoption("collectonly"):
        config.stash[KEY] = Migration()


def tell(node):
    if KEY in node.config.stash:
        node.workerinput["migrated"] = node.config.stash[KEY].place


def wait(config):
    if KEY in config.stash:
        config.stash[KEY].wait()


def end(config):
    if KEY in config.stash:
        config.stash[KEY].end()
