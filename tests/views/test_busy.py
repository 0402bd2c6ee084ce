"""The database takes no write for a moment (SQLite while a large register is loaded): nothing typed is lost."""

import errno
import re
import sqlite3
from html import unescape

import psycopg2
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.http import QueryDict
from django.urls import reverse

from cases import actions
from cases.models import Activity, ActivityEntry, ErrorEvent
from cases.views import busy as busy_page
from tests.makers import PASSWORD, make_returnee
from tests.views.work.test_activity import LOG, sent

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
NOTE = 'Muốn học "hàn" <b>\nở Đắk Mil'


def busy(*args, **kwargs):
    raise OperationalError("database is locked")


@pytest.fixture
def desk(an, signed_in):
    client = signed_in(an)
    client.raise_request_exception = False
    return client


def hidden(page):
    """The form of the page as a browser would send it."""
    typed = QueryDict(mutable=True)
    for name, value in HIDDEN.findall(page):
        typed.appendlist(name, unescape(value))
    typed.pop("csrfmiddlewaretoken")
    return dict(typed.lists())


def test_a_form_is_answered_with_a_page_that_sends_it_again(desk, an, monkeypatch):
    people = [make_returnee(by=an, full_name=name) for name in ("Người Một", "Người Hai")]
    with monkeypatch.context() as patch:
        patch.setattr(actions.activity, "record", busy)
        answer = desk.post(LOG, sent(*people, note=NOTE))
    page = answer.content.decode()

    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Chưa lưu được" in page
    assert f'action="{LOG}"' in page
    assert not Activity.objects.exists()
    for _twice in range(2):
        assert desk.post(LOG, hidden(page)).status_code == 302
    assert Activity.objects.get().note.split() == NOTE.split()
    assert ActivityEntry.objects.count() == 2


def test_a_page_that_was_only_opened_offers_to_look_again(desk, an, monkeypatch):
    url = reverse("returnee-detail", args=[make_returnee(by=an).pk])
    monkeypatch.setattr(actions.returnee, "record_opening", busy)

    answer = desk.get(url)

    assert answer.status_code == 503
    assert f'href="{url}"' in answer.content.decode()


def test_a_file_and_a_password_are_not_held(desk, client, an, monkeypatch):
    monkeypatch.setattr(actions.import_run, "upload", busy)
    uid = "8d3a3f9e-6d0a-4b54-9d0e-0d6f0f6f6f01"
    file = SimpleUploadedFile("so.xlsx", b"PK")
    upload = desk.post(reverse("import-list"), {"uid": uid, "kind": "register", "file": file})
    monkeypatch.setattr(SessionStore, "save", busy)
    client.raise_request_exception = False
    sign_in = client.post("/sign-in/", {"login": "an", "password": PASSWORD})

    for answer in (upload, sign_in):
        assert answer.status_code == 503
        assert not HIDDEN.findall(answer.content.decode())
        assert PASSWORD not in answer.content.decode()


def test_a_session_that_cannot_be_kept_loses_nothing_that_was_typed(desk, an, monkeypatch):
    """The database is gone behind what was recorded: Django alone would answer as if somebody had signed out."""
    with monkeypatch.context() as patch:
        patch.setattr(Session, "save", busy)
        answer = desk.post(LOG, sent(make_returnee(by=an), note=NOTE))
    page = answer.content.decode()

    assert answer.status_code == 503
    assert desk.post(LOG, hidden(page)).status_code == 302
    assert Activity.objects.count() == 1


def failing(words, cause=None):
    error = OperationalError(words)
    error.__cause__ = cause
    return error


FULL = [
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
]


@pytest.mark.parametrize("words", FULL)
def test_a_disk_that_takes_nothing_is_told_in_words_and_what_was_typed_is_kept(desk, an, monkeypatch, words):
    person = make_returnee(by=an)
    with monkeypatch.context() as patch:
        cause = failing(words, sqlite3.OperationalError(words))
        patch.setattr(actions.activity, "record", lambda *args, **kwargs: (_ for _ in ()).throw(cause))
        answer = desk.post(LOG, sent(person, note=NOTE))
    page = answer.content.decode()

    assert answer.status_code == 503
    assert "Chưa lưu được" in page
    assert "register perhaps" not in page
    assert ErrorEvent.objects.get().number in page
    assert desk.post(LOG, hidden(page)).status_code == 302
    assert Activity.objects.get().note.split() == NOTE.split()


def of_postgresql(state):
    cause = type("Cause", (psycopg2.Error,), {"pgcode": state})()
    return failing("in words of the server", cause)


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (of_postgresql("53100"), busy_page.FULL),
        (of_postgresql("25006"), busy_page.READ_ONLY),
        (of_postgresql("57P01"), busy_page.AWAY),
        (of_postgresql("40P01"), busy_page.BUSY),
        (of_postgresql("42P01"), None),
        (failing("server closed the connection unexpectedly", psycopg2.OperationalError()), busy_page.AWAY),
        (InterfaceError("connection already closed"), busy_page.AWAY),
        (OSError(errno.ENOSPC, "No space left on device"), busy_page.FULL),
        (FileNotFoundError(errno.ENOENT, "x"), None),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, Exception) else "",
)
def test_both_engines_and_the_system_are_understood(error, found):
    assert busy_page.hindrance(error) is found


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (failing("database is locked", sqlite3.OperationalError()), 503),
        (failing("server closed the connection"), 503),
        (failing("no such table: x", sqlite3.OperationalError()), 500),
        (RuntimeError("locked"), 500),
    ],
    ids=["locked", "another engine", "table", "no database"],
)
def test_only_what_waiting_mends_is_called_busy(desk, monkeypatch, error, status):
    monkeypatch.setattr("cases.views.work.activity.pages.today", lambda: (_ for _ in ()).throw(error))

    assert desk.get(LOG).status_code == status
