"""What an installation lacks is told in Vietnamese, one row of the table at a time."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from datetime import timedelta

import psycopg2
import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cases import actions
from cases.management import doctor
from cases.models import AuditEvent, Backup, Unit, User
from cases.reports.administration import schema
from tests.makers import after_midnight
from tests.small_disk import fill

pytestmark = pytest.mark.django_db  # each on both engines


def findings():
    """What the doctor finds wrong, by the name of the row."""
    out = io.StringIO()
    try:
        call_command("doctor", json=True, stdout=out)
        status = 0
    except SystemExit as ended:
        status = ended.code
    told = json.loads(out.getvalue())
    found = {each["name"]: each["fault"] for each in told["findings"] if each["fault"]}
    assert (status, told["well"]) == ((1, False) if found else (0, True))
    return found


@pytest.fixture
def healthy(em, units, settings, monkeypatch):
    """Somebody in earnest, who has done everything."""
    settings.DEMO = False
    settings.FIELD_KEYS = ["only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz"]
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 0)
    monkeypatch.setattr(doctor, "LEAST_FREE_PERCENT", 0)
    monkeypatch.setattr(schema, "_brought", frozenset)  # the tables of the tests may be made without migrations
    actions.job.show_alive(worker="one", now=timezone.now())
    copy = Backup(name="x", made_at=timezone.now(), seconds=1, size=1, people=1, is_verified=True)
    actions.backup.keep(backup=copy)
    return settings


def test_where_all_is_well_nothing_is_found(healthy):
    assert findings() == {}

    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue().endswith("Không thiếu gì.\n")


SETTINGS = [
    ("secret", {"SECRET_KEY": "a"}),
    ("debug", {"DEBUG": True}),
    ("hosts", {"ALLOWED_HOSTS": ["*"]}),
    ("https", {"DEMO": True}),
    ("https", {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}),
    ("https", {"ALLAUTH_TRUSTED_PROXY_COUNT": 1}),
    ("static", {"STATIC_ROOT": "/no/such/folder"}),
]


@pytest.mark.parametrize(("name", "changes"), SETTINGS)
def test_a_setting_that_is_weak_is_found(healthy, name, changes):
    for setting, value in changes.items():
        setattr(healthy, setting, value)

    assert list(findings()) == [name]


def old_tables(monkeypatch):
    monkeypatch.setattr(schema, "_brought", lambda: frozenset([("cases", "9999_of_tomorrow")]))


def newer_tables(monkeypatch):
    """The database had a step that this version does not know."""
    known = frozenset(schema.applied_migrations())
    columns = "id integer PRIMARY KEY, app text, name text, applied text"
    with connection.cursor() as cursor:  # the table is not there where the others were made without steps
        cursor.execute(f"CREATE TABLE IF NOT EXISTS django_migrations ({columns})")
    MigrationRecorder(connection).record_applied("cases", "9999_of_tomorrow")
    monkeypatch.setattr(schema, "_brought", lambda: known or frozenset([("cases", "0001_the_case_file")]))


def wrong_clock(_monkeypatch):
    """The server of the database is two minutes ahead; on SQLite the last line of the log is."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            actions.backup.record_restore(name="x", made_at=timezone.now())
            ahead = timezone.now() + timedelta(minutes=2)
            columns = [field.column for field in AuditEvent._meta.concrete_fields if not field.primary_key]
            values = ["%s" if column == "at" else column for column in columns]
            last = f"SELECT {', '.join(values)} FROM cases_auditevent ORDER BY id DESC LIMIT 1"
            cursor.execute(f"INSERT INTO cases_auditevent ({', '.join(columns)}) {last}", [ahead])
        else:
            cursor.execute(
                "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
                " AS $$ SELECT pg_catalog.clock_timestamp() + interval '2 minutes' $$"
            )
            cursor.execute("SET LOCAL search_path = public, pg_catalog")


def no_worker(_monkeypatch):
    actions.job.sign_off(worker="one")


def old_backup(_monkeypatch):
    Backup.objects.update(made_at=timezone.now() - timedelta(days=3))


def untried_backup(_monkeypatch):
    Backup.objects.update(is_verified=False)


def demo_account(_monkeypatch):
    User.objects.update(is_demo=True)


def no_administrator(_monkeypatch):
    User.objects.update(is_active=False)


def unsealed_log(monkeypatch):
    """Days that are not sealed: what is too many is a matter of the limit."""
    monkeypatch.setattr(doctor, "MOST_UNSEALED", timedelta(-2))


def lost_key(monkeypatch):
    list(actions.audit_seal.seal_all(now=after_midnight()))
    monkeypatch.setattr(doctor, "seal_keys", dict)


