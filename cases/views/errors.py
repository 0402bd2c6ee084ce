"""Errors nobody foresaw: kept when they happen, and answered with their number."""

from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.utils import timezone

from cases import actions
from cases.lib import faults


def answer(request, error):
    """The page that tells the number of the error; made without a look into the database."""
    return HttpResponseServerError(render_to_string("500.html", {"number": keep(request, error)}))


def keep(request, error):
    """Keep an error and give its number; it is on stderr and in the file already: Django logs it before."""
    return actions.error_event.keep(error=error, page=faults.page(request), role=_role(request), at=timezone.now())


def _role(request):
    try:
        return request.user.role or ""
    except Exception:  # no user yet, or no database to ask
        return ""
