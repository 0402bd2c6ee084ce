"""A command that fails in a way nobody foresaw: kept for the administrator, raised as it was."""

import logging
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import IntegrityError, OperationalError

from cases.actions import error_event
from cases.lib.faults import PlainFormatter
from cases.management.command import HouseCommand
from cases.management.commands import recompute_verdicts
from cases.models import ErrorEvent

NAME = "Nguyễn Văn Dũng"
COMMANDS = sorted(name for name, app in get_commands().items() if app == "cases")


@pytest.fixture
def broken(db, monkeypatch):
    """recompute_verdicts fails with words that name a person."""
    error = IntegrityError(f"duplicate key: ({NAME}, 066085001234)")

    def break_down(*args, **options):
        raise error

    monkeypatch.setattr(recompute_verdicts.Command, "handle", break_down)
    return error


@pytest.fixture
def written():
    """What the settings would have written to the file of errors."""
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(PlainFormatter())
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_keeps_its_errors(name):
    assert isinstance(load_command_class("cases", name), HouseCommand)


def test_an_error_nobody_foresaw_is_kept_under_the_name_of_the_command_and_goes_on_as_it_was(broken):
    with pytest.raises(IntegrityError) as raised:
        call_command("recompute_verdicts")

    event = ErrorEvent.objects.get()
    assert raised.value is broken
    assert (event.page, event.role) == ("manage.py recompute_verdicts", "")
    assert event.kind == "django.db.utils.IntegrityError"


def test_neither_the_row_nor_the_log_of_a_command_holds_a_value(broken, written):
    with pytest.raises(IntegrityError):
        call_command("recompute_verdicts")

    event = ErrorEvent.objects.get()
    line = written.getvalue()
    assert f"number={event.number} page=manage.py recompute_verdicts" in line
    assert not [word for word in (NAME, "066085001234") if word in line + event.trace]


def test_what_is_wrong_with_the_input_of_a_command_is_no_error_of_the_program(db, tmp_path):
    with pytest.raises(CommandError):
        call_command("clean_record", str(tmp_path / "none.json"))

    assert not ErrorEvent.objects.exists()


def test_an_error_that_cannot_be_kept_is_still_the_one_that_is_raised(broken, monkeypatch):
    def away(**facts):
        raise OperationalError("could not connect to server")

    monkeypatch.setattr(error_event, "record", away)

    with pytest.raises(IntegrityError) as raised:
        call_command("recompute_verdicts")

    assert raised.value is broken


def test_without_a_database_a_command_ends_with_its_own_error_and_status_1(tmp_path):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/none/db.sqlite3", "LOG_FILE": ""}

    process = subprocess.run(
        [sys.executable, "manage.py", "recompute_verdicts"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert process.returncode == 1
    assert process.stderr.rstrip().endswith("OperationalError: unable to open database file")
