"""Whatever ends a backup or a restore early: nothing half done looks whole, and nothing unencrypted stays behind."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from cases.management.backup import faults, passphrase, scratch, sqlite
from cases.models import Returnee
from tests.makers import make_returnee

pytestmark = [
    pytest.mark.both,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="The database is a file of its own here."),
]
PEOPLE = Returnee._meta.db_table


@pytest.fixture
def place(transactional_db, an, tmp_path):
    """A folder with the database in a file, one person in it, and a folder of its own for what is unencrypted."""
    make_returnee(by=an)
    with contextlib.closing(sqlite3.connect(tmp_path / "db.sqlite3")) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")  # as the product opens it from its first day
    (tmp_path / "tmp").mkdir()
    return tmp_path


def start(place, *words):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{place / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "reintegration.settings",
        "TMPDIR": str(place / "tmp"),
        passphrase.VARIABLE: "một câu thật dài và riêng",
    }
    command = [sys.executable, "manage.py", *map(str, words)]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, **piped)


def run(place, *words):
    process = start(place, *words)
    said = process.communicate()[0]
    return process.returncode, said


def cut_off(place, number, *words):
    """Start a command and end it as soon as something of it lies unencrypted."""
    process = start(place, *words)
    while not list((place / "tmp").iterdir()):
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.01)
    process.send_signal(number)
    process.communicate()
    return process.returncode


def test_a_backup_that_is_stopped_leaves_nothing(place):
    assert cut_off(place, signal.SIGTERM, "backup", place / "one.backup") == 128 + signal.SIGTERM

    assert list((place / "tmp").iterdir()) == []
    assert sorted(path.suffix for path in place.glob("one*")) == []


def test_what_a_backup_that_is_killed_leaves_is_taken_for_no_copy(place):
    process = start(place, "backup", place / "one.backup")
    while not (place / "one.backup.part").exists():
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.01)
    process.kill()
    process.communicate()

    assert not (place / "one.backup").exists()
    status, said = run(place, "restore", place / "one.backup.part", "--replace")
    assert (status, "cụt" in said) == (1, True), said
    assert read(place, f"SELECT count(*) FROM {PEOPLE}") == (1,)


def test_a_restore_that_is_killed_changes_nothing_and_can_be_done_again(place):
    assert run(place, "backup", place / "one.backup")[0] == 0
    change(place, f"UPDATE {PEOPLE} SET note = 'sau'")

    cut_off(place, signal.SIGKILL, "restore", place / "one.backup", "--replace")

    assert read(place, "PRAGMA integrity_check") == ("ok",)
    assert read(place, f"SELECT note FROM {PEOPLE}") == ("sau",)
    assert run(place, "restore", place / "one.backup", "--replace")[0] == 0
    assert read(place, f"SELECT note FROM {PEOPLE}") != ("sau",)


def change(place, statement):
    with contextlib.closing(sqlite3.connect(place / "db.sqlite3", timeout=60)) as file, file:
        file.execute(statement)


def read(place, question):
    with contextlib.closing(sqlite3.connect(place / "db.sqlite3")) as file:
        return file.execute(question).fetchone()


def test_a_copy_made_while_four_are_writing_is_of_one_moment(place):
    for name in ("one", "other"):
        change(place, f"CREATE TABLE {name} (x)")
    going = threading.Event()
    writers = [threading.Thread(target=write_pairs, args=(place, going)) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        status, said = run(place, "backup", place / "one.backup", "--verify")
    finally:
        going.set()
        for writer in writers:
            writer.join()
    assert status == 0, said
    written = read(place, "SELECT count(*) FROM one")

    assert run(place, "restore", place / "one.backup", "--replace")[0] == 0
    there = read(place, "SELECT count(*) FROM one")
    assert (0,) < there < written
    assert there == read(place, "SELECT count(*) FROM other")


def write_pairs(place, going):
    with contextlib.closing(sqlite3.connect(place / "db.sqlite3", timeout=60)) as file:
        while not going.is_set():
            with file:
                file.execute("INSERT INTO one VALUES (1)")
                file.execute("INSERT INTO other VALUES (1)")


@pytest.mark.parametrize("sure", [[], ["--replace"]])
def test_a_damaged_database_is_no_empty_one_and_it_is_told_how_a_copy_gets_in_its_place(place, sure):
    assert run(place, "backup", place / "one.backup")[0] == 0
    (place / "db.sqlite3").write_bytes(b"no database at all" * 1000)

    status, said = run(place, "restore", place / "one.backup", *sure)
    assert (status, "bị hỏng" in said, "Traceback" in said) == (1, True, False), said

    assert "bị hỏng" in run(place, "doctor")[1]

    (place / "db.sqlite3").rename(place / "damaged")
    assert run(place, "restore", place / "one.backup", *sure)[0] == 0
    assert read(place, f"SELECT count(*) FROM {PEOPLE}") == (1,)


def test_a_restore_does_not_wait_for_ever_for_whoever_goes_on_writing(place, monkeypatch):
    monkeypatch.setattr(sqlite, "WAIT", 0)
    file = place / "db.sqlite3"
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        with contextlib.closing(sqlite3.connect(":memory:")) as copy, contextlib.closing(sqlite3.connect(file)) as own:
            copy.execute("CREATE TABLE one (x)")
            with pytest.raises(CommandError, match="dừng dịch vụ"):
                copy.backup(own, progress=sqlite.patience())


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="There is no disk that is always full.")
def test_of_two_disks_the_full_one_is_named():
    with open("/dev/full", "wb", buffering=0) as full:
        with pytest.raises(CommandError, match=f"{tempfile.gettempdir()}.*TMPDIR"), faults.name_full_folder():
            full.write(b"0")


def test_what_was_left_behind_unencrypted_goes_with_the_next_run(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name, age in [("old", 2 * scratch.LEFT_BEHIND), ("new", 60)]:
        (tmp_path / f"{scratch.PREFIX}{name}").mkdir()
        os.utime(tmp_path / f"{scratch.PREFIX}{name}", (time.time() - age,) * 2)

    with scratch.folder():
        assert not (tmp_path / f"{scratch.PREFIX}old").exists()
        assert (tmp_path / f"{scratch.PREFIX}new").exists()
