import signal
import threading
import time

from django.db import connection
from django.utils import timezone

from cases.jobs import at_work, child
from cases.jobs.worker import AT_ONCE, JobWorker
from cases.management.command import HouseCommand
from cases.tasks import nightly

NIGHTLY_AFTER_SECONDS = 10 * 60  # the first minutes of a machine that was switched on belong to its user
ONCE_WAIT_SECONDS = 3


class Command(HouseCommand):
    """Works on what left the requests, each job in a process of its own, until it is stopped.

    A job it is killed in is taken up again by the next worker, half a minute later. `--once` ends when nothing waits;
    of such workers there is one at a time on a machine. `--with-parent` ends when the program that started it has ended
    (its standard input is closed). `--nightly` begins the work of the night by itself, once a day.
    """

    help = "Work on jobs: workbooks, long exports, reports, the work of the night. Runs until it is stopped."

    def add_arguments(self, parser):
        parser.add_argument("--at-once", type=int, default=AT_ONCE, metavar="N", help="jobs at a time")
        parser.add_argument("--once", action="store_true", help="end when nothing waits")
        parser.add_argument("--with-parent", action="store_true", help="end when standard input is closed")
        parser.add_argument("--nightly", action="store_true", help="begin the work of the night once a day")
        parser.add_argument("--database", help="the database of the server, where it is not the one of the settings")

    def handle(self, *, once, database, **options):
        if database:
            connection.settings_dict["NAME"] = database
        if once and at_work.wait("worker", ONCE_WAIT_SECONDS) is None:
            return
        each_watch = self.nightly_watch() if options["nightly"] else None
        worker = JobWorker(at_once=options["at_once"], once=once, each_watch=each_watch)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, worker.stop)
        if options["with_parent"]:
            threading.Thread(target=child.wait_for_parent, args=[worker.stop], daemon=True).start()
        worker.run()

    def nightly_watch(self):
        first = time.monotonic() + NIGHTLY_AFTER_SECONDS

        def watch():
            if time.monotonic() > first and nightly.is_due(timezone.now()):
                nightly.begin()

        return watch
