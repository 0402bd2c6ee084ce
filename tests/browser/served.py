"""A server in a process of its own, on a database with what the test made, killed as a machine loses its power."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from urllib.request import urlopen

import psycopg2
from django.db import connection

from tests.over_https import free_port

HELD = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": "BEGIN; LOCK TABLE cases_activity, cases_auditevent IN EXCLUSIVE MODE",
}


class Served:
    """`url` stays the same over every death; what is stored is read with `count` and `rows`.

    SQLite's database lies in the memory of the test, so the server has a copy; PostgreSQL's is the test's own.
    """

    def __init__(self, folder):
        self.file, self.said, self.port = folder / "served.sqlite3", folder / "served.txt", free_port()
        self.url = f"http://localhost:{self.port}"
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
        self.start()

    @property
    def database(self):
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        address, _, rest = os.environ["DATABASE_URL"].partition("?")
        return f"{address.rpartition('/')[0]}/{connection.settings_dict['NAME']}?{rest}"

    def connect(self):
        if connection.vendor == "sqlite":
            return sqlite3.connect(self.file, isolation_level=None, timeout=20, check_same_thread=False)
        one = psycopg2.connect(self.database)
        one.autocommit = True
        return one

    def start(self):
        settings = {
            "DJANGO_SETTINGS_MODULE": "reintegration.settings_test",
            "DATABASE_URL": self.database,
            "APPLICATION_ROLE": "",
        }
        serve = [sys.executable, "manage.py", "runserver", "--noreload", "--insecure", f"localhost:{self.port}"]
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(serve, env=os.environ | settings, stdout=said, stderr=said)
        until = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < until, self.said.read_text()  # noqa: PT018
            time.sleep(0.1)

    def answers(self):
        with suppress(OSError), urlopen(f"{self.url}/trip/shell/", timeout=5):
            return True
        return False

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def hold(self):
        """Whoever writes waits in the middle of it, until `let_go`."""
        self.holder = self.connect()
        self.holder.cursor().execute(HELD[connection.vendor])

    def let_go(self):
        self.holder.cursor().execute("ROLLBACK")
        self.holder.close()

    def rows(self, query, *values):
        with closing(self.connect()) as reader:
            cursor = reader.cursor()
            cursor.execute(query if connection.vendor == "sqlite" else query.replace("?", "%s"), values)
            return cursor.fetchall()

    def count(self, table):
        return self.rows(f"SELECT count(*) FROM {table}")[0][0]
