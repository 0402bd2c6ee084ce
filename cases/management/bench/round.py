"""One round of measuring: the empty page, then each page beside its lean SQL and the list of Django's admin."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from cases.management.bench import lean, process
from cases.management.bench.accounts import BenchAccount, find_accounts
from cases.management.bench.first_count import FirstCount, FirstCounts
from cases.management.bench.measure import Meter, Timing, packed_size, peak_memory
from cases.management.bench.pages import BenchPage, PageList
from cases.management.bench.targets import PageGroup

SITE = "cases.management.bench.urls"
ADMIN = "django.contrib.admin.apps.SimpleAdminConfig"
FLOOR_RUNS = 3  # times as many as of other pages: it is quick, and everything is held against it


@dataclass(frozen=True)
class PageMeasurement:
    """Times in milliseconds, `p50` and `p95` as judged; sizes in bytes, memory in megabytes; None where unknown."""

    group: PageGroup
    name: str
    status: int
    is_answered: bool
    runs: int
    p50: float
    p95: float
    wall: float | None
    queries: int
    sql: float | None
    python: float | None
    backend: float | None
    raw: int
    packed: int
    memory: float | None
    slowest_ms: float
    slowest: str
    held: int = 0
    lean: float | None = None
    lean_p95: float | None = None
    admin: float | None = None


@contextmanager
def pages_beside() -> Iterator[None]:
    """The empty page and the admin's lists have an address while the block lasts; pages of the site keep theirs."""
    with override_settings(ROOT_URLCONF=SITE, INSTALLED_APPS=[*settings.INSTALLED_APPS, ADMIN], DEBUG=False):
        yield


class Round:
    """Measures what was chosen; `floor` is the empty page."""

    def __init__(self, on: date, meter: Meter, groups: set[PageGroup]) -> None:
        self.on, self.meter, self.groups = on, meter, groups
        self.accounts = find_accounts(on)
        self.page_list = PageList(self.accounts, on)
        self.floor: PageMeasurement | None = None
        self.first_counts, self.counted = FirstCounts(on), dict[str, FirstCount]()

    def measure(self) -> Iterator[PageMeasurement]:
        """The empty page first, then each page as soon as it is known."""
        try:
            self.floor = self.measure_floor(next(iter(self.accounts.values())))
            yield self.floor
            for page in self.page_list.all():
                if not self.groups or page.group in self.groups:
                    yield self.compare(page)
        finally:
            self.meter.sign_out()
            self.first_counts.take_back()

    def measure_floor(self, account: BenchAccount) -> PageMeasurement:
        runs, self.meter.runs = self.meter.runs, FLOOR_RUNS * self.meter.runs
        with pages_beside():
            page = BenchPage(PageGroup.OTHER, "empty", account, reverse("bench-empty"))
            found = self.measure_page(page)
        self.meter.runs = runs
        return found

    def measure_page(self, page: BenchPage, **beside) -> PageMeasurement:
        with peak_memory() as more:
            timing, answer = self.meter.page(page.account.user, page.method, page.address, page.data)
        return PageMeasurement(
            group=page.group,
            name=page.name,
            status=answer.status,
            is_answered=answer.status == page.status,
            runs=len(timing.wall),
            p50=timing.quantile(0.5),
            p95=timing.quantile(0.95),
            wall=Timing.median(timing.wall),
            queries=answer.queries,
            sql=Timing.median(timing.sql),
            python=Timing.median(timing.python),
            backend=Timing.median(timing.backend),
            raw=len(answer.body),
            packed=packed_size(answer.body),
            memory=more(),
            slowest_ms=round(answer.slowest[0] * 1000, 1),
            slowest=" ".join(answer.slowest[1].split())[:2000],
            held=page.account.held,
            **beside,
        )

    def compare(self, page: BenchPage) -> PageMeasurement:
        if counted := self.first_counts.count(page):
            self.counted[page.name] = counted
        beside: dict[str, float] = {}
        if page.lean and connection.vendor == "postgresql":
            timing, _answer = self.meter.repeat(lean.reader(page.lean, page.account, self.on))
            beside |= {"lean": timing.quantile(0.5), "lean_p95": timing.quantile(0.95)}
        if page.admin:
            beside["admin"] = self.measure_admin(page)
        return self.measure_page(page, **beside)

    def measure_admin(self, page: BenchPage) -> float:
        query = page.address.partition("?")[2]
        with pages_beside():
            address = f"{reverse(f'admin:cases_{page.admin.lower()}_changelist')}?{query}"
            timing, _answer = self.meter.page(page.account.user, "get", address, page.data)
        return timing.quantile(0.5)


def summary(round_: Round, measured: list[PageMeasurement], machine: dict) -> dict:
    """Everything for a file, to be compared with another run."""
    held = {name: account.held for name, account in round_.accounts.items()}
    pages = [asdict(one) for one in measured]
    return {
        "machine": machine,
        "on": f"{round_.on}",
        "held": held,
        "resident": process.memory("VmRSS"),
        "pages": pages,
        "counted": [asdict(each) for each in round_.counted.values()],
    }
