"""Jobs put into the queue of the task library, and somebody who works on them."""

import subprocess
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from cases import actions
from cases.jobs import at_work, child
from cases.models import QueuedJob, User, WorkerProcess

LOST = timedelta(seconds=20)  # a worker that says nothing for so long is no longer counted on
LOOK_SECONDS = 0.1
RELOAD_SECONDS = 3
started: list[subprocess.Popen] = []
children = child.Children()  # of the worker that this process is


@task()
def work(pk: int) -> None:
    """What the library's worker calls: one job."""
    children.work(pk)


def put(kind: str, key: str, arguments: dict[str, Any], by: User | None) -> QueuedJob:
    """The open job of this key, or a new one in the queue. Call `start` with it once the transaction has ended."""
    return actions.job.ask(kind=kind, key=key, arguments=arguments, by=by, enqueue=lambda job: work.enqueue(job.pk).id)


def is_seen_elsewhere() -> bool:
    """Whether another process can see a job: a database in memory and an open transaction show it to nobody else."""
    here = connections[DEFAULT_DB_ALIAS]
    in_memory = isinstance(here, SQLite) and here.is_in_memory_db()
    return at_work.fcntl is not None and not in_memory and not connection.in_atomic_block


def start(job: QueuedJob, *, wait_seconds: float = 0) -> None:
    """See that somebody works on a job, and wait a moment for a short one; where nobody else can, do it here."""
    if not is_seen_elsewhere():
        call_command("job", job.pk)
        job.refresh_from_db()
        return
    wake()
    until = time.monotonic() + wait_seconds
    while job.is_open and time.monotonic() < until:
        time.sleep(LOOK_SECONDS)
        job.refresh_from_db()


def find_open(key: str) -> QueuedJob | None:
    return QueuedJob.objects.open().filter(key=key).first()


def find_failed(key: str, within: timedelta) -> QueuedJob | None:
    """The last job of this key, where it ended so lately and was not done."""
    job = QueuedJob.objects.filter(key=key, ended_at__gt=timezone.now() - within).first()
    return job if job and job.state == QueuedJob.State.FAILED else None


def progress(job: QueuedJob | None) -> dict[str, Any]:
    """What a page shows of a job under way; one that waits while no worker is there is given one."""
    if job is None or not job.is_open:
        return {}
    done, of = at_work.far(job.uid) or (job.done, job.of)
    waits = job.state == QueuedJob.State.WAITING
    return {
        "job": job,
        "percent": at_work.percent(done, of) if of else 0,
        "rows_written": 0 if of else done,
        "was_woken": waits and wake(),
        "reload": RELOAD_SECONDS,
    }


def is_worker_there() -> bool:
    return WorkerProcess.objects.filter(seen_at__gte=timezone.now() - LOST).exists()


def wake() -> bool:
    """Where no worker is there, start one that works through what waits and ends. Writes nothing itself."""
    if is_worker_there() or not is_seen_elsewhere():
        return False
    process = subprocess.Popen(
        child.command("worker", "--once"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )  # nosec B603 # a list of words, no shell
    started[:] = [*(earlier for earlier in started if earlier.poll() is None), process]
    return True


def repair() -> None:
    """Put what a dead worker left behind into the queue again: jobs that wait while the library's row is taken."""
    now = timezone.now()
    actions.job.take_up(now=now)
    waiting = QueuedJob.objects.filter(state=QueuedJob.State.WAITING, task__isnull=False).values("task")
    left = DBTaskResult.objects.filter(pk__in=waiting)
    ended = left.filter(status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED])
    lost = left.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - actions.job.LEASE)
    for rows in (ended, lost):
        rows.update(status=TaskResultStatus.READY)


def is_anything_waiting() -> bool:
    return QueuedJob.objects.filter(state=QueuedJob.State.WAITING).exists()
