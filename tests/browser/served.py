"""A server in a process of its own, on a copy of the database of the test, killed as a machine loses its power."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from urllib.request import urlopen

from django.db import connection

from tests.over_https import free_port


class Served:
    """`url` stays the same over every death; what is stored is read with `count` and `rows`."""

    def __init__(self, folder):
        self.file, self.said, self.port = folder / "served.sqlite3", folder / "served.txt", free_port()
        self.url = f"http://localhost:{self.port}"
        connection.ensure_connection()
        with sqlite3.connect(self.file) as copy:
            connection.connection.backup(copy)
        self.start()

    def start(self):
        settings = {"DJANGO_SETTINGS_MODULE": "reintegration.settings_test", "DATABASE_URL": f"sqlite:///{self.file}"}
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
        self.holder = sqlite3.connect(self.file, isolation_level=None, timeout=20, check_same_thread=False)
        self.holder.execute("BEGIN IMMEDIATE")

    def let_go(self):
        self.holder.execute("ROLLBACK")
        self.holder.close()

    def rows(self, query, *values):
        reader = sqlite3.connect(self.file, timeout=20)
        try:
            return reader.execute(query, values).fetchall()
        finally:
            reader.close()

    def count(self, table):
        return self.rows(f"SELECT count(*) FROM {table}")[0][0]
