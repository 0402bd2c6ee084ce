"""What the first days of the month and the quarter ask of a unit and of who helps, whoever it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cases.law import deadlines
from cases.law.deadlines import DeadlineKind

OF_A_UNIT = (DeadlineKind.HELPER_REPORT, DeadlineKind.LOAN_LIST)


@dataclass(frozen=True)
class Reminder:
    """Due by `by`, that day included; it goes with that day, for whether it was done is recorded nowhere."""

    kind: DeadlineKind
    by: date


def reminders(on: date, table: Sequence[deadlines.Deadline]) -> Iterator[Reminder]:
    """What is due in the first days of this month or quarter and not over on `on`; `table`: of all deadlines."""
    for kind in OF_A_UNIT:
        by = deadlines.last_day(deadlines.deadline(kind, on, table), on)
        if on <= by:
            yield Reminder(kind, by)
