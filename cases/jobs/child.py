"""The process of its own in which a worker does a job: its memory is bounded, and a worker's death is its own.

A workbook that takes all the memory there is, or breaks the program, takes neither the worker nor a page with it.
"""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from cases import actions
from cases.jobs import at_work
from cases.lib.optional import require
from cases.models import QueuedJob

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

MOST_MEMORY = 600 * 1024 * 1024  # the last net under a process; docs/benchmarks.md says what the worst workbooks take
RENEW_SECONDS = 2
log = logging.getLogger(__name__)


class Children:
    """The processes of one worker; once it stops, what they have not ended waits for the next one."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self._processes: set[subprocess.Popen] = set()

    def work(self, pk: int) -> None:
        """Do a job in a process of its own and hold it while that lives; what goes wrong stands in the job."""
        owner = get_random_string(32)
        job = actions.job.claim(pk=pk, owner=owner, now=timezone.now())
        if job is None:
            return
        process = self._start(job)
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(RENEW_SECONDS)
            if process.returncode is None and not _hold(job):
                process.kill()
        self._processes.discard(process)
        require(process.stdin).close()
        if self.stopped.is_set():
            actions.job.give_back(job=job)
        else:
            actions.job.fail(job=job, told=_("The work was cut off. Nothing was kept of it: begin again."))

    def stop(self) -> None:
        self.stopped.set()
        for process in list(self._processes):
            process.kill()

    def _start(self, job: QueuedJob) -> subprocess.Popen:
        process = subprocess.Popen(
            command("job", str(job.pk), f"--owner={job.owner}"),
            stdin=subprocess.PIPE,  # closed by the death of the worker, which is how this process learns of it
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # nosec B603 # a list of words, no shell
        self._processes.add(process)
        if self.stopped.is_set():
            process.kill()
        return process


def command(name: str, *arguments: str) -> list[str]:
    """A command of this project on the database of this process, which in a test is not that of the settings."""
    database = f"--database={connection.settings_dict['NAME']}"
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), name, *arguments, database]


def _hold(job: QueuedJob) -> bool:
    done, of = at_work.far(job.uid) or (0, 0)
    try:
        return actions.job.renew(job=job, now=timezone.now(), done=done, of=of)
    except OperationalError:  # on SQLite the job itself may be writing: nobody else can take it meanwhile
        return True


def bound_memory() -> None:
    """Let this process ask for no more than MOST_MEMORY, where the system can hold it to that."""
    if resource:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def end_with_parent() -> None:
    """End this process at once when the one that started it has died."""
    threading.Thread(target=wait_for_parent, args=[lambda: os._exit(1)], daemon=True).start()


def wait_for_parent(then: Callable[[], object]) -> None:
    """Wait until the process that started this one has ended, and with it closed our input."""
    with suppress(OSError):
        while os.read(0, 1):
            pass
    then()
