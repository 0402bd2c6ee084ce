"""The clean-record clock on the case file, and the papers printed from it."""

from contextlib import contextmanager

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.models import Judgment, Verdict
from cases.reports.casefile import clearance, clock
from cases.views import pages
from cases.views.casefile import file
from cases.views.gate import gate


@gate(Permission.CASE_VIEW)
def tab(request, returnee_pk):
    returnee = file.find(request, returnee_pk)
    return file.show_tab(
        request,
        returnee,
        "clock/tab.html",
        tab="clock",
        clock=clock.build(returnee, pages.today()),
        confirmable=clearance.confirmable(request.user),
    )


@gate(Permission.CASE_VIEW)
def guide(request, returnee_pk):
    """A sheet for the person to take home: nothing on its cover tells what it is about."""
    return _paper(request, returnee_pk, "clock/guide.html")


@gate(Permission.CASE_VIEW)
def application(request, returnee_pk):
    """The application to the court, for who needs its decision; with ?early=1 the one of Article 72."""
    judgments = Judgment.objects.visible_to(request.user).kept().filter(returnee=returnee_pk).exclude(court="")
    court = judgments.values_list("court", flat=True).last()
    early = request.GET.get("early") == "1"
    return _paper(request, returnee_pk, "clock/application.html", court=court or "", early=early)


def _paper(request, returnee_pk, template, **more):
    returnee = file.find(request, returnee_pk)
    on = pages.today()
    with translation.override("vi"):  # a paper of the state has one language
        context = {
            "returnee": returnee,
            "clock": clock.build(returnee, on),
            "on": on,
            "now": timezone.now(),
            "crumbs": file.crumbs(returnee, _("Clean record")),
            **more,
        }
        return render(request, template, context)


@contextmanager
def telling(request, returnee):
    """Say so where what is saved in this block changed the day on which the record is cleared."""
    before = _newest(request, returnee)
    yield
    after = _newest(request, returnee)
    if before and after != before and after.due_on != before.due_on:
        messages.warning(request, _moved(before, after))


def _newest(request, returnee):
    return Verdict.objects.visible_to(request.user).filter(returnee=returnee).first()


def _moved(before, after):
    day = {name: f"{row.due_on:%d/%m/%Y}" for name, row in (("before", before), ("after", after)) if row.due_on}
    if len(day) == 2:
        said = _("The day of eligibility moved from %(before)s to %(after)s: see the tab “Clean record”.")
    elif "before" in day:
        said = _("The day of eligibility was %(before)s; now no day can be told: see the tab “Clean record”.")
    else:
        said = _("The day of eligibility is known now: %(after)s. See the tab “Clean record”.")
    return said % day
