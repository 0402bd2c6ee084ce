"""A database that takes no write, or cannot be read, now or until somebody helps: a page that says so and keeps what
was typed."""

import errno
import sys
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.lib.field_cipher import UnreadableValueError
from cases.models.standby import is_set as has_standby
from cases.views import errors, standby
from cases.views.pages import fields_to_keep


@dataclass(frozen=True)
class Hindrance:
    """Why the database takes no write: in which words either engine says so, and what the page says."""

    title: Promise
    why: Promise
    sqlite: tuple[str, ...] = ()
    postgresql: tuple[str, ...] = ()  # SQLSTATE
    system: tuple[int, ...] = ()  # errno
    again_seconds: int = 60
    is_passing: bool = False


BUSY = Hindrance(
    _("Busy at the moment"),
    _("Another large piece of work is being written, a register perhaps."),
    sqlite=("locked", "busy"),
    postgresql=("40001", "40P01", "55P03", "57014"),
    again_seconds=10,
    is_passing=True,
)
FULL = Hindrance(
    _("The disk of the server is full"),
    _("The server has no room left to write. Tell the administrator to make room on its disk."),
    sqlite=("disk is full", "disk I/O error"),
    postgresql=("53100", "58030"),
    system=(errno.ENOSPC, errno.EDQUOT, errno.EIO),
)
READ_ONLY = Hindrance(
    _("The server can only be read at the moment"),
    _("Its data may be looked at, but nothing can be written. Tell the administrator."),
    sqlite=("readonly database",),
    postgresql=("25006",),
    system=(errno.EROFS,),
)
AWAY = Hindrance(
    _("The data cannot be reached at the moment"),
    _("The server does not reach its database. If it lasts, tell the administrator."),
    sqlite=("unable to open database file",),
    postgresql=("53300", "57P01", "57P02", "57P03"),
    again_seconds=10,
)
KEYLESS = Hindrance(
    _("The records are encrypted with a key that is not here"),
    _("Nothing is lost: the administrator puts the key back into FIELD_KEYS and starts the server anew."),
)
HINDRANCES = (BUSY, FULL, READ_ONLY, AWAY)


def server_error(request):
    """Answers what no view answered: 503 where sending again will do once the database writes again, else 500."""
    error = sys.exc_info()[1]
    found = hindrance(error)
    if found is None:
        return errors.answer(request, error)
    waits_again = found is AWAY and has_standby()  # which answers instead, and soon
    number = "" if found.is_passing or waits_again else errors.keep(request, error)
    return page(request, found, number)


def hindrance(error):
    """What keeps the database from being written or read; None for an error that nobody mends outside the program."""
    if isinstance(error, UnreadableValueError):
        return KEYLESS
    if isinstance(error, OSError):
        return next((found for found in HINDRANCES if error.errno in found.system), None)
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    cause = error.__cause__
    if type(cause).__module__ == "sqlite3":
        return next((found for found in HINDRANCES if any(words in str(error) for words in found.sqlite)), None)
    state = getattr(cause, "pgcode", None)
    if state:
        return next((found for found in HINDRANCES if state in found.postgresql), None)
    if isinstance(error, InterfaceError):
        return AWAY
    return _untold(error)


def _untold(error):
    """An error of operation without a state: SQLite's busy words, else a connection that broke or never came about."""
    if not isinstance(error, OperationalError):
        return None
    return BUSY if any(words in str(error) for words in BUSY.sqlite) else AWAY


def page(request, found=BUSY, number=""):
    """Made without a look into the database."""
    if hasattr(request, "session"):
        request.session.modified = False  # to keep it would wait for the same database once more
    resend = _may_be_resent(request)
    context = {
        "hindrance": found,
        "number": number,
        "resend": resend,
        "fields": fields_to_keep(request) if resend else [],
        "is_sent": request.method == "POST",
        "again": request.get_full_path(),
        "csrf_token": get_token(request),
    }
    content = render_to_string("503.html", context)
    answer = HttpResponse(content, status=503, headers={"Retry-After": str(found.again_seconds)})
    setattr(answer, standby.AWAY, found is AWAY)
    return answer


def _may_be_resent(request):
    """Whether a form of the work was sent; one with a password or a file must be filled in again."""
    view = request.resolver_match and request.resolver_match.func
    if request.method != "POST" or not hasattr(view, "permission"):
        return False
    try:
        return not request.FILES
    except OSError:  # the disk was full before the form was read
        return False
