"""From SQLite to PostgreSQL: every row and every figure is the same there."""

import contextlib
import os
import sqlite3
import subprocess
import sys

import psycopg2
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from cases import actions
from tests import postgres
from tests.makers import after_midnight, make_activity, make_campaign, make_judgment, make_returnee, make_sent


@pytest.fixture
def work(transactional_db, units, an, anh, em):
    """With an accepted report: it names its version and the version names it, by keys that do not wait."""
    person = make_returnee(by=an, phone="0908771361", note="Hẹn gặp; 'sau' \\ \"Tết\"")
    make_judgment(returnee=person, by=an)
    make_activity(person, by=an, on=person.presented_on)
    submission = make_campaign(unit=units.cluster, by=an).submissions.get(unit=units.nam_da)
    version = make_sent(submission=submission, by=anh)
    actions.campaign.accept(submission=submission, version=version, by=an)
    list(actions.audit_seal.seal_all(now=after_midnight()))


@pytest.fixture
def source(work, tmp_path):
    """The database of the test as a file of its own."""
    if connection.vendor == "sqlite":
        with contextlib.closing(sqlite3.connect(tmp_path / "source.sqlite3")) as file:
            connection.connection.backup(file)
    return f"sqlite:///{tmp_path / 'source.sqlite3'}"


def move(source, target, *words):
    return manage(source, "move_database", target, *words)


def manage(database, *words):
    command = [sys.executable, "manage.py", *words]
    environment = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "reintegration.settings"}
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_everything_is_moved_into_an_empty_database_and_compared(source):
    if connection.vendor == "postgresql":
        with pytest.raises(CommandError, match="PostgreSQL"):
            call_command("move_database", "postgres://u@h/n")
        return
    with postgres.cluster(postgres.find_binaries()) as url:
        target = url.replace("/reintegration?", "/postgres?")
        status, said = move(source, target)
        assert (status, "DATABASE_URL" in said) == (0, True), said
        assert (0, True) == (move(source, target, "--compare-only")[0], "phải là" in move(source, target)[1])

        assert "nguyên vẹn" in manage(target, "verify_audit")[1]
        with contextlib.closing(psycopg2.connect(target)) as there, there.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable")
            assert cursor.fetchone() > (0,)
            cursor.execute("SELECT nextval('cases_returnee_id_seq') > max(id) FROM cases_returnee")
            assert cursor.fetchone() == (True,)
            cursor.execute("UPDATE cases_returnee SET note = 'khác'")
            there.commit()

        status, said = move(source, target, "--compare-only")
        assert status == 1
        assert "cases_returnee" in said


@pytest.mark.parametrize("url", ["sqlite:///other.sqlite3", "mysql://u@h/n", "nonsense"])
def test_another_engine_or_no_address_is_told(db, url):
    with pytest.raises(CommandError, match="postgres://|PostgreSQL"):
        call_command("move_database", url)


def test_a_server_that_does_not_answer_is_told(source):
    if connection.vendor == "sqlite":
        status, said = move(source, "postgres://thn@127.0.0.1:1/thn")
        assert (status, "vẫn như cũ" in said, "Traceback" in said) == (1, True, False), said
