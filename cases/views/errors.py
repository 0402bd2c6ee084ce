"""Errors nobody foresaw: kept when they happen, and answered with their number."""

import logging

from django.http import HttpResponseServerError
from django.template.loader import render_to_string
from django.utils import timezone

from cases import actions
from cases.lib import faults

logger = logging.getLogger(__name__)


def answer(request, error):
    """The page that tells the number of the error; made without a look into the database."""
    return HttpResponseServerError(render_to_string("500.html", {"number": keep(request, error)}))


def keep(request, error):
    """Keep an error and give its number; where even that fails the answer goes out all the same."""
    page = faults.page(request)
    try:
        actions.error_event.record(error=error, page=page, role=_role(request), at=timezone.now())
    except Exception as fault:
        # The error itself is on stderr and in the file already: Django logs it before and whatever happens here.
        logger.error("The error could not be kept in the database", exc_info=fault)
    return faults.number(error, page)


def _role(request):
    try:
        return request.user.role or ""
    except Exception:  # no user yet, or no database to ask
        return ""
