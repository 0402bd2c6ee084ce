"""A backup made, checked, restored and kept, whatever the engine."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path
from types import ModuleType

import psycopg2
from django.core.management.base import CommandError
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.management.backup import faults, postgresql, scratch, sealed_file, sqlite
from cases.models import Returnee
from cases.reports.administration import schema

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}
SUFFIX = ".backup"
PART = ".part"
OF_THE_DATABASE = (Error, sqlite3.Error, psycopg2.Error)  # as Django tells it, and as its driver does
FAULTS = (OSError, *OF_THE_DATABASE)  # a full disk, a busy or a missing database
PEOPLE = Returnee._meta.db_table


def name_of(moment: datetime) -> str:
    """The name of a copy in a folder of copies; in order of the alphabet they are in order of time."""
    return f"tai-hoa-nhap-{timezone.localtime(moment):%Y%m%d-%H%M%S}{SUFFIX}"


def make(target: Path, passphrase: bytes, *, made_at: datetime, verify: bool) -> int:
    """Write the copy; the number of people in it. The file appears under its name when it is whole, and verified."""
    if target.exists():
        raise CommandError(_("%(file)s is there already: nothing is written over.") % {"file": target})
    part = target.with_name(target.name + PART)
    if part.exists():
        _refuse_begun(part)
    try:
        with ENGINES[connection.vendor].snapshot() as (rows, pieces):
            about = {"engine": connection.vendor, "made_at": made_at.isoformat(), "rows": rows}
            about["migrations"] = [list(each) for each in schema.applied_migrations()]
            with open(part, "xb", opener=_for_the_owner_alone) as file:
                sealed_file.write(file, passphrase, about, pieces)
                file.flush()
                os.fsync(file.fileno())
        if verify:
            check(part, passphrase)
        part.rename(target)
    except FAULTS as error:
        raise CommandError(_("%(file)s cannot be written: %(fault)s") % _fault(target, error)) from error
    finally:
        part.unlink(missing_ok=True)
    return rows[PEOPLE]


def check(path: Path, passphrase: bytes) -> None:
    """Restore into a scratch database and compare the rows of every table with those of the moment it was made."""
    with open(path, "rb") as file:
        about, pieces = sealed_file.read(file, passphrase)
        found = ENGINES[about["engine"]].verify(pieces)
    if wrong := sorted(name for name in about["rows"].keys() | found if about["rows"].get(name) != found.get(name)):
        raise CommandError(
            _("The trial found other rows than were backed up: %(tables)s.") % {"tables": ", ".join(wrong)}
        )


def restore(path: Path, passphrase: bytes) -> datetime:
    """Put what the file holds in the place of everything; when it was made. A faulty file changes nothing."""
    try:
        with open(path, "rb") as file:
            about, pieces = sealed_file.read(file, passphrase)
            _refuse_foreign(about)
            ENGINES[about["engine"]].restore(pieces)
    except OSError as error:
        raise CommandError(_("%(file)s cannot be read: %(fault)s") % _fault(path, error)) from error
    except OF_THE_DATABASE as error:
        said = _("The database cannot be replaced, it is as it was: %(fault)s") % {"fault": faults.words(error)}
        raise CommandError(said) from error
    return datetime.fromisoformat(about["made_at"])


def rotate(folder: Path, keep: int) -> None:
    """Delete all but the newest copies, by their names, and what was begun and cut off; other files stay."""
    begun = filter(scratch.is_left_behind, folder.glob(f"tai-hoa-nhap-*{SUFFIX}{PART}"))
    for path in [*list_copies(folder)[keep:], *begun]:
        path.unlink(missing_ok=True)


def list_copies(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"tai-hoa-nhap-*{SUFFIX}"), reverse=True)


def _refuse_foreign(about):
    if about["engine"] != connection.vendor:
        raise CommandError(
            _("The backup is of %(made)s, this database is %(here)s: restore it there, then move it.")
            % {"made": about["engine"], "here": connection.vendor}
        )
    if unknown := schema.unknown_migrations(map(tuple, about["migrations"])):
        raise CommandError(
            _("The backup was made by a newer version (%(name)s): install that one first.") % {"name": unknown[-1][1]}
        )


def _refuse_begun(part):
    said = _("%(file)s is there: another backup is writing it, or one was cut off. If none is running, delete it.")
    raise CommandError(said % {"file": part})


def _fault(path, error) -> dict[str, str]:
    return {"file": str(path), "fault": faults.words(error)}


def _for_the_owner_alone(path, flags):
    return os.open(path, flags, 0o600)
