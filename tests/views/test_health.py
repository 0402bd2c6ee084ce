"""Alive and ready, in one word, for a machine that asks."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from cases import actions
from cases.models import AuditEvent
from cases.reports.administration import schema

ALIVE, READY = "/health/", "/health/ready/"


@pytest.fixture
def worker(db):
    actions.job.show_alive(worker="one", now=timezone.now())


def refuse(execute, sql, params, many, context):
    raise DatabaseError("the server is gone, at 192.0.2.7")


def word(response):
    return response.status_code, response.content.decode()


def test_alive_asks_no_database_however_old_the_cookie(client):
    client.cookies["sessionid"] = "an-old-one"

    assert word(client.get(ALIVE)) == (200, "ok")


def test_ready_where_database_tables_and_worker_are_there(client, worker):
    assert word(client.get(READY)) == (200, "ok")


def test_without_a_worker_heard_of_lately_it_is_not_ready(client, db):
    assert word(client.get(READY)) == (503, "worker")

    actions.job.show_alive(worker="one", now=timezone.now() - timedelta(minutes=2))
    assert word(client.get(READY)) == (503, "worker")


def test_tables_of_an_older_version_are_not_ready(client, worker, monkeypatch):
    monkeypatch.setattr(schema, "_brought", lambda: frozenset([("cases", "9999_of_tomorrow")]))

    assert word(client.get(READY)) == (503, "migrations")


def test_a_database_that_is_gone_is_told_in_one_word(client, worker):
    with connection.execute_wrapper(refuse):
        assert word(client.get(READY)) == (503, "database")
        assert word(client.get(ALIVE)) == (200, "ok")


def test_nothing_is_kept_of_who_asked(client, db, caplog):
    response = client.get(READY)

    assert response.cookies == {}
    assert response["Cache-Control"] == "no-store"
    assert not AuditEvent.objects.exists()
    assert caplog.records == []


def test_it_is_answered_under_any_name_and_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["register.example"]

    assert client.get(ALIVE, headers={"host": "10.0.0.1:8000"}).status_code == 200


@pytest.mark.parametrize("address", [ALIVE, READY])
def test_it_is_only_asked(client, address):
    assert client.post(address).status_code == 405
