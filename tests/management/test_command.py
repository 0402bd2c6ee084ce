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


NOWHERE = ["sqlite:///{}/none/db.sqlite3", "postgres://thn:secret-of-the-database@127.0.0.1:1/thn"]


@pytest.mark.parametrize("url", NOWHERE)
@pytest.mark.parametrize("name", ["prepare", "recompute_verdicts"])
def test_without_a_database_a_command_says_so_and_where_to_look(tmp_path, url, name):
    status, complaint = run_with(url.format(tmp_path), name)

    assert (status, "Traceback" in complaint, "secret-of-the-database" in complaint) == (1, False, False)
    assert complaint.startswith("CommandError: Cơ sở dữ liệu không trả lời")
    assert "Kiểm tra DATABASE_URL" in complaint


@pytest.mark.parametrize("url", ["postgre://thn@127.0.0.1/thn", "thn@127.0.0.1", "mysql://thn@127.0.0.1/thn"])
def test_a_database_of_another_kind_is_told_with_how_an_address_begins(url):
    assert "DATABASE_URL phải bắt đầu bằng postgres://" in run_with(url, "prepare")[1].splitlines()[-1]


def run_with(url, name):
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "LOG_FILE": "",
        "DJANGO_SETTINGS_MODULE": "reintegration.settings",
    }
    environment.setdefault("SECRET_KEY", settings.SECRET_KEY)
    command = [sys.executable, "manage.py", name]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, encoding="utf-8")
    return done.returncode, done.stderr
