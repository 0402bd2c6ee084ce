"""Luật 91/2025: the authority hears of a breach within 72 hours of the moment it was found."""

from datetime import UTC, datetime, timedelta

import pytest

from cases.law.breach import notice_clock

FOUND_AT = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "is_over", "hours"),
    [
        (timedelta(0), False, 72),
        (timedelta(minutes=1), False, 71),
        (timedelta(hours=72), False, 0),
        (timedelta(hours=72, seconds=1), True, 0),
        (timedelta(hours=75, minutes=59), True, 3),
    ],
)
def test_72_hours_are_counted_from_the_finding_in_whole_hours(passed, is_over, hours):
    clock = notice_clock(FOUND_AT, FOUND_AT + passed)

    assert (clock.due_at, clock.is_over, clock.hours) == (FOUND_AT + timedelta(days=3), is_over, hours)
