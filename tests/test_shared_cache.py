"""A cache that cannot write says so: a sign-in is not told that it was tried too often."""

import sqlite3

import pytest
from django.core.cache import cache
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.urls import reverse

from tests.makers import PASSWORD


@pytest.fixture
def full(monkeypatch):
    """Statements are taken, and the disk is full when they are to be kept."""

    def refuse(self):
        cause = sqlite3.OperationalError("database or disk is full")
        raise OperationalError(*cause.args) from cause

    monkeypatch.setattr(BaseDatabaseWrapper, "_savepoint_commit", lambda self, sid: refuse(self))
    monkeypatch.setattr(BaseDatabaseWrapper, "_commit", refuse)


def test_a_key_that_is_there_is_no_fault(db):
    assert cache.add("one", 1)
    assert not cache.add("one", 2)
    assert cache.get("one") == 1


READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET TRANSACTION READ ONLY"}


def test_a_statement_the_database_refuses_is_told(db):
    with connection.cursor() as cursor:
        cursor.execute(READ_ONLY[connection.vendor])
        with pytest.raises(DatabaseError, match="read-?only"):
            cache.add("one", 1)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = OFF")


def test_a_right_password_on_a_full_disk_is_not_told_that_it_was_tried_too_often(client, an, full):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL tells a full disk at the statement")
    client.raise_request_exception = False
    answer = client.post(reverse("account_login"), {"login": an.username, "password": PASSWORD})

    assert answer.status_code == 503
    assert "đĩa của máy chủ đã đầy" in answer.content.decode()