def no_units(_monkeypatch):
    Unit.objects.communes().update(kind="cluster")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("migrations", old_tables),
        ("migrations", newer_tables),
        ("demo", demo_account),
        ("clock", wrong_clock),
        ("worker", no_worker),
        ("backup", old_backup),
        ("backup", untried_backup),
        ("seals", unsealed_log),
        ("seals", lost_key),
        ("administrator", no_administrator),
        ("units", no_units),
    ],
)
def test_what_is_missing_is_found(healthy, monkeypatch, name, spoil):
    spoil(monkeypatch)

    assert list(findings()) == [name]


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("extensions", "DROP EXTENSION btree_gin CASCADE"),
        ("encoding", 'ALTER COLLATION pg_catalog."vi-x-icu" RENAME TO "vi-gone"'),
    ],
)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has neither.")
def test_what_postgresql_lacks_is_found(healthy, name, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert list(findings()) == [name]


def test_a_machine_that_sets_its_clock_by_nothing_is_found(healthy, monkeypatch, tmp_path):
    program = tmp_path / "timedatectl"
    program.write_text("#!/bin/sh\necho no\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    assert list(findings()) == ["clock"]


def test_a_disk_that_is_nearly_full_is_found(healthy, monkeypatch, small_disk):
    monkeypatch.setattr(doctor, "LEAST_FREE_PERCENT", 10)
    healthy.LOG_FILE = str(small_disk / "errors.log")
    assert str(small_disk) not in findings().get("disk", "")

    fill(small_disk, 0.95)

    assert str(small_disk) in findings()["disk"]


def copy_in(folder, size=1):
    (folder / "one.backup").write_bytes(b"0")
    made = {"seconds": 1, "people": 1, "is_verified": True}
    return Backup.objects.create(name="one.backup", folder=folder, made_at=timezone.now(), size=size, **made)


def test_a_copy_that_is_gone_is_found(healthy, tmp_path):
    copy_in(tmp_path)
    assert findings() == {}

    (tmp_path / "one.backup").unlink()

    assert list(findings()) == ["backup_place"]


def test_a_place_without_room_for_the_next_copy_is_found(healthy, small_disk):
    copy_in(small_disk, size=1_000_000)
    assert findings() == {}

    fill(small_disk, 0.95)

    assert "cần 0,0 GB" in findings()["backup_place"]


def test_a_temporary_folder_without_room_for_the_trial_is_found(healthy, monkeypatch, small_disk, tmp_path):
    copy_in(tmp_path)
    monkeypatch.setattr(doctor.tempfile, "tempdir", str(small_disk))
    fill(small_disk, 1)

    assert str(small_disk) in findings()["backup_place"]


WEAK = {"SECRET_KEY": "a", "DEBUG": "true", "ALLOWED_HOSTS": "*", "BEHIND_PROXY": "true", "STATIC_ROOT": "/no/such"}


def examined(command="doctor", *words, **environment):
    """What the command says on a machine with this environment, and how it ends."""
    names = {*WEAK, "DEMO", "TRUSTED_PROXY_COUNT"}
    given = {name: value for name, value in os.environ.items() if name not in names}
    given |= {"SECRET_KEY": project.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "reintegration.settings", "LOG_FILE": ""}
    asked = [sys.executable, "manage.py", command, *words]
    done = subprocess.run(asked, cwd=project.BASE_DIR, env=given | environment, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def faults(told):
    return [each["name"] for each in json.loads(told)["findings"] if each["fault"]]


def test_a_machine_where_everything_is_weak_and_no_database_answers_is_told_all_of_it():
    nowhere = "postgres://thn:secret-of-the-database@127.0.0.1:1/thn"

    status, told, complaint = examined("doctor", "--json", DATABASE_URL=nowhere, **WEAK)

    assert (status, complaint) == (1, "")
    assert [name for name in faults(told) if name != "disk"] == [
        "secret",
        "debug",
        "hosts",
        "https",
        "static",
        "database",
    ]
    assert "secret-of-the-database" not in told


def test_a_database_without_tables_is_told_to_be_prepared_and_nothing_else_is_asked_of_it(tmp_path):
    status, told, complaint = examined("doctor", "--json", DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")

    assert (status, complaint) == (1, "")
    assert [name for name in faults(told) if name != "disk"] == ["migrations"]


def test_a_database_that_cannot_hold_vietnamese_is_found_and_gets_no_tables(request):
    if connection.vendor != "postgresql" or not request.config.getoption("server_of_this_run"):
        pytest.skip("A database is made on a server of this run only.")
    params = connection.get_connection_params()
    with contextlib.closing(psycopg2.connect(**{**params, "dbname": "postgres"})) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute("CREATE DATABASE ascii_alone ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
            try:
                url = f"postgres://{params['user']}@/ascii_alone?host={params['host']}"
                assert faults(examined("doctor", "--json", DATABASE_URL=url)[1])[-2:] == ["encoding", "migrations"]
                status, _told, complaint = examined("prepare", DATABASE_URL=url)
                assert (status, complaint.count("\n")) == (1, 1)
                assert "SQL_ASCII" in complaint
            finally:
                cursor.execute("DROP DATABASE ascii_alone WITH (FORCE)")


def test_every_extension_of_a_migration_is_looked_for():
    folder = project.BASE_DIR / "cases" / "migrations"
    made = {
        name for path in folder.glob("*.py") for name in re.findall(r"CREATE EXTENSION\D*? (\w+)\"", path.read_text())
    }

    assert made == doctor.EXTENSIONS


def test_each_row_has_its_name_to_itself_and_says_what_to_do():
    names = [row.name for row in doctor.EXAMINATIONS]

    assert len(set(names)) == len(names)
    assert [row.name for row in doctor.EXAMINATIONS if not row.remedy] == ["secret", "debug", "hosts", "demo"]
