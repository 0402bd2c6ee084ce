"""A moment of a day here: what stands between two days is asked of the database by moments."""

from datetime import date, datetime, time

from django.utils import timezone


def moment_on(day: date, hour: time = time.min) -> datetime:
    """The moment at which `day` begins here, or at which it is `hour` on it."""
    return timezone.make_aware(datetime.combine(day, hour))
