"""The check of the residence that a notice asks for (Circular 10/2024/TT-BCA, Article 8), and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.law import deadlines
from cases.models import Holiday
from cases.models.arrival import NoticeQuerySet
from cases.models.joint_read import read_jointly
from cases.reports.administration import days_off
from cases.reports.people import custody


@dataclass(frozen=True)
class ResidenceCheck:
    """A residence check nobody has answered yet: from when it reached the unit, to its last day."""

    since: date
    by: date


class CheckRows:
    """What open checks among `notices` are found by: query sets, to be read beside others (`questions`)."""

    def __init__(self, notices: NoticeQuerySet, on: date) -> None:
        waiting = notices.awaited().filter(received_on__lte=on)
        self.received = waiting.order_by("received_on", "pk").values_list("returnee", "received_on")
        self.answers = custody.answers(waiting.order_by().values("returnee"), on)
        self.days = Holiday.objects.values_list("day", "kind")
        self.questions = (self.received, self.answers, self.days)

    @property
    def calendar(self) -> deadlines.WorkCalendar:
        """The days off and the days worked instead: read with the rest, for whoever else counts working days."""
        return days_off.calendar_of(self.days)

    def found(self, table: Sequence[deadlines.Deadline]) -> dict[int, ResidenceCheck]:
        """The open check of each person; `table`: of all deadlines.

        It reached the unit with the notice, or on the day on which another unit sent the person on.
        """
        read_jointly(*self.questions)
        answers, calendar, found = custody.last_answers(self.answers), self.calendar, {}
        for returnee, since in dict(self.received).items():
            last = answers.get(returnee)
            if last is None or last.kind in custody.MOVES:
                since = max(since, last.on) if last else since
                day = days_off.last_day(deadlines.DeadlineKind.RESIDENCE_CHECK, since, calendar, table)
                found[returnee] = ResidenceCheck(since, day)
        return found
