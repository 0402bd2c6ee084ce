"""PostgreSQL: by its own pg_dump and pg_restore, both of one snapshot; the password goes by the environment."""

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import psycopg2
from django.core.management.base import CommandError
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from cases.management.backup import faults, scratch
from cases.models import row_rules

READ_AT_ONCE = 256 * 1024
SAID = 800  # characters of what a program of PostgreSQL complained of
PLAIN = ["--no-owner", "--no-privileges"]
WAIT = 20  # seconds for whoever is writing, before it is told that the services still run
HELD = "55P03"  # PostgreSQL's number for a lock nobody let go
UNKNOWN_BEFORE, KNOWS_IT = "SET transaction_timeout", 170000
HEAD = 4096  # bytes of a script within which it makes its settings
EMPTY = [  # a dump never makes the schema public, which every new database has
    "SET client_min_messages = warning",
    "DROP SCHEMA IF EXISTS public CASCADE",
    "CREATE SCHEMA public",
]


@contextlib.contextmanager
def snapshot() -> Iterator[tuple[dict[str, int], Iterator[bytes]]]:
    """The rows of each table at one moment, and the pieces of a dump of that moment."""
    program = _program("pg_dump")
    with contextlib.closing(psycopg2.connect(**connection.get_connection_params())) as held:
        held.set_session(isolation_level="REPEATABLE READ", readonly=True)
        with held.cursor() as cursor:
            cursor.execute("SELECT pg_export_snapshot()")
            name = cursor.fetchone()[0]
            yield _count(cursor), _dump([program, "-Fc", *PLAIN, f"--snapshot={name}"])


def verify(pieces: Iterable[bytes]) -> dict[str, int]:
    """Restore into a database of its own on the same server; the rows of each table there."""
    name = f"scratch_{secrets.token_hex(6)}"
    parameters = connection.get_connection_params()
    with contextlib.closing(psycopg2.connect(**parameters)) as server:
        server.autocommit = True
        _make(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            _load(pieces, database=name)
            with contextlib.closing(psycopg2.connect(**{**parameters, "dbname": name})) as scratch:
                return _count(scratch.cursor())
        finally:
            _make(server, f"DROP DATABASE {name}")


def restore(pieces: Iterable[bytes]) -> None:
    """Put the dump in the place of everything the database holds, in one transaction: all of it or nothing."""
    connection.close()
    _load(pieces, database=connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a dump has no statistics, and plans made without read the tables of the country
    row_rules.lay(connection)  # nor does it say what the role of the pages may do


def _make(server: Any, statement: str) -> None:
    try:
        with server.cursor() as cursor:
            cursor.execute(statement)
    except psycopg2.Error as error:
        raise CommandError(
            _("The account of the database may make no scratch database: ALTER ROLE … CREATEDB. %(fault)s")
            % {"fault": str(error).strip()}
        ) from error


def _load(pieces: Iterable[bytes], database: str) -> None:
    """The dump as statements, after one that empties the database, by psql within one transaction."""
    with scratch.folder() as folder:
        dump, script = folder / "dump", folder / "script.sql"
        with faults.name_full_folder(), dump.open("wb") as file:
            file.writelines(pieces)
        _run([_program("pg_restore"), *PLAIN, "--no-comments", f"--file={script}", str(dump)])
        leave_out_unknown_setting(script, server=connection.pg_version)
        statements = [f"SET lock_timeout = '{WAIT}s'", *EMPTY]
        parts = [part for statement in statements for part in ("-c", statement)]
        options = ["--quiet", "--no-psqlrc", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=verbose"]
        options += [*parts, "-f", str(script)]
        _run([_program("psql"), *options], database=database)


def leave_out_unknown_setting(script: Path, server: int) -> None:
    """The client of 17 sets in the head of each script what no server before 17 knows: a comment of the same length."""
    if server >= KNOWS_IT:
        return
    with script.open("r+b") as file:
        place = file.read(HEAD).find(f"\n{UNKNOWN_BEFORE}".encode())
        if place >= 0:
            file.seek(place + 1)
            file.write(b"--")


def _count(cursor: Any) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
    found = {}
    for (name,) in cursor.fetchall():
        cursor.execute(f'SELECT count(*) FROM public."{name}"')  # nosec B608 # a table's name, from the catalog
        found[name] = cursor.fetchone()[0]
    return found


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CommandError(
            _("%(program)s is missing: install the client of PostgreSQL (Debian: apt install postgresql-client).")
            % {"program": name}
        )
    return found


def _reached(database: str) -> tuple[list[str], dict[str, str]]:
    """How a program of PostgreSQL reaches the database: its arguments, and the environment with the password."""
    words, secret = DatabaseClient.settings_to_cmd_args_env({**connection.settings_dict, "NAME": database}, [])
    where = connection.settings_dict["OPTIONS"].get("host")  # a Unix socket named in the address
    return [*(["-h", where] if where else []), *words[1:-1], f"--dbname={words[-1]}"], {**os.environ, **(secret or {})}


def _dump(command: list[str]) -> Iterator[bytes]:
    words, environment = _reached(connection.settings_dict["NAME"])
    with tempfile.TemporaryFile() as said:
        dump = subprocess.Popen([*command, *words], env=environment, stdout=subprocess.PIPE, stderr=said)  # nosec B603 # a list of words, no shell
        with dump:
            while piece := dump.stdout.read(READ_AT_ONCE):
                yield piece
        _refuse_failure(command, dump.returncode, said)


def _run(command: list[str], database: str | None = None) -> bytes:
    words, environment = _reached(database) if database else ([], None)
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([*command, *words], env=environment, stdout=subprocess.PIPE, stderr=said, check=False)  # nosec B603 # a list of words, no shell
        _refuse_failure(command, done.returncode, said)
    return done.stdout


def _refuse_failure(command, status, said):
    if status:
        said.seek(0)
        told = said.read().decode(errors="replace").strip()[-SAID:]
        if HELD in told:
            raise faults.in_use()
        raise CommandError(
            _("%(program)s did not succeed: %(told)s") % {"program": Path(command[0]).name, "told": told}
        )
