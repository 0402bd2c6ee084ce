"""What is aimed at beside the pages: a large register, ten thousand cases, the first visit on a slow line."""

import json
import os
import re
import resource
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.urls import reverse

from cases.management.bench import law_cases, process, register
from cases.management.bench.accounts import BenchAccount
from cases.management.bench.measure import Meter, packed_size
from cases.models import ImportRun, Posting, Unit

PEOPLE, ACTIVITIES = 5_000, 100_000  # of the register
SINCE = date(2016, 1, 1)  # a register of ten years names its commune by one code
LINE_KBIT, TRIP_MS = 400, 400  # a slow line
OPENING, ASKING = 2, 2  # ways there and back: to open a safe connection; for the page, and for what it names
ASSET = re.compile(rb'(?:href|src)="%s([^"?#]+\.(?:css|js|svg))["#]' % re.escape(settings.STATIC_URL.encode()))


@dataclass(frozen=True)
class TimeSpent:
    """Seconds as judged, and of the processor those of Python and of the database; `said`: what a command answered."""

    seconds: float
    python: float
    backend: float = 0
    said: str = ""


def load_register(on: date, meter: Meter) -> TimeSpent | None:
    """Check and load the workbook as its command does, and take it back; None where nobody is there to load it."""
    posting = keeper(on)
    if posting is None:
        return None
    with TemporaryDirectory() as folder:
        book, out = Path(folder) / "register.xlsx", StringIO()
        register.make(book, posting.unit.code, PEOPLE, ACTIVITIES, on - timedelta(days=1))
        begun = now(meter)
        with transaction.atomic():
            with suppress(SystemExit):  # rows with errors: as its answer tells
                call_command("import_register", book, by=posting.user.username, commit=True, stdout=out)
            transaction.set_rollback(True)
        wall, python, backend = (after - before for after, before in zip(now(meter), begun, strict=True))
    judged = python + backend if meter.by_processor else wall
    return TimeSpent(judged, python, backend, out.getvalue().strip().rpartition("\n")[2])


def now(meter: Meter) -> tuple[float, float, float]:
    """Seconds of the clock, and of the processor for Python and the database (0 where nobody knows)."""
    return time.perf_counter(), time.process_time(), (process.processor_ms(meter.backend) or 0) / 1000


def keeper(on: date) -> Posting | None:
    """Somebody who may load the register of a commune that stood under its code when the register began."""
    earlier = Unit.objects.on(SINCE).communes().filter(code=F("standing__code")).order_by().values("standing")
    postings = Posting.objects.on(on).filter(user__is_active=True, unit__in=earlier)
    for posting in postings.select_related("user", "unit").order_by("pk")[:100]:
        if ImportRun.Kind.REGISTER in ImportRun.kinds_of(posting.user):
            return posting
    return None


def tell_cases(*, by_processor: bool) -> TimeSpent:
    """Ten thousand cases, a quarter with gaps, through `clean_record` with their bounds, as a process of its own."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "cases.json"
        file.write_text(json.dumps(law_cases.mix_with_gaps(Random(7))), encoding="utf-8")  # nosec B311 # invented data, the same for the same seed
        command = [sys.executable, "manage.py", "clean_record", str(file), "--on", "2026-06-01"]
        used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ, stdout=subprocess.DEVNULL, check=True)  # nosec B603 # a list of words, no shell
        took, now = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    python = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return TimeSpent(python if by_processor else took, python)


@dataclass(frozen=True)
class Visit:
    """Bytes of the page and of the styles, scripts and drawings it names, with gzip; seconds calculated."""

    page: int
    assets: int
    answered: float

    @property
    def first(self) -> float:
        return self._seconds(self.page + self.assets, OPENING + ASKING)

    @property
    def next(self) -> float:
        """Styles, scripts and drawings are kept by the browser for good."""
        return self._seconds(self.page, OPENING + 1)

    def _seconds(self, size: int, trips: int) -> float:
        return self.answered + trips * TRIP_MS / 1000 + size * 8 / (LINE_KBIT * 1000)


def visit_home(meter: Meter, account: BenchAccount) -> Visit:
    """Home as the officer gets it."""
    timing, answer = meter.page(account.user, "get", reverse("home"), dict)
    named = {match.decode() for match in ASSET.findall(answer.body)}
    return Visit(packed_size(answer.body), sum(packed_size(asset(name)) for name in named), timing.quantile(0.5) / 1000)


def asset(name: str) -> bytes:
    """A static file by the name a page gives it, which may bear a sum of its content."""
    found = finders.find(name) or finders.find(re.sub(r"\.[0-9a-f]{12}(\.\w+)$", r"\1", name))
    return Path(found).read_bytes() if found else b""
