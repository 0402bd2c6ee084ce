"""Of one job there is one open row; it is taken once, held while somebody works, and what breaks stands in it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cases import actions
from cases.jobs import queue
from cases.models import ErrorEvent, PreparedPart, QueuedJob, WorkerProcess
from cases.tasks import registry

LATER = 2 * actions.job.LEASE


def put(by=None, key="nightly-cleanup"):
    return queue.put("cleanup", key, {}, by)


def claim(job, owner="one"):
    return actions.job.claim(pk=job.pk, owner=owner, now=timezone.now())


def test_the_same_job_asked_for_twice_is_one_until_it_has_ended(an):
    first, second, other = put(an), put(an), put(an, key="nightly-other")
    assert first == second != other
    assert DBTaskResult.objects.count() == 2

    actions.job.finish(job=claim(first))

    assert put(an) != first


def test_the_database_keeps_a_second_open_row_out(an):
    job = put(an)
    job.pk, job.uid = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        QueuedJob.objects.create(kind=job.kind, key=job.key, made_at=timezone.now())


def test_a_job_is_taken_once_and_ended_by_whoever_holds_it(an):
    job = put(an)
    held, late = claim(job, "one"), claim(job, "two")
    assert late is None

    held.owner = "two"
    assert not actions.job.finish(job=held)
    assert not actions.job.renew(job=held, now=timezone.now(), done=1, of=2)
    held.owner = "one"
    assert actions.job.renew(job=held, now=timezone.now(), done=1, of=2)
    assert queue.progress(QueuedJob.objects.get(pk=job.pk))["percent"] == 50
    assert actions.job.finish(job=held)


def test_a_job_whose_worker_died_waits_again_with_its_task_and_is_given_up_at_last(an, monkeypatch):
    job, now = put(an), timezone.now
    for attempt in range(1, actions.job.MOST_ATTEMPTS + 1):
        DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now())
        claim(job)
        queue.repair()
        job.refresh_from_db()
        assert (job.state, job.attempts) == ("running", attempt)
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: now() + LATER)
            queue.repair()
        job.refresh_from_db()
        ready = DBTaskResult.objects.get().status == TaskResultStatus.READY
        assert (job.state, ready) == (("waiting", True) if attempt < 3 else ("failed", False))

    assert "bị ngắt nhiều lần" in job.told


def test_a_worker_that_is_stopped_gives_its_job_back(an):
    job = put(an)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)  # as the library leaves it behind

    assert actions.job.give_back(job=claim(job))
    queue.repair()

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 0)
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.parametrize(
    ("error", "words", "is_kept"),
    [
        (ValidationError("Hết quyền."), "Hết quyền.", False),
        (MemoryError(), "quá nhiều bộ nhớ", False),
        (ZeroDivisionError("Nguyễn Văn Dũng"), "Báo người quản trị số lỗi này", True),
    ],
)
def test_what_breaks_stands_in_the_job(an, monkeypatch, error, words, is_kept):
    def broken(job, tell):
        raise error

    monkeypatch.setitem(registry.WORK, "cleanup", registry.Work(broken))
    job = put(an)
    queue.start(job)

    assert (job.state, words in job.told, "Dũng" in job.told) == ("failed", True, False)
    assert [event.number for event in ErrorEvent.objects.all()] == ([job.error] if is_kept else [])


def test_what_somebody_else_has_taken_meanwhile_is_not_written_twice(an, monkeypatch):
    def work(job, tell):
        actions.error_event.record(error=ValueError(), page="x", role="", at=timezone.now())
        QueuedJob.objects.update(owner="another")
        return ""

    monkeypatch.setitem(registry.WORK, "cleanup", registry.Work(work, at_once=True))
    queue.start(put(an))

    assert not ErrorEvent.objects.exists()


def test_every_kind_of_job_has_its_work():
    assert registry.WORK.keys() == set(QueuedJob.Kind)


def test_a_worker_that_says_nothing_is_no_longer_counted_on(db):
    now = timezone.now()
    assert not queue.is_worker_there()
    actions.job.show_alive(worker="one", now=now)
    assert queue.is_worker_there()
    actions.job.show_alive(worker="one", now=now - timedelta(minutes=1))
    assert not queue.is_worker_there()

    actions.job.show_alive(worker="two", now=now + timedelta(hours=2))
    assert [worker.name for worker in WorkerProcess.objects.all()] == ["two"]


def test_the_work_of_the_night_is_begun_once_and_done(an, capsys):
    call_command("nightly")

    assert sorted(QueuedJob.objects.values_list("kind", "state")) == [
        ("cleanup", "done"),
        ("custody", "done"),
        ("seal", "done"),
        ("units", "done"),
        ("usual", "done"),
        ("verdicts", "done"),
    ]
    assert capsys.readouterr().out.count(": done ") == 6


def test_the_file_of_a_second_attempt_takes_the_place_of_the_first(an):
    job = put(an)
    actions.job.keep_file(job=job, parts=[b"one", b"two"], rows=2)

    actions.job.keep_file(job=job, parts=[b"three"], rows=1)

    assert [bytes(part.content) for part in PreparedPart.objects.filter(job=job)] == [b"three"]
