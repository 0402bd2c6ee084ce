"""Many officers logging at once, each on a connection of their own, against the server that the product runs on."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from cases.access import roles
from cases.models import Activity, Posting, Returnee

THREADS = 8  # of the server, as run.py starts it
START_SECONDS, ANSWER_SECONDS = 30, 30


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


class LoadOfficer(threading.Thread):
    """Sends one entry after another until the time is up."""

    def __init__(self, port: int, session: str, person: int, end: float) -> None:
        super().__init__(daemon=True)
        token = secrets.token_hex(16)
        self.port, self.person, self.end, self.token = port, person, end, token
        self.headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}",
        }
        self.recorded: list[UUID] = []
        self.took: list[float] = []
        self.errors = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
        while time.monotonic() < self.end:
            try:
                self.send(connection)
            except (OSError, http.client.HTTPException):
                self.errors += 1
                connection.close()

    def send(self, connection: http.client.HTTPConnection) -> None:
        uid = uuid4()
        said = {"uid": uid, "people": self.person, "kind": "encouragement", "when": "today", "outcome": "met"}
        body = urlencode({**said, "place": "home", "next_time": "none", "csrfmiddlewaretoken": self.token})
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
        threads = [LoadOfficer(port, session, person, begun + seconds) for session, person in signed_in]
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


def sessions(on: date, officers: int) -> list[tuple[str, int]]:
    """The session of each officer, and somebody they answer for."""
    posted = Posting.objects.on(on).filter(role__in=roles.roles_that(roles.takes_people), user__is_active=True)
    found: dict[int, tuple[str, int]] = {}
    for posting in posted.select_related("user").order_by("unit", "pk").iterator():
        if len(found) == officers:
            break
        people = Returnee.objects.kept().managed(on).filter(unit=posting.unit_id).order_by("pk")
        person = people.values_list("pk", flat=True).first()
        if posting.unit_id not in found and person:
            client = Client()
            client.force_login(posting.user)
            found[posting.unit_id] = client.cookies[settings.SESSION_COOKIE_NAME].value, person
    return list(found.values())


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
    process = subprocess.Popen(
        [*command, "reintegration.wsgi:application"], cwd=settings.BASE_DIR, env=os.environ, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def wait_for(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            threading.Event().wait(0.2)
    raise TimeoutError(f"The server did not start on port {port}.")
