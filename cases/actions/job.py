"""The life of a job: asked for, taken by a worker, held while it works, ended; taken up again where a worker died."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.actions import audit
from cases.models import PreparedPart, QueuedJob, User, WorkerProcess
from cases.models.job import FETCHED_WITHIN
from cases.models.law_edition import law_edition

LEASE = timedelta(seconds=30)  # a worker that renews nothing for so long is taken for dead
MOST_ATTEMPTS = 3  # a job that took so many workers with it is given up
KEPT = timedelta(days=30)  # an ended job stays in the list
State = QueuedJob.State


def ask(
    *, kind: str, key: str, arguments: dict[str, Any], by: User | None, enqueue: Callable[[QueuedJob], Any]
) -> QueuedJob:
    """The open job of this key, or a new one handed to `enqueue`, which gives the id of its task."""
    for _attempt in range(2):
        if earlier := QueuedJob.objects.open().filter(key=key).first():
            return earlier
        try:
            with transaction.atomic():
                job = QueuedJob.objects.create(
                    kind=kind,
                    key=key,
                    arguments=arguments,
                    unit=by.unit if by else None,
                    made_by=by,
                    made_at=timezone.now(),
                    language=translation.get_language() or "vi",
                    address=audit.get_origin().address,
                )
                job.task = enqueue(job)
                job.save(update_fields=["task"])
                return job
        except IntegrityError:  # somebody else asked for the same at this moment
            continue
    return QueuedJob.objects.open().get(key=key)


@transaction.atomic
def claim(*, pk: int, owner: str, now: datetime) -> QueuedJob | None:
    """Take a job that waits; None where somebody else has taken it, or it has ended."""
    taken = QueuedJob.objects.filter(pk=pk, state=State.WAITING).update(
        state=State.RUNNING,
        owner=owner,
        lease_until=now + LEASE,
        begun_at=now,
        attempts=F("attempts") + 1,
        edition=law_edition(),
        done=0,
        of=0,
    )
    return QueuedJob.objects.get(pk=pk) if taken else None


def renew(*, job: QueuedJob, now: datetime, done: int, of: int) -> bool:
    """Hold a job for longer and say how far it has come; False where it is no longer held by this owner."""
    held = QueuedJob.objects.filter(pk=job.pk, state=State.RUNNING, owner=job.owner)
    return held.update(lease_until=now + LEASE, done=done, of=of) == 1


def finish(*, job: QueuedJob, told: str = "") -> bool:
    """The job is done; False where it is no longer held by this owner."""
    return _end(job, state=State.DONE, told=told[:300], error="")


def fail(*, job: QueuedJob, told: str, error: str = "") -> bool:
    """The job was not done, with the reason in words and the number of the error, if it was one."""
    return _end(job, state=State.FAILED, told=told[:300], error=error)


def give_back(*, job: QueuedJob) -> bool:
    """The worker is stopped before the job has ended: the next one takes it."""
    held = QueuedJob.objects.filter(pk=job.pk, state=State.RUNNING, owner=job.owner)
    attempts = F("attempts") - 1
    return held.update(state=State.WAITING, owner="", lease_until=None, attempts=attempts) == 1


def _end(job: QueuedJob, **ends: Any) -> bool:
    held = QueuedJob.objects.filter(pk=job.pk, state=State.RUNNING, owner=job.owner)
    return held.update(**ends, owner="", lease_until=None, ended_at=timezone.now()) == 1


@transaction.atomic
def take_up(*, now: datetime) -> None:
    """Let jobs whose worker died wait once more; one that took several workers with it is given up."""
    for job in QueuedJob.objects.select_for_update(no_key=True).filter(state=State.RUNNING, lease_until__lt=now):
        if job.attempts < MOST_ATTEMPTS:
            job.state = State.WAITING
        else:
            job.state, job.ended_at = State.FAILED, now
            job.told = _("The work was cut off several times. Nothing was kept of it.")
        job.owner, job.lease_until = "", None
        job.save(update_fields=["state", "owner", "lease_until", "ended_at", "told"])


@transaction.atomic
def keep_file(*, job: QueuedJob, parts: Iterable[bytes], rows: int) -> None:
    """Keep the file a job has prepared, in place of one of an attempt that was cut off."""
    PreparedPart.objects.filter(job=job).delete()
    for number, content in enumerate(parts):
        PreparedPart.objects.create(job=job, number=number, content=content)
    QueuedJob.objects.filter(pk=job.pk).update(arguments={**job.arguments, "rows": rows})


@transaction.atomic
def delete_old(*, now: datetime) -> tuple[int, int]:
    """Delete files nobody may fetch any more, and jobs that ended long ago; how many of each."""
    files = PreparedPart.objects.filter(job__ended_at__lt=now - FETCHED_WITHIN).delete()[1]
    jobs = QueuedJob.objects.filter(ended_at__lt=now - KEPT).delete()[1]
    return files.get("cases.PreparedPart", 0), jobs.get("cases.QueuedJob", 0)


@transaction.atomic
def show_alive(*, worker: str, now: datetime) -> None:
    """A worker says that it is there; those that said nothing for an hour are forgotten."""
    WorkerProcess.objects.update_or_create(name=worker, defaults={"seen_at": now})
    WorkerProcess.objects.filter(seen_at__lt=now - timedelta(hours=1)).delete()


def sign_off(*, worker: str) -> None:
    WorkerProcess.objects.filter(name=worker).delete()
