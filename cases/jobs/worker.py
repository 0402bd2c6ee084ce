"""The worker: the loops of the task library side by side, and beside them a watch that says it is there."""

import logging
import threading
import time
from collections.abc import Callable

from django.db import Error, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from cases import actions
from cases.jobs import queue

AT_ONCE = 2  # jobs at a time
POLL_SECONDS = 1
WATCH_SECONDS = 5
LOOK_SECONDS = 0.3
log = logging.getLogger(__name__)


class JobWorker:
    """Works until it is stopped; with `once`, until nothing waits."""

    def __init__(
        self, *, at_once: int = AT_ONCE, once: bool = False, each_watch: Callable[[], None] | None = None
    ) -> None:
        self.name, self.once, self.each_watch = get_random_string(16), once, each_watch
        self.stopped, self._watched = threading.Event(), 0.0
        self.loops = [self._loop(number) for number in range(at_once)]

    def _loop(self, number: int) -> Worker:
        return Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=POLL_SECONDS,
            batch=self.once,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{self.name}-{number}",
        )

    def run(self) -> None:
        try:
            self._work()
            # Whoever asked before this sign-off counted on us, whoever asks after it wakes somebody else.
            self._try(lambda: actions.job.sign_off(worker=self.name))
            if self.once and not self.stopped.is_set() and queue.is_anything_waiting():
                self._work()
        finally:
            self._try(lambda: actions.job.sign_off(worker=self.name))

    def stop(self, *_signal: object) -> None:
        """Give up what is at work: it goes back into the queue."""
        self.stopped.set()
        queue.children.stop()
        for loop in self.loops:
            loop.running = False

    def _work(self) -> None:
        self._try(self._watch)
        threads = [threading.Thread(target=self._keep_on, args=[loop], daemon=True) for loop in self.loops]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            if not self.stopped.wait(LOOK_SECONDS):
                if time.monotonic() - self._watched > WATCH_SECONDS:
                    self._try(self._watch)
                continue
            for thread in threads:
                thread.join()

    def _watch(self) -> None:
        self._watched = time.monotonic()
        close_old_connections()
        actions.job.show_alive(worker=self.name, now=timezone.now())
        queue.repair()
        if self.each_watch:
            self.each_watch()

    def _keep_on(self, loop: Worker) -> None:
        """The library's loop ends where the database is busy for long or away for a moment: it is begun again."""
        while loop.running:
            try:
                loop.run()
            except Error as error:
                log.warning("A worker waits for the database: %s", type(error).__name__)
                self.stopped.wait(POLL_SECONDS)
            else:
                break
            finally:
                connections.close_all()

    def _try(self, do: Callable[[], None]) -> None:
        """A watch that the database has no time for comes again."""
        try:
            do()
        except Error as error:
            log.warning("A worker waits for the database: %s", type(error).__name__)
