"""A throw-away PostgreSQL server from the installed binaries: reached by a Unix socket only, gone when done."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

OLDEST = 15
LIKELY_FOLDERS = ["/usr/lib/postgresql", "/usr/pgsql-*", "/opt/homebrew/opt", "/usr/local/opt"]
# Speed over safety: nothing here outlives the run. Every worker holds a few connections.
SETTINGS = ["listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
# Whoever sweeps meanwhile sees no row of a transaction that will be taken back: full tables were taken for empty.
SETTINGS += ["autovacuum=off"]


def find_binaries() -> Path | None:
    """Say where the newest installed server (15 or later) keeps initdb and postgres; None where there is none."""
    found = [path.parent for folder in LIKELY_FOLDERS for path in Path("/").glob(f"{folder[1:]}/**/bin/initdb")]
    on_path = shutil.which("initdb")
    found += [Path(on_path).resolve().parent] if on_path else []
    versions = {folder: _major(folder) for folder in found if (folder / "postgres").exists()}
    usable = [folder for folder, major in versions.items() if major >= OLDEST]
    return max(usable, key=versions.get, default=None)


def _major(binaries):
    answer = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True)
    number = re.search(r"\d+", answer.stdout)
    return int(number[0]) if number else 0


@contextlib.contextmanager
def cluster(binaries: Path):
    """Run a fresh server while the block lasts and yield its DATABASE_URL; the folder is removed at the end.

    The cluster's own order is plain C.UTF-8: what must sort as Vietnamese says so itself (vi-x-icu).
    """
    folder = Path(tempfile.mkdtemp(prefix="reintegration-pg-"))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner["user"])
    try:
        _initdb(binaries, folder, owner)
        server = _start(binaries, folder, owner)
        try:
            _wait_until_ready(binaries, folder, server)
            yield f"postgres://postgres@/reintegration?host={folder}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def delete_rows(style, tables, **_how):
    """The statements that empty `tables`, as Django's `sql_flush`: without triggers, some of which refuse a deletion.

    Only a superuser may, as we are on a server of our own.
    """
    deletions = [f'DELETE FROM "{table}"' for table in tables]
    return ["SET LOCAL session_replication_role = replica", *deletions, "SET LOCAL session_replication_role = DEFAULT"]


def _owner():
    """PostgreSQL refuses to run as root: hand it to the account its package made, or to nobody."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _initdb(binaries, folder, owner):
    command = [binaries / "initdb", "-D", folder / "base", "-U", "postgres", "-A", "trust", "--no-sync"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True, **owner)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()}")


def _start(binaries, folder, owner):
    options = [part for setting in [*SETTINGS, f"unix_socket_directories={folder}"] for part in ("-c", setting)]
    with open(folder / "log", "wb") as log:
        # A session of its own: Ctrl-C stops the tests first, and the server only when they are done with it.
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "base", *options],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **owner,
        )


def _wait_until_ready(binaries, folder, server, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        if subprocess.run([binaries / "pg_isready", "-q", "-h", folder, "-U", "postgres"]).returncode == 0:
            return
        time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")


def _stop(server):
    with contextlib.suppress(ProcessLookupError):
        server.send_signal(signal.SIGQUIT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
