"""What breaks the work on a workbook stands on the page of its run, and the run can be begun again."""

from uuid import uuid4

import pytest
from django.utils import timezone

from cases import actions
from cases.importing import run as runs
from cases.jobs import queue
from cases.models import ImportRun, QueuedJob, Returnee
from tests.books import PERSON, book


@pytest.fixture
def run(an):
    return runs.upload(name="so.xlsx", content=book(people=[PERSON]).getvalue(), uid=uuid4(), by=an)


@pytest.mark.parametrize(("error", "words"), [(MemoryError(), "bộ nhớ"), (ZeroDivisionError(), "lỗi của chương trình")])
def test_whatever_breaks_the_work_stands_on_the_page_of_the_run(run, an, monkeypatch, error, words):
    def broken(*args):
        raise error

    monkeypatch.setitem(runs.WORK, "checking", broken)
    runs.check_again(run=run, by=an)

    assert (run.state, words in run.told) == ("failed", True)
    job = QueuedJob.objects.first()
    assert job.error in run.told
    assert job.state == ("failed" if job.error else "done")


def test_a_process_that_was_killed_leaves_a_run_that_can_be_begun_again(run, an, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(queue, "start", lambda job, wait_seconds=0: None)
        runs.begin_load(run=run, by=an, good_rows=False)
        assert not runs.is_cut_off(run)
        assert not runs.check_again(run=run, by=an)
        actions.job.fail(job=actions.job.claim(pk=runs.find_job(run).pk, owner="x", now=timezone.now()), told="x")

    assert runs.is_cut_off(run)
    assert runs.check_again(run=run, by=an)
    assert (run.state, Returnee.objects.count()) == ("checked", 0)


def test_a_job_that_was_cut_off_after_its_load_does_nothing_when_it_is_done_again(run, an):
    runs.begin_load(run=run, by=an, good_rows=False)

    QueuedJob.objects.filter(pk=QueuedJob.objects.first().pk).update(state="waiting", ended_at=None)
    queue.start(QueuedJob.objects.first())

    assert ImportRun.objects.get().state == "loaded"
    assert Returnee.objects.count() == 1
