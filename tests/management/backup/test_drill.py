"""Backed up, destroyed, restored: every row is as it was. On both engines."""

import contextlib
import io
import os
import tempfile
import time
from pathlib import Path

import psycopg2
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from cases.management.backup import copies, passphrase, postgresql, scratch, sealed_file
from cases.models import AuditEvent, Backup, Returnee, User
from cases.reports.administration import schema
from tests.makers import make_activity, make_judgment, make_returnee
from tests.small_disk import fill

WORDS = "một câu thật dài và riêng"
LOG = AuditEvent._meta.db_table

pytestmark = pytest.mark.django_db  # each on both engines


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch):
    """What a guess costs is not what is tried here."""
    monkeypatch.setattr(sealed_file, "COST", 2**4)
    monkeypatch.setenv(passphrase.VARIABLE, WORDS)


@pytest.fixture
def work(transactional_db, an, em):
    person = make_returnee(by=an, note="Hẹn gặp; 'sau' \\ \"Tết\"\n--")
    make_judgment(returnee=person, by=an)
    make_activity(person, by=an, on=person.presented_on)
    return person


@pytest.fixture
def copy(work, tmp_path):
    said("backup", tmp_path / "one.backup")
    return tmp_path / "one.backup"


def all_rows():
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: sorted(map(repr, model._base_manager.values_list())) for model in models}


def said(command, *words, **options):
    out = io.StringIO()
    call_command(command, *words, stdout=out, **options)
    return out.getvalue()


def test_everything_comes_back_as_it_was(work, tmp_path):
    before, file = all_rows(), tmp_path / "one.backup"
    assert "1 người" in said("backup", file, verify=True)
    call_command("flush", interactive=False, verbosity=0)
    assert not User.objects.exists()

    said("restore", file)

    after = all_rows()
    line = AuditEvent.objects.latest("pk")
    assert (line.verb, line.label) == ("backup.restored", "one.backup")
    assert set(after.pop(LOG)) - set(before.pop(LOG)) == {repr(AuditEvent.objects.values_list().get(pk=line.pk))}
    assert after == before


def test_rules_of_the_database_come_back_with_the_rows(copy):
    """Keys, constraints and triggers: a copy of the rows alone would pass for whole."""
    before = stored_rules()

    said("restore", copy, replace=True)

    assert len(before) > 100
    assert stored_rules() == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without counting.")
def test_of_a_restored_database_it_is_known_what_its_rows_are_like(copy):
    said("restore", copy, replace=True)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_statistic WHERE starelid = 'cases_returnee'::regclass")
        assert cursor.fetchone() > (0,)


def stored_rules():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        else:
            cursor.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid > 0"
                " UNION ALL SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
                " UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
                " UNION ALL SELECT extname, '' FROM pg_extension"
            )
        return sorted(cursor.fetchall())


def test_a_copy_is_recorded_with_what_it_holds(work, tmp_path):
    said("backup", tmp_path / "one.backup", verify=True)

    made = Backup.objects.get()
    assert (made.name, made.people, made.is_verified) == ("one.backup", 1, True)
    assert made.size == (tmp_path / "one.backup").stat().st_size
    assert AuditEvent.objects.filter(verb="backup.made").exists()


def test_nothing_of_it_can_be_read_by_others(copy, work):
    content = copy.read_bytes()

    assert work.full_name.encode() not in content
    assert b"cases_returnee" not in content
    assert copy.stat().st_mode & 0o077 == 0
    assert [path.name for path in copy.parent.iterdir()] == ["one.backup"]


def test_people_on_file_are_not_given_up_by_mistake(copy):
    with pytest.raises(CommandError, match="--replace"):
        said("restore", copy)
    assert Returnee.objects.count() == 1

    make_returnee(by=User.objects.get(username="an"), full_name="Trần Văn Sau")
    said("restore", copy, replace=True)
    assert Returnee.objects.count() == 1


def test_accounts_without_people_are_not_given_up_by_mistake_either(copy):
    person = Returnee.objects.get()
    call_command("flush", interactive=False, verbosity=0)
    User.objects.create(username="an", full_name="Lê Văn An")

    with pytest.raises(CommandError, match="0 hồ sơ và 1 tài khoản"):
        said("restore", copy)

    said("restore", copy, replace=True)
    assert Returnee.objects.get() == person


@pytest.mark.skipif(connection.vendor != "postgresql", reason="The database of a test on SQLite is in memory.")
def test_a_restore_does_not_wait_for_ever_for_whoever_goes_on_writing(copy, monkeypatch):
    monkeypatch.setattr(postgresql, "WAIT", 1)

    with contextlib.closing(psycopg2.connect(**connection.get_connection_params())) as other:
        other.cursor().execute("UPDATE cases_returnee SET note = 'khác'")
        with pytest.raises(CommandError, match="dừng dịch vụ"):
            said("restore", copy, replace=True)

    assert Returnee.objects.count() == 1


def test_a_wrong_passphrase_is_told_and_changes_nothing(copy, monkeypatch, tmp_path):
    other = tmp_path / "key"
    other.write_text("một câu khác, cũng dài như thế\n")

    with pytest.raises(CommandError, match="mật khẩu"):
        said("restore", copy, replace=True, passphrase_file=other)
    assert Returnee.objects.count() == 1


@pytest.mark.parametrize(
    ("spoil", "told"), [(lambda found: found[:-40], "cụt"), (lambda found: found[:-1] + b"\0", "hỏng")]
)
def test_a_cut_file_and_a_changed_byte_are_told_and_change_nothing(copy, spoil, told):
    copy.write_bytes(spoil(copy.read_bytes()))

    with pytest.raises(CommandError, match=told):
        said("restore", copy, replace=True)
    assert Returnee.objects.count() == 1


