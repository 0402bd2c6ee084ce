"""A worker does jobs in processes of their own; killed or broken, they are taken up again or told, never done twice."""

import json
import os
import sqlite3
import subprocess
import sys
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from tests.books import PERSON, VISIT, book
from tests.makers import make_unit, make_user

MANY = 40
BEGIN = """
import json, signal, subprocess, sys
from contextlib import suppress
from uuid import uuid4
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from cases import actions
from cases.importing import run as runs
from cases.jobs import at_work, child, queue
from cases.models import Activity, AuditEvent, ImportRun, QueuedJob, Returnee, User
by = User.objects.get(username="mau")

def upload():
    return runs.upload(name="so.xlsx", content=sys.stdin.buffer.read(), uid=uuid4(), by=by)

def work():
    call_command("worker", once=True)

def await_end(run):
    for process in queue.started:
        process.wait()
    run.refresh_from_db()
    return [run.state, run.told]

def answer(**said):
    print(json.dumps(said))
"""


def stored(tmp_path):
    """The address of a database that another process can open, with what the test has stored."""
    if connection.vendor == "sqlite":
        path = tmp_path / "so.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{path}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


@pytest.fixture
def elsewhere(transactional_db, tmp_path):
    """Run a script on the stored data in a process of its own; what it answered."""
    unit = make_unit(kind="commune", code="24697", name="Xã Mẫu", valid_from=date(2004, 1, 1))
    make_user("mau", "Lê Văn Mẫu", "officer", unit)
    address = {"DATABASE_URL": stored(tmp_path), "DJANGO_SETTINGS_MODULE": "reintegration.settings_test"}

    def run(script, file=None):
        env = {**os.environ, **address, "TMPDIR": str(tmp_path)}
        command = [sys.executable, "-c", BEGIN + script]
        content = (file or book(people=[PERSON], work=[VISIT])).getvalue()
        ended = subprocess.run(command, env=env, input=content, capture_output=True, cwd=settings.BASE_DIR)
        assert ended.returncode == 0, ended.stderr.decode()
        return json.loads(ended.stdout)

    return run


def test_where_no_worker_is_there_one_is_started_checks_and_loads(elsewhere):
    said = elsewhere("""
run = upload()
checked = await_end(run)
runs.begin_load(run=run, by=by, good_rows=False)
loaded = await_end(run)
jobs = list(QueuedJob.objects.order_by("pk").values_list("state", flat=True))
answer(seen=[checked, loaded], people=Returnee.objects.count(), jobs=jobs, left=queue.is_worker_there())
""")

    assert said == {"seen": [["checked", ""], ["loaded", ""]], "people": 1, "jobs": ["done", "done"], "left": False}


def test_a_workbook_is_checked_outside_the_process_of_the_request(elsewhere):
    said = elsewhere("""
runs.work_on = None  # here nothing can be checked
run = upload()
answer(seen=await_end(run), people=Returnee.objects.count())
""")

    assert said == {"seen": ["checked", ""], "people": 0}


KILLED = """
run = upload()
await_end(run)
queue.wake = lambda: False
runs.SHORT_SECONDS = 0
runs.begin_load(run=run, by=by, good_rows=False)
job = QueuedJob.objects.open().get()
worker = subprocess.Popen(child.command("worker", "--once"))
far = 0, 1
while 4 * far[0] <= far[1]:  # until the first rows are written: a quarter of the way is the check
    with suppress(subprocess.TimeoutExpired):
        raise SystemExit(f"The worker ended early: {worker.wait(0.01)}")
    far = at_work.far(job.uid) or far
worker.send_signal(signal.SIGKILL)
worker.wait()
at_work.JobLock(job.uid).end()  # free as soon as its process has died with the worker
run.refresh_from_db()
job.refresh_from_db()
cut = [run.state, job.state, Returnee.objects.count()]
now = timezone.now
timezone.now = lambda: now() + 2 * actions.job.LEASE
queue.repair()
timezone.now = now
work()
job.refresh_from_db()
loaded = AuditEvent.objects.filter(verb="importrun.loaded").count()
answer(cut=cut, job=[job.state, job.attempts], end=await_end(run), people=Returnee.objects.count(), loaded=loaded)
"""


def test_a_load_whose_worker_is_killed_in_the_middle_is_taken_up_again_and_loaded_once(elsewhere):
    people = [{**PERSON, "Mã hồ sơ": f"HS-{number}", "Họ và tên": f"Người Thứ {number}"} for number in range(MANY)]

    visits = [{**VISIT, "Mã hồ sơ": f"HS-{number % MANY}", "Mã dòng": number} for number in range(10 * MANY)]

    said = elsewhere(KILLED, book(people=people, work=visits))

    assert said["cut"] == ["loading", "running", 0]
    assert said["job"] == ["done", 2]
    assert (said["end"], said["people"], said["loaded"]) == (["loaded", ""], MANY, 1)


def test_the_same_workbook_confirmed_in_two_tabs_is_loaded_once(elsewhere):
    said = elsewhere("""
run = upload()
await_end(run)
queue.wake = lambda: False
runs.SHORT_SECONDS = 0
other = ImportRun.objects.get(pk=run.pk)
begun = [runs.begin_load(run=each, by=by, good_rows=False) for each in (run, other)]
work()
answer(begun=begun, jobs=QueuedJob.objects.count(), people=Returnee.objects.count(), visits=Activity.objects.count())
""")

    assert said == {"begun": [True, False], "jobs": 2, "people": 1, "visits": 1}
