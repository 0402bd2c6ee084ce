"""A moment in which the database takes no write: a page that says so, keeps what was typed and sends it once more."""

import sqlite3
import sys

from django.db import OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views import defaults

from cases.views.pages import fields_to_keep

AGAIN_SECONDS = 10
PASSING = ("locked", "busy")  # SQLite's words; a damaged or a full file gets no better by waiting


def server_error(request):
    """Answers what no view answered: 503 where waiting helps, else 500."""
    return page(request) if passes(sys.exc_info()[1]) else defaults.server_error(request)


def passes(error):
    """Whether the database was only busy, or out of reach for a moment."""
    if not isinstance(error, OperationalError):
        return False
    return not isinstance(error.__cause__, sqlite3.Error) or any(word in str(error) for word in PASSING)


def page(request):
    """Made without a look into the database."""
    if hasattr(request, "session"):
        request.session.modified = False  # to keep it would wait for the same database once more
    resend = _may_be_resent(request)
    context = {
        "resend": resend,
        "fields": fields_to_keep(request) if resend else [],
        "is_sent": request.method == "POST",
        "again": request.get_full_path(),
        "csrf_token": get_token(request),
    }
    content = render_to_string("503.html", context)
    return HttpResponse(content, status=503, headers={"Retry-After": str(AGAIN_SECONDS)})


def _may_be_resent(request):
    """Whether a form of the work was sent; one with a password or a file must be filled in again."""
    view = request.resolver_match and request.resolver_match.func
    return request.method == "POST" and not request.FILES and hasattr(view, "permission")
