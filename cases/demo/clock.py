"""The clock of the story: what happened in 2019 was also recorded in 2019."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone


class StoryClock:
    """Tells the moment the story has reached, a second later each time; never later than it is."""

    def __init__(self) -> None:
        self.real = timezone.now

    def move(self, day: date) -> None:
        """Go on to the afternoon of `day`."""
        self.moment = datetime.combine(day, time(14, 0), tzinfo=timezone.get_current_timezone())

    def now(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return min(self.moment, self.real())


@contextmanager
def story_time() -> Iterator[StoryClock]:
    """Let every stamp of the block come from the story's clock; for a command alone, never while pages are served."""
    clock = StoryClock()
    timezone.now = clock.now
    try:
        yield clock
    finally:
        timezone.now = clock.real
