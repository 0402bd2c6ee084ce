"""Deadlines of the law's table counted with the days off that were loaded."""

from collections.abc import Collection, Sequence
from datetime import date

from cases.law import deadlines
from cases.models import DeadlineVersion, Holiday


def days_off() -> frozenset[date]:
    """Every day off on file, in one query; read it once and pass it on where many deadlines are counted."""
    return frozenset(Holiday.objects.values_list("day", flat=True))


def last_day(
    duty: deadlines.DeadlineKind,
    since: date,
    off: Collection[date] | None = None,
    table: Sequence[deadlines.Deadline] | None = None,
) -> date:
    """The last day on which `duty` is done in time, by the version in force on `since`, the day it began.

    A Saturday worked in exchange for a day off is not counted as a working day: the result may then be a day late.
    """
    rule = deadlines.deadline(duty, since, DeadlineVersion.objects.table() if table is None else table)
    if rule.count is not deadlines.DeadlineUnit.WORKING_DAYS:
        return deadlines.last_day(rule, since)
    return deadlines.last_day(rule, since, days_off() if off is None else off)
