"""The clean-record clock on the case file, and the papers printed from it."""

from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.law.courts import court_of_today
from cases.models import Judgment
from cases.reports.casefile import clearance, clock
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.gate import gate


@gate(Permission.CASE_VIEW, sealed=True)
def tab(request, returnee_pk, opened):
    returnee = frame.find(request, returnee_pk, opened)
    return frame.show_tab(
        request,
        returnee,
        "clock/tab.html",
        tab="clock",
        clock=clock.build(returnee, pages.today()),
        confirmable=clearance.confirmable(request.user).filter(returnee=returnee),
    )


@gate(Permission.CASE_VIEW, sealed=True)
def guide(request, returnee_pk, opened):
    """A sheet for the person to take home: nothing on its cover tells what it is about."""
    return _paper(request, returnee_pk, opened, "clock/guide.html")


@gate(Permission.CASE_VIEW, sealed=True)
def application(request, returnee_pk, opened):
    """The application to the court, for who needs its decision; with ?early=1 the one of Article 72."""
    judgments = Judgment.objects.visible_to(request.user, opened).kept().filter(returnee=returnee_pk).exclude(court="")
    court = judgments.values_list("court", flat=True).last()
    early = request.GET.get("early") == "1"
    return _paper(request, returnee_pk, opened, "clock/application.html", court=court or "", early=early)


def _paper(request, returnee_pk, opened, template, **more):
    returnee = frame.find(request, returnee_pk, opened)
    on = pages.today()
    with translation.override("vi"):  # a paper of the state has one language
        told = clock.build(returnee, on)
        context = {
            "returnee": returnee,
            "clock": told,
            "addressed": court_of_today(more.get("court", ""), told.by_court, on),
            "on": on,
            "now": timezone.now(),
            "crumbs": trail.of_person(returnee, _("Clean record")),
            **more,
        }
        return render(request, template, context)
