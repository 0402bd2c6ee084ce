"""The log is sealed day by day; what the owner of the tables changes afterwards is named. On both engines."""

import contextlib
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cases import actions
from cases.models import AuditEvent, AuditSeal, Returnee
from cases.models.audit_seal import seal_keys
from cases.reports.administration import last_seal
from cases.reports.administration.audit_proof import SealProgress, breaks
from tests.makers import after_midnight, make_returnee

EVENT, SEAL = "cases_auditevent", "cases_auditseal"


@contextlib.contextmanager
def as_owner(table):
    """The owner of the tables at work: the triggers of one are off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        yield cursor
        for _name, sql in guards:
            cursor.execute(sql)


def seal(days=1):
    return list(actions.audit_seal.seal_all(now=after_midnight(days)))


def found():
    return [(each.kind, each.row, each.columns) for each in breaks(SealProgress())]


@pytest.fixture
def row(an):
    """A row of the log about a person, sealed with all others of its day."""
    person = make_returnee(by=an)
    seal()
    return AuditEvent.objects.get(verb="returnee.registered", returnee_id=person.pk)


def test_a_log_that_nobody_touched_is_whole(row):
    standing = SealProgress()

    assert list(breaks(standing)) == []
    assert standing.rows == AuditEvent.objects.count()
    assert standing.unsealed() == 0


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("actor = 'Người Khác'", "actor"),
        ("reason = 'x'", "reason"),
        ("after = '{}'", "after"),
        ("address = '10.0.0.9'", "address"),
        ("unit_id = NULL", "unit_id"),
    ],
)
def test_a_row_that_the_owner_changed_is_named_with_its_column(row, change, column):
    with as_owner(EVENT) as cursor:
        cursor.execute(f"UPDATE {EVENT} SET {change} WHERE id = %s", [row.pk])

    assert ("changed", row.pk, (column,)) in found()


def test_a_row_that_the_owner_removed_is_named(row):
    with as_owner(EVENT) as cursor:
        cursor.execute(f"DELETE FROM {EVENT} WHERE id = %s", [row.pk])

    assert found() == [("missing", row.pk, ())]


def test_a_row_that_came_after_its_day_was_sealed_is_named(row, an):
    added = actions.audit.record(by=an, verb="returnee.corrected", target=Returnee.objects.get())

    assert found() == [("added", added.pk, ())]


def test_a_row_put_before_everything_is_named(row, an):
    added = actions.audit.record(by=an, verb="user.corrected", target=an)
    with as_owner(EVENT) as cursor:
        cursor.execute(f"UPDATE {EVENT} SET at = %s WHERE id = %s", [timezone.now() - timedelta(days=9), added.pk])

    assert found() == [("added", added.pk, ())]


def test_a_seal_made_to_fit_a_changed_row_is_found_for_the_key_is_not_there(row, settings):
    with as_owner(EVENT) as cursor:
        cursor.execute(f"UPDATE {EVENT} SET actor = 'x' WHERE id = %s", [row.pk])
    key = next(iter(seal_keys()))
    with as_owner(SEAL) as cursor:
        cursor.execute(f"DELETE FROM {SEAL}")
    settings.SECRET_KEY = "guessed-by-the-owner" * 4
    seal()
    with as_owner(SEAL) as cursor:
        cursor.execute(f"UPDATE {SEAL} SET key = %s", [key])
    settings.SECRET_KEY = "only-for-tests-" + "k" * 50

    assert {kind for kind, _row, _columns in found()} == {"seal_changed"}


@pytest.mark.parametrize("whose", ["unit_id IS NULL", "unit_id IS NOT NULL"])
def test_a_seal_that_was_removed_is_missed_once_the_next_day_is_sealed(row, whose):
    first = AuditSeal.objects.of_days().get().day
    seal(days=3)
    with as_owner(SEAL) as cursor:
        cursor.execute(f"DELETE FROM {SEAL} WHERE day = %s AND {whose}", [first])

    assert "seal_missing" in {kind for kind, _row, _columns in found()}


def test_triggers_that_were_left_off_are_named(row):
    with as_owner(EVENT):
        assert {kind for kind, _row, _columns in found()} == {"guard_missing"}


@pytest.mark.parametrize(
    "statement", [f"UPDATE {EVENT} SET actor = 'x'", f"DELETE FROM {EVENT}", f"DELETE FROM {SEAL}"]
)
def test_the_database_refuses_to_change_the_log_and_its_seals(row, statement):
    with (
        pytest.raises(DatabaseError, match="never changed or deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_day_that_is_not_over_is_not_sealed_and_no_day_twice(an):
    assert list(actions.audit_seal.seal_all(now=timezone.now())) == []
    assert [len(seal()), len(seal())] == [1, 0]


def test_days_without_a_row_are_sealed_too_so_that_none_can_be_taken_out(row):
    assert [each.rows for each in seal(days=3)] == [0, 0]
    assert found() == []


def test_a_day_waits_while_somebody_still_writes_in_it(an, monkeypatch):
    monkeypatch.setattr(actions.audit_seal, "_is_still_written", lambda end: True)

    assert seal() == []


def test_another_key_verifies_what_the_key_before_it_sealed(row, settings):
    settings.AUDIT_KEY = "a key of its own, kept elsewhere"

    assert found() == []

    settings.SECRET_KEY = "another one, the one before forgotten" * 2
    assert {kind for kind, _row, _columns in found()} == {"key_unknown"}


def test_the_command_says_that_the_log_is_whole_and_what_a_code_on_paper_is_of(row):
    out, code = io.StringIO(), AuditSeal.objects.of_days().get().short

    call_command("verify_audit", "--printed", code.lower(), stdout=out)

    assert "nguyên vẹn" in out.getvalue()
    assert code in last_seal.seal_words()
    with pytest.raises(CommandError, match="0000-0000-0000"):
        call_command("verify_audit", "--printed", "0000-0000-0000", stdout=out)


def test_the_command_names_the_first_break_in_words_and_ends_with_an_error(row):
    out = io.StringIO()
    with as_owner(EVENT) as cursor:
        cursor.execute(f"UPDATE {EVENT} SET reason = 'x' WHERE id = %s", [row.pk])

    with pytest.raises(SystemExit):
        call_command("verify_audit", stdout=out)

    first = out.getvalue().splitlines()[0]
    assert f"dòng {row.pk}" in first
    assert "(reason)" in first


def test_before_the_first_night_no_report_has_a_seal(an):
    assert last_seal.seal_words() == ""
