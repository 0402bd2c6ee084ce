"""Whether the server is alive, and whether it is ready: for a machine that asks every few seconds.

Answered before everything else: without a sign-in, a session, a host name or https, and outside every log.
"""

from django.db import Error
from django.http import HttpResponse, HttpResponseNotAllowed

from cases.jobs import queue
from cases.reports.administration.schema import pending_migrations

METHODS = ("GET", "HEAD")
READY = "ok"


class HealthMiddleware:
    """`/health/`: the process answers, no database is asked. `/health/ready/`: 503 and the failing part, in a word."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.answers = {"/health/": lambda: READY, "/health/ready/": failing_part}

    def __call__(self, request):
        answer = self.answers.get(request.path_info)
        if answer is None:
            return self.get_response(request)
        if request.method not in METHODS:
            return quiet(HttpResponseNotAllowed(METHODS))
        word = answer()
        return quiet(HttpResponse(word, status=200 if word == READY else 503, content_type="text/plain"))


def quiet(response):
    """Asked so often, a line for each answer would bury everything else in the log of errors."""
    response.headers["Cache-Control"] = "no-store"
    response._has_been_logged = True  # Django's own mark, which its handler asks before it writes
    return response


def failing_part():
    """The first that fails of "database", "migrations" and "worker"; "ok" where none does."""
    try:
        if pending_migrations():
            return "migrations"
        return READY if queue.is_worker_there() else "worker"
    except Error:
        return "database"
