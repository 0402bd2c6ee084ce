"""On PostgreSQL, too: whatever ends a backup or a restore early, nothing half done looks whole; writers write on."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from cases.management.backup import passphrase
from cases.models import Returnee
from tests.makers import make_returnee

pytestmark = [
    pytest.mark.both,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="test_cut_off.py has SQLite."),
]
WORDS = "một câu thật dài và riêng"
PAIRS = "CREATE TABLE pair_one (x int); CREATE TABLE pair_other (x int)"


@pytest.fixture
def person(transactional_db, an, monkeypatch):
    monkeypatch.setenv(passphrase.VARIABLE, WORDS)
    return make_returnee(by=an)


def start(*words):
    """A command on the database of this test, with whatever it starts in a group of its own."""
    where = connection.get_connection_params()
    url = f"postgres://{where['user']}@/{where['dbname']}?host={where['host']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "reintegration.settings"}
    command = [sys.executable, "manage.py", *map(str, words)]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True, **piped)


def kill_when(process, reached):
    """End a command and what it started at once, as a machine that goes down does."""
    while not reached():
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def is_filling():
    """Whether psql has emptied the database and is writing into it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'psql' AND query ~ '^(COPY|CREATE INDEX)'"
        )
        return cursor.fetchone()[0] > 0


def test_what_a_backup_that_is_killed_leaves_is_taken_for_no_copy(person, tmp_path):
    part = tmp_path / "one.backup.part"
    kill_when(start("backup", tmp_path / "one.backup"), part.exists)

    assert not (tmp_path / "one.backup").exists()
    process = start("restore", part, "--replace")
    assert "cụt" in process.communicate()[0]
    assert Returnee.objects.get() == person


def test_a_restore_that_is_killed_half_way_changes_nothing_and_can_be_done_again(person, tmp_path):
    call_command("backup", tmp_path / "one.backup", verbosity=0)
    Returnee.objects.update(note="sau")

    kill_when(start("restore", tmp_path / "one.backup", "--replace"), is_filling)

    assert Returnee.objects.get().note == "sau"
    process = start("restore", tmp_path / "one.backup", "--replace")
    assert (process.communicate()[0], process.returncode)[1] == 0
    connection.close()
    assert Returnee.objects.get().note == person.note


def test_a_copy_made_while_four_are_writing_is_of_one_moment(person, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute(PAIRS)
    going = threading.Event()
    writers = [threading.Thread(target=write_pairs, args=(going,)) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        while rows_of("pair_one") < len(writers):
            time.sleep(0.01)
        call_command("backup", tmp_path / "one.backup", verify=True, verbosity=0)
    finally:
        going.set()
        for writer in writers:
            writer.join()
    written = rows_of("pair_one")

    try:
        call_command("restore", tmp_path / "one.backup", replace=True, verbosity=0)
        assert 0 < rows_of("pair_one") < written
        assert rows_of("pair_one") == rows_of("pair_other")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE pair_one, pair_other")


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def write_pairs(going):
    with contextlib.closing(psycopg2.connect(**connection.get_connection_params())) as own:
        while not going.is_set():
            with own, own.cursor() as cursor:
                cursor.execute("INSERT INTO pair_one VALUES (1)")
                cursor.execute("INSERT INTO pair_other VALUES (1)")
