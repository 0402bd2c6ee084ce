from contextlib import nullcontext
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.views.decorators.http import require_http_methods, require_safe

from cases.views import counting, masking, reading, standby
from cases.views.administration import rates
from cases.views.casefile import unsealed
from cases.views.people import outside


def _select_only(execute, sql, params, many, context):
    if not sql.lstrip("( \n").upper().startswith("SELECT"):  # PostgreSQL puts the parts of a union in brackets
        raise RuntimeError(f"A page that only reads tried to write: {sql[:80]}")
    return execute(sql, params, many, context)


def gate(permission, *methods, sealed=False, figures=False, as_file=False):
    """Ask for `permission`; allow `methods` only; never write to the database on GET.

    No page tells the name of somebody whose file is sealed, not even in what somebody wrote of another (`masking`).
    That a page was read is recorded here, where no view can forget it; a page of a case file takes `returnee_pk`.
    A page that says `sealed` shows a file that was sealed, where it is opened for the moment: it takes `opened`, the id
    of that person or None, and hands it to everything it asks. All other pages do not find the person. The same pages,
    but what is handed out as a file, show a file beyond the scope while somebody has it open (`outside`).
    A page of `figures` is read from the standby where there is one; what it did not find of them is put into the queue
    once it was answered. A page that is also handed out `as_file` is sent
    for that, and records nothing but that it was.
    """
    methods = methods or ("GET", "HEAD", *(["POST"] if as_file else []))
    shows_outside = sealed and not as_file and permission in outside.PAGES_OF

    def decorate(view):
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.may(permission):
                raise PermissionDenied
            if (refused := rates.refuse(request, as_file)) is not None:
                return refused
            seal = unsealed.get_opening(request, kwargs["returnee_pk"]) if sealed else None
            opened = seal and seal["person"]
            handed = {**kwargs, "opened": opened} if sealed else kwargs
            is_sent = request.method == "POST"
            source = standby.figures(request) if figures and not is_sent else nullcontext()
            lent = outside.get_reading(request, kwargs["returnee_pk"]) if shows_outside else None
            with outside.reach(request, lent):
                with source, nullcontext() if is_sent else connection.execute_wrapper(_select_only):
                    try:
                        response = masking.mask_response(request, view(request, *args, **handed), opened)
                    except counting.NotCountedError as missing:
                        response = counting.wait(request, missing.shown)
                reading.record(request, response, lent.reason if lent else seal["reason"] if seal else "")
            counting.begin(request)
            return response

        guarded.permission, guarded.methods, guarded.sealed = permission, methods, sealed
        guarded.as_file, guarded.shows_outside = as_file, shows_outside
        return guarded

    return decorate


def open_to_all(view):
    """A page that tells of nobody, also to whoever is not signed in: it is only read, and leaves nothing in the log.

    Which they are is written down in tests/test_access.py.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def read(request, *args, **kwargs):
        with connection.execute_wrapper(_select_only):
            return view(request, *args, **kwargs)

    read.permission, read.methods, read.sealed, read.as_file = None, ("GET", "HEAD"), False, False
    read.shows_outside = False
    return read
