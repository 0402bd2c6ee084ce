"""Pages of figures of large units: shown as a worker counted them, with the moment; counted on when they are not there.

A page that only reads writes nothing: what it found missing is put into the queue by the gate once it was answered.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.shortcuts import render
from django.urls import reverse

from cases.jobs import queue
from cases.models import KeptFigures, QueuedJob
from cases.reports.figures import AskedFigures, FigureQuestions, FoundFigures
from cases.templatetags.words import period_label
from cases.views import pages

REST = timedelta(hours=1)  # a count that failed is not tried again by itself for so long


class NotCountedError(Exception):
    """There is nothing to show yet: the gate answers with the page that waits for it."""

    def __init__(self, shown):
        super().__init__()
        self.shown = shown


@dataclass(frozen=True)
class ShownFigures:
    """What a page says of its figures: when they were counted, and whether they are being counted again."""

    found: FoundFigures
    failed: QueuedJob | None
    progress: dict

    @property
    def kept(self):
        return self.found.kept

    @property
    def is_old(self):
        """Whether they were counted on an earlier day."""
        return not self.found.is_of_today

    @property
    def page(self):
        return self.found.asked.page


def ask(request, asked: AskedFigures):
    """The questions for these figures, the same throughout a request."""
    known = vars(request).setdefault("asked_figures", {})
    return known.setdefault(asked.key, FigureQuestions(asked, pages.today()))


def look(request, asked: AskedFigures):
    """The figures that are kept; NotCountedError where there are none of a large unit. Its page does not count.

    What is missing, or is of an earlier day, is counted once the page was answered. Of a small unit nothing is kept.
    """
    found = ask(request, asked).found()
    failed = None
    if found.is_large and not found.is_of_today and found.job is None:
        failed = queue.find_failed(asked.key, REST)
        if failed is None:
            request.to_count = asked
    shown = ShownFigures(found, failed, queue.progress(found.job))
    if found.is_large and found.kept is None:
        raise NotCountedError(shown)
    return shown


def begin(request):
    """Let a worker count what the page just answered did not find; nothing where the primary database is away."""
    asked = getattr(request, "to_count", None)
    if asked and not getattr(request, "is_primary_away", False):
        queue.start(queue.put(QueuedJob.Kind.FIGURES, asked.key, asked.as_json(), None))


def wait(request, shown):
    """The page in the place of figures that are not counted yet; it comes again by itself, without JavaScript too."""
    asked = shown.found.asked
    context = {
        "title": asked.page.label,
        "unit": asked.unit,
        "told": period_label(asked.named) if asked.page == KeptFigures.Page.REPORT else "",
        "shown": shown,
        "reload": queue.RELOAD_SECONDS if shown.failed is None and request.method == "GET" else 0,
        "url": request.get_full_path()
        if request.method == "GET"
        else f"{reverse('report-show')}?{request.GET.urlencode()}",
        **shown.progress,
    }
    return render(request, "report/counting.html", context)