def test_a_trial_that_finds_other_rows_leaves_no_copy(work, tmp_path, monkeypatch):
    monkeypatch.setattr(copies, "ENGINES", {connection.vendor: Forgetful(connection.vendor)})

    with pytest.raises(CommandError, match="cases_returnee"):
        said("backup", tmp_path / "one.backup", verify=True)
    assert list(tmp_path.iterdir()) == []
    assert not Backup.objects.exists()


class Forgetful:
    """An engine whose restored copy lacks a person."""

    def __init__(self, vendor):
        self.real = copies.ENGINES[vendor]
        self.snapshot = self.real.snapshot

    def verify(self, pieces):
        found = self.real.verify(pieces)
        return {**found, "cases_returnee": found["cases_returnee"] - 1}


def test_a_disk_that_fills_up_meanwhile_is_told_and_leaves_no_copy(work, small_disk):
    fill(small_disk, 1)
    (small_disk / "full").write_bytes((small_disk / "full").read_bytes()[: -20 * 1024])

    with pytest.raises(CommandError, match=r"Không ghi được .*đầy"):
        said("backup", small_disk / "one.backup")

    assert [path.name for path in small_disk.iterdir()] == ["full"]
    assert not Backup.objects.exists()


def test_a_temporary_folder_that_fills_up_meanwhile_is_told_and_changes_nothing(copy, small_disk, monkeypatch):
    before = all_rows()
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    fill(small_disk, 1)

    with pytest.raises(CommandError, match=f"{small_disk}.*TMPDIR"):
        said("restore", copy, replace=True)

    assert all_rows() == before
    assert [path.name for path in small_disk.iterdir()] == ["full"]


def test_a_backup_of_a_newer_version_is_refused(work, monkeypatch, tmp_path):
    copy = tmp_path / "one.backup"
    with monkeypatch.context() as tomorrow:
        tomorrow.setattr(schema, "applied_migrations", lambda: [("cases", "9999_of_tomorrow")])
        said("backup", copy)
    monkeypatch.setattr(schema, "_brought", lambda: frozenset([("cases", "0001_the_case_file")]))

    with pytest.raises(CommandError, match="mới hơn"):
        said("restore", copy, replace=True)


def test_what_a_run_that_was_cut_off_left_behind_goes_with_the_oldest_copies(work, tmp_path):
    for name, age in [("a", 2 * scratch.LEFT_BEHIND), ("b", 60)]:
        path = tmp_path / f"tai-hoa-nhap-{name}.backup.part"
        path.write_bytes(b"begun")
        os.utime(path, (time.time() - age,) * 2)

    said("backup", tmp_path, keep=1)

    assert [path.name for path in tmp_path.glob("*.part")] == ["tai-hoa-nhap-b.backup.part"]


def test_a_file_another_run_may_be_writing_is_told_with_what_to_do(work, tmp_path):
    (tmp_path / "one.backup.part").write_bytes(b"begun")

    with pytest.raises(CommandError, match="hãy xóa tệp này"):
        said("backup", tmp_path / "one.backup")
    assert (tmp_path / "one.backup.part").read_bytes() == b"begun"


def test_a_folder_keeps_the_newest_copies_and_nothing_else_is_deleted(work, tmp_path):
    for day in range(3):
        (tmp_path / f"tai-hoa-nhap-2026110{day}-010000.backup").write_bytes(b"old")
    (tmp_path / "note.txt").write_text("stays")

    said("backup", tmp_path, keep=2)

    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[:2] == ["note.txt", "tai-hoa-nhap-20261102-010000.backup"]
    assert len(names) == 3


@pytest.mark.parametrize(
    ("options", "told"), [({"keep": 2}, "--keep"), ({"passphrase_file": Path("/no/such/file")}, "mật khẩu")]
)
def test_what_is_asked_wrongly_is_told(work, tmp_path, options, told):
    with pytest.raises(CommandError, match=told):
        said("backup", tmp_path / "one.backup", **options)


def test_a_short_passphrase_is_refused_and_an_old_copy_is_not_written_over(copy, monkeypatch):
    with pytest.raises(CommandError, match="ghi đè"):
        said("backup", copy)

    monkeypatch.setenv(passphrase.VARIABLE, "ngắn")
    with pytest.raises(CommandError, match="16"):
        said("restore", copy, replace=True)


def test_without_the_client_of_postgresql_it_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match=r"pg_dump.*postgresql-client"):
        next(postgresql.snapshot().gen)


HEAD = b"--\n-- PostgreSQL database dump\n--\n\nSET lock_timeout = 0;\nSET transaction_timeout = 0;\nSELECT 1;\n"


@pytest.mark.parametrize(
    ("server", "left"), [(150000, b"\n--T transaction_timeout"), (170000, b"\nSET transaction_timeout")]
)
def test_what_a_newer_client_sets_and_an_older_server_does_not_know_is_left_out(tmp_path, server, left):
    """The image has the client of 17; the server of a province may be of 15."""
    script = tmp_path / "script.sql"
    script.write_bytes(HEAD)

    postgresql.leave_out_unknown_setting(script, server)

    assert script.read_bytes() == HEAD.replace(b"\nSET transaction_timeout", left)


def test_a_place_that_is_not_there_is_told(work, tmp_path):
    with pytest.raises(CommandError, match="Không ghi được .*: không có tệp"):
        said("backup", tmp_path / "none" / "one.backup")
    with pytest.raises(CommandError, match="Không đọc được .*: không có tệp"):
        said("restore", tmp_path / "none.backup", replace=True)
