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
import io
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from tests import postgres
from tests.cluster.servers import Server

ROOT = Path(__file__).resolve().parent.parent
WRITERS = {"postgres": 100, "sqlite": 8}
KILLS = 10
UP = (0.0, 3.0)  # seconds the web process goes on after its first answer before it is killed again
TOKEN = "k" * 32
PATIENCE = 600  # seconds for everything; then what is missing is told
AGAIN = 0.2  # seconds after which a form is sent again
SECRET = "of-the-kills-" + "k0l1m2n3" * 8
VISIT = {"kind": "encouragement", "when": "other", "outcome": "met", "place": "home", "next_time": "none"}


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
            form = {**VISIT, "uid": str(uuid4()), "people": self.person, "on": day, "csrfmiddlewaretoken": TOKEN}
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
                break
            self.again += 1
            time.sleep(AGAIN)
        self.refused.append((status, form["uid"]))
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
    """The database with its officers; of each the session, and somebody to write about."""
    made = [sys.executable, "manage.py", "prepare"]
    subprocess.run(made, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    os.environ.update(environment)
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from cases.models import Unit
    from tests.makers import make_returnee, make_user

    communes = list(Unit.objects.on().communes().order_by("pk")[:10])
    for place in range(count):
        user = make_user(f"writer{place:03d}", f"Lê Văn {place}", "officer", communes[place % len(communes)])
        person = make_returnee(by=user, full_name=f"Nguyễn Văn {place}")
        client = Client()
        client.force_login(user)
        yield client.cookies[settings.SESSION_COOKIE_NAME].value, person.pk


def done(writers):
    return sum(len(each.acknowledged) for each in writers)


def kill_again_and_again(web, database, chance, writers):
    """Ten kills of the web process; the database once between them. What was killed comes back at once."""
    for number in range(KILLS):
        wait_for_work(writers, chance)
        if database and number == KILLS // 2:
            database.kill()
            print(f"  the database is killed: {done(writers)} acknowledged", flush=True)
            start_again(database)
            wait_for_work(writers, chance)
        web.kill()
        print(f"  kill {number + 1}: {done(writers)} acknowledged", flush=True)
        web.start()
    wait_for_work(writers, chance)


def wait_for_work(writers, chance):
    """Until an entry was acknowledged since the last kill, and a while of chance after that."""
    before, end = done(writers), time.monotonic() + PATIENCE
    while done(writers) == before and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(chance.uniform(*UP))


def start_again(database):
    """Its processes of before notice that it is gone; until they ended no other one starts."""
    for _try in range(30):
        try:
            return database.start("fsync=on", "max_connections=120")
        except RuntimeError:
            time.sleep(1)
    raise RuntimeError("The database did not come back.")


def misses(writers):
    """How many are stored; which of the acknowledged are not there once, with one line in the log; which others."""
    from cases.models import Activity, ActivityEntry, AuditEvent

    known = {str(uid): pk for uid, pk in Activity.objects.values_list("uid", "pk")}
    entries = Counter(ActivityEntry.objects.values_list("activity", flat=True))
    told = Counter(AuditEvent.objects.filter(verb="activity.recorded").values_list("target_id", flat=True))
    wrong = {uid for uid, pk in known.items() if (entries[pk], told[pk]) != (1, 1)}
    acknowledged = Counter(uid for writer in writers for uid in writer.acknowledged)
    missing = {uid for uid, times in acknowledged.items() if uid not in known or times > 1}
    return len(known), Activity.objects.count(), wrong | missing


def is_proved():
    """Seal all that was written and prove it; then change a row as the owner of the tables does: it must be named."""
    from django.utils import timezone

    from cases import actions
    from cases.models import AuditEvent
    from tests.actions.test_audit_seal import EVENT, as_owner

    list(actions.audit_seal.seal_all(now=timezone.now() + timedelta(days=1, hours=2)))
    is_whole, said = verify()
    print(said)
    row = AuditEvent.objects.filter(verb="activity.recorded").order_by("pk").last()
    with as_owner(EVENT) as cursor:
        cursor.execute(f"UPDATE {EVENT} SET actor = 'Người Khác' WHERE id = %s", [row.pk])
    is_still, said = verify()
    print(said)
    return is_whole and not is_still and f"dòng {row.pk} " in said and "(actor)" in said


def verify():
    from django.core.management import call_command

    out = io.StringIO()
    try:
        call_command("verify_audit", stdout=out)
    except SystemExit:
        return False, out.getvalue().strip()
    return True, out.getvalue().strip()


@contextlib.contextmanager
def database_of(engine, folder):
    """A database of the engine: its address, and the server that can be killed."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/kills.sqlite3", None
        return
    place, owner = Path(tempfile.mkdtemp(prefix="reintegration-kills-")), postgres._owner()
    if owner:
        shutil.chown(place, owner["user"])
    server = Server(postgres.find_binaries(), place, owner)
    try:
        server.make()
        start_again(server)
        server.call("createdb", "-h", place, "-U", "postgres", "reintegration")
        yield f"postgres://postgres@/reintegration?host={place}", server
    finally:
        server.kill()
        shutil.rmtree(place, ignore_errors=True)


def written(environment, engine, database, chance, each):
    """The writers, when all was killed and each has its answer."""
    prepared = list(prepare(environment, WRITERS[engine]))
    from tests.makers import TODAY

    days = [f"{TODAY - timedelta(days=back):%d/%m/%Y}" for back in range(each)]
    web, stop = Web(environment), threading.Event()
    web.start()
    writers = [Writer(web, session, person, days, stop) for session, person in prepared]
    try:
        for writer in writers:
            writer.start()
        kill_again_and_again(web, database, chance, writers)
        stop.set()
        for writer in writers:
            writer.join(PATIENCE)
    finally:
        web.kill()
    return writers


def run(engine, chance, each):
    with tempfile.TemporaryDirectory() as folder, database_of(engine, folder) as (url, database):
        environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET, "DEMO": "true", "LOG_FILE": ""}
        environment |= {"ALLOWED_HOSTS": "127.0.0.1,testserver", "DJANGO_SETTINGS_MODULE": "reintegration.settings"}
        began = time.monotonic()
        writers = written(environment, engine, database, chance, each)
        from django.db import connection

        connection.close()  # of before the database was killed
        known, stored, wrong = misses(writers)
        refused = [told for writer in writers for told in writer.refused]
        print(f"{engine}: {len(writers)} writers, {KILLS} kills in {time.monotonic() - began:.0f} s")
        print(f"{done(writers)} acknowledged, {stored} stored, {sum(each.again for each in writers)} sent again")
        print(f"not once, or without its line in the log: {sorted(wrong)}; refused: {refused}")
        proved = is_proved()
        print("the changed row is named" if proved else "THE PROOF FAILED")
        connection.close()
        return 0 if proved and done(writers) and known == stored and not wrong and not refused else 1


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__.partition("\n")[0])
    parser.add_argument("--postgres", dest="engine", action="store_const", const="postgres", default="sqlite")
    parser.add_argument("--sqlite", dest="engine", action="store_const", const="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=150, help="entries each writer would send if nobody stopped it")
    options = parser.parse_args(arguments)
    return run(options.engine, random.Random(options.seed), options.each)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
