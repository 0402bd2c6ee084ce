"""One page asked again and again: how long it took, where, and how much came back. What it writes is taken back."""

import gzip
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from cases.management.bench import process
from cases.models import User

PATIENCE, LONG = 25, 4  # seconds for one page; a first call that takes so long counts
AROUND = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT", "SET CONSTRAINTS")  # the page


def host() -> str:
    """A name under which the product answers."""
    return next(iter(settings.ALLOWED_HOSTS), "localhost").replace("*", "localhost")


@dataclass
class QueryClock:
    """Counts queries of a page and their seconds; what stands around it, to take it back, is none of them."""

    count: int = 0
    seconds: float = 0
    slowest: tuple[float, str] = (0, "")

    def __call__(self, execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - begun
            if not sql.startswith(AROUND):
                self.count += 1
                self.seconds += took
                self.slowest = max(self.slowest, (took, sql))


@dataclass
class Timing:
    """Milliseconds of each run; `judged` are those of the clock or of the processor."""

    judged: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    python: list[float] = field(default_factory=list)
    backend: list[float] = field(default_factory=list)
    sql: list[float] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        """The time that `share` of the runs kept; of few runs the longest stands for the last twentieth."""
        times = sorted(self.judged)
        return round(times[min(len(times) - 1, int(share * len(times)))], 1)

    @staticmethod
    def median(times: list[float]) -> float | None:
        return round(statistics.median(times), 1) if times else None


@dataclass
class PageAnswer:
    status: int
    body: bytes
    queries: int
    slowest: tuple[float, str]


class Meter:
    """Signs in as somebody once, and times what is asked as them."""

    def __init__(self, runs: int, *, by_processor: bool, patience: int = PATIENCE) -> None:
        self.runs, self.by_processor, self.patience = runs, by_processor, patience
        self.clients: dict[int, Client] = {}
        self.backend = process.backend_pid()

    def client(self, user: User) -> Client:
        if user.pk not in self.clients:
            client = Client(raise_request_exception=False, headers={"host": host()})
            client.force_login(user)
            self.clients[user.pk] = client
        session = self.clients[user.pk].session
        session["seen"] = time.time()  # as of somebody at work: it is noted once in a while, not page by page
        session.save()
        return self.clients[user.pk]

    def sign_out(self) -> None:
        for client in self.clients.values():
            client.logout()
        self.clients.clear()

    def page(self, user: User, method: str, address: str, data: Callable[[], dict]) -> tuple[Timing, PageAnswer]:
        client = self.client(user)
        return self.repeat(lambda: ask(client, method, address, data()))

    def repeat(self, call: Callable[[], PageAnswer]) -> tuple[Timing, PageAnswer]:
        """Call once unheard, then so often as was asked or as there is patience."""
        timing, begun = Timing(), time.monotonic()
        for number in range(self.runs + 1):
            with transaction.atomic():
                one, answer = self.time(call)
                transaction.set_rollback(True)
            if number or one["wall"] > LONG * 1000:
                for name, took in one.items():
                    getattr(timing, name).append(took)
            if time.monotonic() - begun > self.patience and timing.wall:
                break
        return timing, answer

    def time(self, call: Callable[[], PageAnswer]) -> tuple[dict[str, float], PageAnswer]:
        clock = QueryClock()
        backend, python = process.processor_ms(self.backend), time.process_time()
        begun = time.perf_counter()
        with connection.execute_wrapper(clock):
            answer = call()
        wall = (time.perf_counter() - begun) * 1000
        took = {"wall": wall, "python": (time.process_time() - python) * 1000, "sql": clock.seconds * 1000}
        if backend is not None and (after := process.processor_ms(self.backend)) is not None:
            took["backend"] = after - backend
        took["judged"] = took["python"] + took.get("backend", 0) if self.by_processor else wall
        answer.queries, answer.slowest = clock.count, clock.slowest
        return took, answer


def ask(client: Client, method: str, address: str, data: dict) -> PageAnswer:
    """The whole answer. What a form stored is held against the references, as the end of its transaction would."""
    response = getattr(client, method)(address, data, secure=settings.SECURE_SSL_REDIRECT)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if method == "post" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return PageAnswer(response.status_code, body, 0, (0, ""))


def packed_size(body: bytes) -> int:
    return len(gzip.compress(body, 6))


@contextmanager
def peak_memory() -> Iterator[Callable[[], float | None]]:
    """How many megabytes more than at the beginning were in use at most, asked for after the block."""
    process.forget_peak()
    before = process.memory("VmRSS")

    def more() -> float | None:
        peak = process.memory("VmHWM")
        return None if before is None or peak is None else round(peak - before, 1)

    yield more
