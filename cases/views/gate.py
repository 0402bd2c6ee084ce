from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.views.decorators.http import require_http_methods

from cases import actions


def _select_only(execute, sql, params, many, context):
    if not sql.lstrip().upper().startswith("SELECT"):
        raise RuntimeError(f"A page that only reads tried to write: {sql[:80]}")
    return execute(sql, params, many, context)


def gate(permission, *methods):
    """Ask for `permission`; allow `methods` only; never write to the database on GET.

    A page of a case file takes `returnee_pk`: that it was opened is recorded here, where no view can forget it.
    """

    def decorate(view):
        @require_http_methods(methods or ["GET", "HEAD"])
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.may(permission):
                raise PermissionDenied
            if request.method == "POST":
                return view(request, *args, **kwargs)
            with connection.execute_wrapper(_select_only):
                response = view(request, *args, **kwargs)
            if "returnee_pk" in kwargs and response.status_code == 200:
                actions.returnee.opened(pk=kwargs["returnee_pk"], page=request.resolver_match.url_name, by=request.user)
            return response

        guarded.permission, guarded.methods = permission, methods or ("GET", "HEAD")
        return guarded

    return decorate
