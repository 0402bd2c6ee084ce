"""People of divided units: how many there are, and where each of them lives."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.unit import AllocationForm
from cases.reports.people.unallocated import count_by_unit, divided_units, people_of
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.UNIT_VIEW)
def show_list(request):
    """Counts only: administrators and officers see no names here."""
    return render(
        request,
        "unit/unallocated.html",
        {
            "units": count_by_unit(request.user),
            "may_allocate": request.user.may(Permission.UNIT_ALLOCATE),
            "crumbs": [{"label": _("Units"), "url": reverse("unit-list")}, {"label": _("Not allocated")}],
        },
    )


@gate(Permission.UNIT_ALLOCATE, "GET", "POST")
def allocate(request, pk):
    unit = get_object_or_404(divided_units(request.user), pk=pk)
    page = pages.paginate(request, people_of(unit))
    form = AllocationForm(pages.bound_data(request), unit=unit, shown=page, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        with transaction.atomic():
            placed = [
                actions.allocation.allocate(returnee=person, to=to, by=request.user) for person, to in form.answers()
            ]
        said = ngettext("%(count)d person allocated.", "%(count)d people allocated.", len(placed))
        messages.success(request, said % {"count": len(placed)})
        return redirect("unit-allocate", pk) if people_of(unit).exists() else redirect("unit-unallocated")
    return render(
        request,
        "unit/allocate.html",
        {
            "unit": unit,
            "form": form,
            "page_obj": page,
            "crumbs": [
                {"label": _("Units"), "url": reverse("unit-list")},
                {"label": _("Not allocated"), "url": reverse("unit-unallocated")},
                {"label": unit.name},
            ],
            "cancel_url": reverse("unit-unallocated"),
        },
    )
