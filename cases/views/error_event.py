"""Errors nobody foresaw: kept when they happen, read by the administrator."""

from django.http import HttpResponseServerError
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.error_event import ErrorFilter
from cases.lib import faults
from cases.models import ErrorEvent
from cases.models.user import ROLE_NAMES
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.ERROR_VIEW)
def show_list(request):
    form = ErrorFilter(request.GET, user=request.user, on=pages.today())
    page = pages.paginate(request, form.narrow(ErrorEvent.objects.visible_to(request.user)))
    lines = [(event, ROLE_NAMES.get(event.role, "")) for event in page.object_list]
    return render(request, "error/list.html", {"form": form, "page_obj": page, "lines": lines})


@gate(Permission.ERROR_VIEW)
def detail(request, pk):
    event = get_object_or_404(ErrorEvent.objects.visible_to(request.user), pk=pk)
    crumbs = [{"label": _("Errors"), "url": reverse("error-list")}, {"label": event.number}]
    role = ROLE_NAMES.get(event.role, "")
    return render(request, "error/detail.html", {"event": event, "role": role, "crumbs": crumbs})


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
