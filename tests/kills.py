"""Kill the server at random while many write, and count afterwards: everything acknowledged once, the log whole.

    python -m tests.kills --postgres     100 writers; the web process killed ten times, the database once
    python -m tests.kills --sqlite       8 writers; the web process killed ten times

Not part of the suite: it takes minutes. Each writer sends the form of the quick log and sends the same form again until
it is acknowledged, as a browser whose connection broke does. Then the log is sealed and proved (`verify_audit`), and
one row of it is changed by the owner of the tables, triggers off: the proof must name it. Exit status 1 where anything
acknowledged is missing or twice, or the proof fails.
"""

import argparse
import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
WRITERS = {"postgres": 100, "sqlite": 8}
KILLS = 10
UP = (1.0, 4.0)  # seconds the web process serves before it is killed again
TOKEN = "k" * 32
PATIENCE = 600  # seconds for everything; then what is missing is told
SECRET = "of-the-kills-" + "k0l1m2n3" * 8


class Web:
    """The web process as run.py serves it, on a port of its own."""

    def __init__(self, environment):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment, self.process = environment, None

    def start(self):
        command = ["-m", "waitress", f"--listen=127.0.0.1:{self.port}", "--threads=8", "reintegration.wsgi:application"]
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _try in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        raise RuntimeError("The web process did not start.")

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Writer(threading.Thread):
    """One officer who logs a visit for each day, one after the other, until told to stop."""

    def __init__(self, web, session, person, days, stop):
        super().__init__(daemon=True)
        self.web, self.session, self.person, self.days, self.stop = web, session, person, days, stop
        self.acknowledged, self.again, self.refused = [], 0, []

    def run(self):
        for day in self.days:
            if self.stop.is_set():
                return
            form = {"uid": str(uuid4()), "people": self.person, "kind": "encouragement", "when": "other", "on": day}
            form |= {"outcome": "met", "place": "home", "next_time": "none", "csrfmiddlewaretoken": TOKEN}
            if not self.send_until_acknowledged(form):
                return
            self.acknowledged.append(form["uid"])

    def send_until_acknowledged(self, form):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                status = self.send(urlencode(form))
            except (OSError, http.client.HTTPException):
                status = None
            if status == 302:
                return True
            if status is not None and status < 500:
                self.refused.append((status, form["uid"]))
                return False
            self.again += 1
            time.sleep(0.2)
        return False

    def send(self, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=60)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers["Cookie"] = f"sessionid={self.session}; csrftoken={TOKEN}"
        try:
            connection.request("POST", "/log/", body, headers)
            answer = connection.getresponse()
            answer.read()
            is_sign_in = "sign-in" in (answer.getheader("Location") or "")
            return 403 if is_sign_in else answer.status
        finally:
            connection.close()


