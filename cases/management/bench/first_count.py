"""Figures that a page of a large unit shows are counted before it is measured, by a worker's process; told apart."""

import os
import subprocess
import time
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _

from cases import actions
from cases.jobs import child
from cases.management.bench.pages import BenchPage
from cases.models import KeptFigures, QueuedJob
from cases.reports import figures
from cases.reports.figures import AskedFigures
from cases.views.periodic.count import PAGES

OF_REPORT = ("report-document", "report-docx")
LISTS = {"report": KeptFigures.Page.REPORT, "official": KeptFigures.Page.REPORT}


@dataclass(frozen=True)
class FirstCount:
    """What a count took: seconds of the clock, of the processor without PostgreSQL, megabytes at most."""

    name: str
    wall: float
    python: float
    memory: float
    is_kept: bool

    def __str__(self) -> str:
        told = _("    counted before by a worker: %(wall).1f s, Python %(python).1f s, at most %(memory).0f MB")
        words = told % {"wall": self.wall, "python": self.python, "memory": self.memory}
        return words if self.is_kept else f"{words}: {_('not counted')}"


class FirstCounts:
    """Counts what pages need, each once, and takes it back at the end."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.jobs: list[QueuedJob] = []

    def count(self, page: BenchPage) -> FirstCount | None:
        """Count the figures of a page, unless they are kept or it counts them itself."""
        asked = figures_asked_for(page, self.on)
        found = asked and figures.find(asked, self.on)
        if not (asked and found and found.is_large and not found.is_of_today):
            return None
        job = actions.job.ask(
            kind=QueuedJob.Kind.FIGURES, key=asked.key, arguments=asked.as_json(), by=None, enqueue=lambda job: None
        )
        self.jobs.append(job)
        begun = time.perf_counter()
        process = subprocess.Popen(child.command("job", str(job.pk)))  # nosec B603 # a list of words, no shell
        used = os.wait4(process.pid, 0)[2]
        wall, python = time.perf_counter() - begun, used.ru_utime + used.ru_stime
        return FirstCount(page.name, wall, python, used.ru_maxrss / 1024, figures.find(asked, self.on).is_of_today)

    def take_back(self) -> None:
        for job in self.jobs:
            asked = AskedFigures.from_json(job.arguments, self.on)
            named = {"unit": asked.unit, "page": asked.page, "lens": asked.lens}
            KeptFigures.objects.of_period(asked.named).filter(**named).delete()
            job.delete()
        self.jobs.clear()


def figures_asked_for(page: BenchPage, on: date) -> AskedFigures | None:
    """The figures a page asks for; None where it shows none of those that are kept."""
    address = urlsplit(page.address)
    came = resolve(address.path)
    kinds = {route: kind for kind, (route, _read, _figures) in PAGES.items()}
    kinds |= dict.fromkeys(OF_REPORT, KeptFigures.Page.REPORT)
    kind = LISTS.get(came.kwargs["name"]) if came.url_name == "list-export" else kinds.get(came.url_name)
    if kind is None:
        return None
    _route, read, figures_of = PAGES[kind]
    return figures_of(read(QueryDict(address.query).dict(), user=page.account.user, on=on))
