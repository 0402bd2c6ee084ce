"""Who read a case file, as a paper for the person who asks."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.reports.casefile import readers
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.gate import gate


@gate(Permission.AUDIT_VIEW, sealed=True)
def show(request, returnee_pk, opened):
    returnee = frame.get_stored_person(request, returnee_pk, opened)
    on = pages.today()
    return render(
        request,
        "returnee/readers.html",
        {
            "returnee": returnee,
            "unit": request.user.unit,
            "days": readers.days(returnee, on),
            "stored": readers.stored_kinds(returnee),
            "months": readers.MONTHS_BACK,
            "on": on,
            "now": timezone.now(),
            "crumbs": trail.of_tab(returnee, "history", _("Who read this file")),
        },
    )