def prepare(environment, count):
    """The database with its officers, each with a session and one person; the writers' sessions and people."""
    subprocess.run(
        [sys.executable, "manage.py", "prepare"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    os.environ.update(environment)
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from cases.models import Unit
    from tests.makers import make_returnee, make_user

    communes = list(Unit.objects.on().communes().order_by("pk")[:10])
    writers = []
    for place in range(count):
        unit = communes[place % len(communes)]
        user = make_user(f"writer{place:03d}", f"Lê Văn {place}", "officer", unit)
        person = make_returnee(by=user, full_name=f"Nguyễn Văn {place}")
        client = Client()
        client.force_login(user)
        writers.append((client.cookies[settings.SESSION_COOKIE_NAME].value, person.pk))
    return writers


def kill_again_and_again(web, database, chance, writers):
    """Ten kills of the web process; the database once between them. What was killed comes back at once."""
    for number in range(KILLS):
        time.sleep(chance.uniform(*UP))
        if database and number == KILLS // 2:
            database.kill()
            print(f"  the database is killed, {done(writers)} acknowledged", flush=True)
            time.sleep(1)
            database.start("fsync=on")
        web.kill()
        print(f"  kill {number + 1}: {done(writers)} acknowledged", flush=True)
        web.start()


def done(writers):
    return sum(len(each.acknowledged) for each in writers)


def count(writers):
    """What of the acknowledged is there not once, in the records and in the log."""
    from collections import Counter

    from cases.models import Activity, ActivityEntry, AuditEvent

    known = dict(Activity.objects.values_list("uid", "pk"))
    entries = Counter(ActivityEntry.objects.values_list("activity", flat=True))
    recorded = AuditEvent.objects.filter(verb="activity.recorded")
    told = Counter(recorded.values_list("target_id", flat=True))
    wrong = []
    for writer in writers:
        for uid in writer.acknowledged:
            pk = next((key for each, key in known.items() if str(each) == uid), None)
            if pk is None or entries[pk] != 1 or told[pk] != 1:
                wrong.append((uid, pk, entries.get(pk), told.get(pk)))
    loose = [pk for pk in known.values() if entries[pk] != 1 or told[pk] != 1]
    return len(known), wrong, loose


def prove():
    """Seal all that was written and prove it; then change a row as the owner of the tables does."""
    import io

    from django.core.management import call_command
    from django.utils import timezone

    from cases import actions
    from cases.models import AuditEvent
    from tests.actions.test_audit_seal import EVENT, as_owner

    list(actions.audit_seal.seal_all(now=timezone.now() + timedelta(days=1, hours=2)))
    out = io.StringIO()
    call_command("verify_audit", stdout=out)
    print(out.getvalue().strip())
    row = AuditEvent.objects.filter(verb="activity.recorded").order_by("pk").last()
    with as_owner(EVENT) as cursor:
        cursor.execute(f"UPDATE {EVENT} SET actor = 'Người Khác' WHERE id = %s", [row.pk])
    out = io.StringIO()
    try:
        call_command("verify_audit", stdout=out)
    except SystemExit:
        pass
    told = out.getvalue()
    print(told.strip())
    return f"{row.pk}" in told and "actor" in told


@contextlib.contextmanager
def database_of(engine, folder):
    """A database of the engine: its address, and the server that can be killed."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/kills.sqlite3", None
        return
    import shutil

    from tests import postgres
    from tests.cluster.servers import Server

    owner = postgres._owner()
    place = Path(tempfile.mkdtemp(prefix="reintegration-kills-"))
    if owner:
        shutil.chown(place, owner["user"])
    server = Server(postgres.find_binaries(), place, owner)
    try:
        server.make()
        server.start("fsync=on", "max_connections=120")
        server.call("createdb", "-h", place, "-U", "postgres", "reintegration")
        yield f"postgres://postgres@/reintegration?host={place}", server
    finally:
        server.kill()
        shutil.rmtree(place, ignore_errors=True)


def run(engine, seed, each):
    chance, count_of = random.Random(seed), WRITERS[engine]
    with tempfile.TemporaryDirectory() as folder, database_of(engine, folder) as (url, database):
        environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET, "DEMO": "true", "LOG_FILE": ""}
        environment |= {"ALLOWED_HOSTS": "127.0.0.1,testserver", "DJANGO_SETTINGS_MODULE": "reintegration.settings"}
        prepared = prepare(environment, count_of)
        from tests.makers import TODAY

        days = [f"{TODAY - timedelta(days=back):%d/%m/%Y}" for back in range(each)]
        web, stop = Web(environment), threading.Event()
        web.start()
        writers = [Writer(web, session, person, days, stop) for session, person in prepared]
        began = time.monotonic()
        try:
            for writer in writers:
                writer.start()
            kill_again_and_again(web, database, chance, writers)
            stop.set()
            for writer in writers:
                writer.join(PATIENCE)
        finally:
            web.kill()
        from django.db import connection

        connection.close()
        stored, wrong, loose = count(writers)
        refused = [each for writer in writers for each in writer.refused]
        again = sum(writer.again for writer in writers)
        print(
            f"{engine}: {len(writers)} writers, {KILLS} kills in {time.monotonic() - began:.0f} s; {done(writers)} "
            f"acknowledged, {stored} stored, {again} sent again, {len(refused)} refused {refused[:3]}"
        )
        print(f"not once: {wrong[:5]}; without their line in the log: {loose[:5]}")
        is_named = prove()
        print(f"the changed row is {'named' if is_named else 'NOT named'}")
        connection.close()
        return 1 if wrong or loose or refused or not is_named or not done(writers) else 0


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__.partition("\n")[0])
    parser.add_argument("--postgres", dest="engine", action="store_const", const="postgres")
    parser.add_argument("--sqlite", dest="engine", action="store_const", const="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=150, help="entries each writer would send if nobody stopped it")
    options = parser.parse_args(arguments)
    return run(options.engine or "sqlite", options.seed, options.each)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
