"""The button that lets the figures of a page be counted again."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.forms import dashboard, reoffending, report
from cases.jobs import queue
from cases.models import KeptFigures, QueuedJob
from cases.reports import figures
from cases.views import pages
from cases.views.gate import gate
from cases.views.periodic import asked_figures

Page = KeptFigures.Page
PAGES = {
    Page.OVERVIEW: ("dashboard-show", dashboard.read, asked_figures.of_overview),
    Page.REPORT: ("report-show", report.read, asked_figures.of_report),
    Page.REOFFENDING: ("reoffending-show", reoffending.read, asked_figures.of_reoffending),
}


@gate(Permission.REPORT_VIEW, "POST")
def count_again(request):
    """Put the count into the queue, once, and go back to the page."""
    page, query = request.POST.get("page"), QueryDict(request.POST.get("query", ""))
    route, read, figures_of = PAGES[Page(page) if page in list(Page) else Page.REPORT]
    asked = figures_of(read(query.dict(), user=request.user, on=pages.today()))
    if figures.find(asked, pages.today()).is_large:
        job = queue.put(QueuedJob.Kind.FIGURES, asked.key, {**asked.as_json(), "again": True}, request.user)
        queue.start(job)
        messages.info(request, _("The figures are being counted again."))
    return redirect(f"{reverse(route)}?{query.urlencode()}")
