"""The work on a run in a process of its own: the memory and the time a workbook takes are taken from nobody's page."""

import os
import subprocess
import sys
from contextlib import suppress
from types import ModuleType

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.utils import translation
from django.utils.translation import gettext as _

from cases import actions
from cases.importing import at_work
from cases.importing.limits import MB
from cases.models import ImportRun

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

PLACES = 8  # processes at a time on this machine: those at work and those that wait
SLOTS = 2  # processes at work at a time
SHORT_BYTES = 150_000  # of a workbook up to this size the page waits for the answer, a moment long
SHORT_SECONDS = 2
MOST_MEMORY = 600 * MB  # the last net under a process; docs/benchmarks.md says what the worst workbooks take
started: list[subprocess.Popen] = []


def possible() -> bool:
    """Whether another process can see the run: a database in memory and an open transaction show it to nobody else."""
    here = connections[DEFAULT_DB_ALIAS]
    in_memory = isinstance(here, SQLite) and here.is_in_memory_db()
    return at_work.fcntl is not None and not in_memory and not connection.in_atomic_block


def start(run: ImportRun) -> None:
    """Let a process of its own do what the state of the run asks for; where too many are at work, say so."""
    place = at_work.take("place", PLACES)
    if place is None:
        told = _("Not begun: many workbooks are being worked on. Wait a little, then check again.")
        actions.import_run.keep_failure(run=run, state=run.state, told=told)
        return
    held = at_work.RunLock(run).locked()
    try:
        process = subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_run", *_arguments(run, held)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(held, place),
            env={**os.environ, "IMPORT_ORIGIN": actions.audit.origin.get() or ""},
        )
    finally:  # the locks go on in the process that was started
        os.close(held)
        os.close(place)
    started[:] = [*(earlier for earlier in started if earlier.poll() is None), process]
    if run.size <= SHORT_BYTES:
        with suppress(subprocess.TimeoutExpired):
            process.wait(SHORT_SECONDS)


def _arguments(run: ImportRun, held: int) -> list[str]:
    told = {"database": connection.settings_dict["NAME"], "language": translation.get_language(), "held": held}
    return [str(run.pk), *(f"--{name}={value}" for name, value in told.items())]


def bound_memory() -> None:
    """Let this process ask for no more than MOST_MEMORY, where the system can hold it to that."""
    if resource:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
