"""Many officers logging at once, each on a connection of their own, against the server that the product runs on."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from cases.access import roles
from cases.management.bench import targets
from cases.management.bench.measure import host
from cases.models import Activity, ActivityEntry, Posting, Returnee

THREADS = 8  # of the server, as run.py starts it
START_SECONDS, ANSWER_SECONDS = 30, 30
PEOPLE, DAYS = 20, 60  # of one commune, of the last weeks: what one officer can log without saying anything twice
KINDS = ("encouragement", "review", "counselling_psychological", "counselling_vocational", "legal_aid")
SAID = {"when": "other", "outcome": "met", "place": "home", "next_time": "none"}


@dataclass(frozen=True)
class LoadResult:
    """`sent` were answered as recorded; `stored` of them stand exactly once."""

    sent: int
    stored: int
    errors: int
    seconds: float
    p50: float
    p95: float

    @property
    def rate(self) -> float:
        return self.sent / self.seconds

    @property
    def is_met(self) -> bool:
        is_quick = self.rate >= targets.LOAD_RATE and self.p95 < targets.LOAD_MS
        return is_quick and not self.errors and self.stored == self.sent


class LoadOfficer(threading.Thread):
    """Sends one entry after another until the time is up."""

    def __init__(self, port: int, session: str, entries: list[dict], end: float) -> None:
        super().__init__(daemon=True)
        token = secrets.token_hex(16)
        self.port, self.entries, self.end, self.token = port, entries, end, token
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": host(),
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        }
        self.recorded: list[UUID] = []
        self.took: list[float] = []
        self.errors = 0

    def run(self) -> None:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)) as connection:
            for entry in self.entries:
                if time.monotonic() >= self.end:
                    return
                try:
                    self.send(connection, entry)
                except (OSError, http.client.HTTPException):
                    self.errors += 1
                    connection.close()

    def send(self, connection: http.client.HTTPConnection, entry: dict) -> None:
        uid = uuid4()
        body = urlencode({**entry, "uid": uid, "csrfmiddlewaretoken": self.token})
        begun = time.perf_counter()
        connection.request("POST", "/log/", body, self.headers)
        response = connection.getresponse()
        response.read()
        self.took.append((time.perf_counter() - begun) * 1000)
        if response.status == 302:
            self.recorded.append(uid)
        else:
            self.errors += 1


def run_load(on: date, officers: int, seconds: int) -> LoadResult:
    """Sign in so many officers of different communes, let them log for so long, and look for each entry."""
    signed_in = sessions(on, officers)
    with server() as port:
        begun = time.monotonic()
        threads = [LoadOfficer(port, session, entries, begun + seconds) for session, entries in signed_in]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(seconds + 2 * ANSWER_SECONDS)
        took = time.monotonic() - begun
    uids = [uid for thread in threads for uid in thread.recorded]
    times = sorted(time for thread in threads for time in thread.took) or [0.0]
    return LoadResult(
        sent=len(uids),
        stored=count_stored(uids),
        errors=sum(thread.errors for thread in threads),
        seconds=round(took, 1),
        p50=round(times[len(times) // 2], 1),
        p95=round(times[min(len(times) - 1, int(0.95 * len(times)))], 1),
    )


def sessions(on: date, officers: int) -> list[tuple[str, list[dict]]]:
    """The session of each officer, and what they have to log."""
    posted = Posting.objects.on(on).filter(role__in=roles.roles_that(roles.takes_people), user__is_active=True)
    found: dict[int, tuple[str, list[dict]]] = {}
    for posting in posted.select_related("user").order_by("unit", "pk").iterator():
        if len(found) == officers:
            break
        entries = [] if posting.unit_id in found else entries_of(posting.unit_id, on)
        if entries:
            client = Client()
            client.force_login(posting.user)
            found[posting.unit_id] = client.cookies[settings.SESSION_COOKIE_NAME].value, entries
    return list(found.values())


def entries_of(unit: int, on: date) -> list[dict]:
    """One for each person, kind and day of the last weeks on which nothing of that kind is on file."""
    days = [on - timedelta(days=number) for number in range(1, DAYS + 1)]
    people = Returnee.objects.kept().managed(days[-1]).filter(unit=unit, closed_on=None).order_by("pk")[:PEOPLE]
    parts = ActivityEntry.objects.filter(returnee__in=[person.pk for person in people], kept_on__gte=days[-1])
    known = set(parts.values_list("returnee", "kept_kind", "kept_on"))
    return [
        {**SAID, "people": person.pk, "kind": kind, "on": f"{day:%d/%m/%Y}"}
        for day in days
        for person in people
        for kind in KINDS
        if (person.pk, kind, day) not in known
    ]


def count_stored(uids: list[UUID]) -> int:
    portion = 1000
    return sum(
        Activity.objects.filter(uid__in=uids[start : start + portion]).count() for start in range(0, len(uids), portion)
    )


@contextmanager
def server():
    """The product's server on a free port of this machine, gone when the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", f"--threads={THREADS}"]
    process = subprocess.Popen([*command, "reintegration.wsgi:application"], cwd=settings.BASE_DIR, env=os.environ)  # nosec B603 # a list of words, no shell; what it says of a setting it refuses is seen
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def wait_for(port: int, process: subprocess.Popen) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            threading.Event().wait(0.2)
    raise TimeoutError(f"The server did not start on port {port}.")
