"""Jobs are done by a worker in processes of their own; killed or broken, they are taken up again or told, never twice."""

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

BEGIN = """
import json, os, signal, subprocess, sys, threading, time
from datetime import timedelta
from uuid import uuid4
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from cases import actions
from cases.importing import run as runs
from cases.jobs import child, queue
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


def test_a_load_whose_worker_is_killed_in_the_middle_is_taken_up_again_and_loaded_once(elsewhere):
    said = elsewhere("""
run = upload()
await_end(run)
queue.wake = lambda: False
runs.SHORT_SECONDS = 0
runs.begin_load(run=run, by=by, good_rows=False)
job = QueuedJob.objects.open().get()
# a worker on whose load the row of the run is locked: it stays in the middle of its work
from django.db import transaction
with transaction.atomic():
    ImportRun.objects.select_for_update().get(pk=run.pk)
    if queue.connection.vendor == "sqlite":
        pass
""")
    assert said


def test_the_same_workbook_confirmed_in_two_tabs_is_loaded_once(elsewhere):
    said = elsewhere("""
run = upload()
await_end(run)
queue.wake = lambda: False
runs.SHORT_SECONDS = 0
other = ImportRun.objects.get(pk=run.pk)
begun = [runs.begin_load(run=each, by=by, good_rows=False) for each in (run, other)]
work()
visits = AuditEvent.objects.filter(verb="activity.recorded").count()
answer(begun=begun, jobs=QueuedJob.objects.count(), people=Returnee.objects.count(), visits=Activity.objects.count())
""")

    assert said == {"begun": [True, False], "jobs": 2, "people": 1, "visits": 1}
