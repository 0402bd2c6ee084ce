"""The servers of a province on loopback: two of PostgreSQL, one following the other, PgBouncer, and the web process.

Nothing is reached but by Unix sockets in a folder of its own, the web process aside, which listens on 127.0.0.1.
"""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
POOL = """
[databases]
reintegration = host={primary} dbname=reintegration user=postgres
[pgbouncer]
listen_addr =
unix_socket_dir = {folder}
listen_port = 6432
auth_type = any
pool_mode = transaction
default_pool_size = 8
max_client_conn = 200
logfile =
pidfile =
ignore_startup_parameters = extra_float_digits
query_wait_timeout = 3
server_connect_timeout = 2
server_login_retry = 1
"""
DURABLE = ["fsync=off", "listen_addresses=", "max_connections=60", "wal_level=replica", "hot_standby=on"]


class Server:
    """One server of PostgreSQL in a folder of its own."""

    def __init__(self, binaries, folder, owner):
        self.binaries, self.folder, self.owner, self.process = binaries, folder, owner, None

    def make(self):
        postgres._initdb(self.binaries, self.folder, self.owner)

    def follow(self, primary):
        """A copy of a running server that goes on following it."""
        copied = ["-D", self.folder / "base", "-R", "-X", "stream", "-c", "fast"]
        self.call("pg_basebackup", "-h", primary.folder, "-U", "postgres", *copied)

    def call(self, program, *arguments):
        command = [self.binaries / program, *arguments]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True, **self.owner)

    def start(self, *settings):
        settings = [*DURABLE, f"unix_socket_directories={self.folder}", *settings]
        options = [part for setting in settings for part in ("-c", setting)]
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "base", *options],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.owner,
            )
        postgres._wait_until_ready(self.binaries, self.folder, self.process)

    def kill(self):
        """As a machine that loses its power: nothing is said, nothing is written any more."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def promote(self):
        self.call("pg_ctl", "promote", "-w", "-D", self.folder / "base")

    def ask(self, sql):
        return self._psql("-c", sql)

    def run(self, script, **variables):
        said = [f"--set={name}={value}" for name, value in variables.items()]
        return self._psql("--set=ON_ERROR_STOP=1", *said, "-f", script)

    def _psql(self, *words):
        command = [self.binaries / "psql", "-qAt", "-h", self.folder, "-U", "postgres", "-d", "reintegration", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


class Pool:
    """PgBouncer in transaction mode: the application knows it alone."""

    def __init__(self, folder, owner):
        self.folder, self.owner, self.process = folder, owner, None
        self.settings = folder / "pgbouncer.ini"

    def start(self, primary):
        self.settings.write_text(POOL.format(primary=primary.folder, folder=self.folder))
        if self.process:
            self.process.send_signal(signal.SIGHUP)  # reads where the primary is now
            return
        with open(self.folder / "pool.log", "wb") as log:
            self.process = subprocess.Popen(
                [shutil.which("pgbouncer"), self.settings],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **self.owner,
            )

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class Web:
    """The web process as in service, behind the pool, its figures from the standby."""

    def __init__(self, pool, standby):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "SECRET_KEY": "of-the-cluster-" + "k0l1m2n3" * 8,
            "ALLOWED_HOSTS": "127.0.0.1",
            "DEMO": "true",
            "LOG_FILE": "",
            "DATABASE_POOLED": "true",
            "DATABASE_URL": f"postgres://postgres@:6432/reintegration?host={pool.folder}",
            "REPLICA_URL": f"postgres://postgres@/reintegration?host={standby.folder}",
        }
        self.process = None

    def manage(self, *words):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=True)

    def start(self):
        command = ["-m", "waitress", f"--listen=127.0.0.1:{self.port}", "--threads=4", "reintegration.wsgi:application"]
        self.process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment)

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class Visitor:
    """A browser without pictures: cookies, the token of a form, redirects."""

    def __init__(self, web):
        self.base = f"http://127.0.0.1:{web.port}"
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        return self.send(path, None)

    def post(self, path, **fields):
        """Send a form as its page shows it, with these fields."""
        _status, page = self.get(path)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        return self.send(path, urlencode({**hidden, **fields}, doseq=True).encode())

    def send(self, path, body):
        try:
            with self.opener.open(f"{self.base}{path}", body, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def wait(self):
        for _try in range(300):
            try:
                return self.get("/accounts/login/")
            except URLError:
                time.sleep(0.1)
        raise RuntimeError("The web process did not start.")


@contextlib.contextmanager
def folders(count):
    """Folders that the account of the servers may write in; gone at the end."""
    owner = postgres._owner()
    made = [Path(tempfile.mkdtemp(prefix="reintegration-cluster-")) for _place in range(count)]
    for folder in made:
        if owner:
            shutil.chown(folder, owner["user"])
    try:
        yield made, owner
    finally:
        for folder in made:
            shutil.rmtree(folder, ignore_errors=True)
