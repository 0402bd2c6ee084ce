"""The check of the residence that a notice asks for (Circular 10/2024/TT-BCA, Article 8), and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.law import deadlines
from cases.models import DeadlineVersion
from cases.models.arrival import NoticeQuerySet
from cases.reports.administration import days_off
from cases.reports.people import custody


@dataclass(frozen=True)
class Check:
    """A residence check nobody has answered yet: from when it reached the unit, to its last day."""

    since: date
    by: date


def open_checks(
    notices: NoticeQuerySet,
    on: date,
    calendar: deadlines.WorkCalendar | None = None,
    table: Sequence[deadlines.Deadline] | None = None,
) -> dict[int, Check]:
    """The open check of each person with one of these notices; one query where there is none.

    Else up to four: the days off and the table of deadlines are read where they are not given. It reached the unit
    with the notice, or on the day on which another unit sent the person on.
    """
    rows = notices.awaited().filter(received_on__lte=on).order_by("received_on", "pk")
    received = dict(rows.values_list("returnee", "received_on"))
    if not received:
        return {}
    answers = custody.last_answers(received, on)
    calendar = days_off.work_calendar() if calendar is None else calendar
    table = DeadlineVersion.objects.table() if table is None else table
    found = {}
    for returnee, since in received.items():
        last = answers.get(returnee)
        if last is None or last.kind in custody.MOVES:
            since = max(since, last.on) if last else since
            by = days_off.last_day(deadlines.DeadlineKind.RESIDENCE_CHECK, since, calendar, table)
            found[returnee] = Check(since, by)
    return found
