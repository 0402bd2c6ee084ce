"""Deadlines of the law's table counted with the days off and the days worked instead that were loaded."""

from collections.abc import Iterable, Sequence
from datetime import date

from cases.law import deadlines
from cases.models import DeadlineVersion, Holiday


def work_calendar() -> deadlines.WorkCalendar:
    """Every day on file, in one query; read it once and pass it on where many deadlines are counted."""
    return calendar_of(Holiday.objects.values_list("day", "kind"))


def calendar_of(rows: Iterable[tuple[date, str]]) -> deadlines.WorkCalendar:
    """The calendar of the days on file, each with its kind."""
    days = dict(rows)
    worked = frozenset(day for day, kind in days.items() if kind == Holiday.Kind.WORKED)
    return deadlines.WorkCalendar(frozenset(days.keys() - worked), worked)


def last_day(
    duty: deadlines.DeadlineKind,
    since: date,
    calendar: deadlines.WorkCalendar | None = None,
    table: Sequence[deadlines.Deadline] | None = None,
) -> date:
    """The last day on which `duty` is done in time, by the version in force on `since`, the day it began."""
    rule = deadlines.deadline(duty, since, DeadlineVersion.objects.table() if table is None else table)
    if rule.count is not deadlines.DeadlineUnit.WORKING_DAYS:
        return deadlines.last_day(rule, since)
    return deadlines.last_day(rule, since, work_calendar() if calendar is None else calendar)
