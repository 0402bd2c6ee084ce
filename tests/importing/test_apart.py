"""A workbook is worked on by a process of its own, which sees what is stored; killed or broken, it is told."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

from cases.importing import apart, at_work
from cases.importing import run as runs
from cases.models import ImportRun
from tests.books import PERSON, VISIT, book
from tests.makers import make_unit, make_user

UPLOAD = """
import json, sys
from uuid import uuid4
import django
django.setup()
from cases.importing import run as runs
from cases.models import Returnee, User
by = User.objects.get(username="mau")
run = runs.upload(name="so.xlsx", content=sys.stdin.buffer.read(), uid=uuid4(), by=by)
seen = []
def ended():
    for process in runs.apart.started:
        process.wait()
    run.refresh_from_db()
    seen.append([run.state, run.told])
ended()
runs.begin_load(run=run, by=by, good_rows=False)
ended()
print(json.dumps({"apart": runs.apart.possible(), "seen": seen, "people": Returnee.objects.count()}))
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
def officer(transactional_db):
    unit = make_unit(kind="commune", code="24697", name="Xã Mẫu", valid_from=date(2004, 1, 1))
    return make_user("mau", "Lê Văn Mẫu", "officer", unit)


def elsewhere(tmp_path, *command, **more):
    env = {**os.environ, "DATABASE_URL": stored(tmp_path), "DJANGO_SETTINGS_MODULE": "reintegration.settings_test"}
    ended = subprocess.run([sys.executable, *command], env=env, capture_output=True, **more)
    assert ended.returncode == 0, ended.stderr.decode()
    return ended.stdout


def test_a_workbook_is_checked_and_loaded_by_processes_of_their_own(officer, tmp_path):
    content = book(people=[PERSON], work=[VISIT]).getvalue()

    said = json.loads(elsewhere(tmp_path, "-c", UPLOAD, input=content, cwd=settings.BASE_DIR))

    assert said == {"apart": True, "seen": [["checked", ""], ["loaded", ""]], "people": 1}


def test_a_database_in_memory_and_an_open_transaction_are_seen_by_nobody_else(db):
    assert not apart.possible()


def test_a_process_that_was_killed_leaves_a_run_that_can_be_begun_again(an, tmp_path, monkeypatch):
    monkeypatch.setattr(at_work.tempfile, "gettempdir", lambda: str(tmp_path))
    run = runs.upload(name="so.xlsx", content=book(people=[PERSON]).getvalue(), uid=uuid4(), by=an)
    ImportRun.objects.update(state="checking")
    run.refresh_from_db()
    held = at_work.RunLock(run)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[held.file]) as process:
        os.close(held.file)
        assert not runs.is_cut_off(run)
        process.send_signal(signal.SIGKILL)
        process.wait()

    assert runs.is_cut_off(run)
    assert runs.check_again(run=run, by=an)
    assert run.state == "checked"


def test_where_all_places_are_taken_the_page_says_so(an, tmp_path, monkeypatch):
    monkeypatch.setattr(at_work.tempfile, "gettempdir", lambda: str(tmp_path))
    run = runs.upload(name="so.xlsx", content=book(people=[PERSON]).getvalue(), uid=uuid4(), by=an)
    ImportRun.objects.update(state="checking")
    run.refresh_from_db()
    taken = [at_work.take("place", apart.PLACES) for _place in range(apart.PLACES)]

    apart.start(run)
    for file in taken:
        os.close(file)

    run.refresh_from_db()
    assert "Chưa bắt đầu" in run.told
    assert runs.is_cut_off(run)


@pytest.mark.parametrize(("error", "words"), [(MemoryError(), "bộ nhớ"), (ZeroDivisionError(), "lỗi của chương trình")])
def test_whatever_breaks_the_work_stands_on_the_page_of_the_run(an, monkeypatch, error, words):
    run = runs.upload(name="so.xlsx", content=book(people=[PERSON]).getvalue(), uid=uuid4(), by=an)
    ImportRun.objects.update(state="checking")
    run.refresh_from_db()

    def broken(*args):
        raise error

    monkeypatch.setitem(runs.WORK, "checking", broken)
    try:
        runs.work_on(run, an, at_work.RunLock(run))
    except ZeroDivisionError:
        runs.tell_error(run, "123456")

    run.refresh_from_db()
    assert (run.state, words in run.told) == ("failed", True)
