"""What the first days of the month and the quarter ask of a unit and of who helps, whoever it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from cases.law import deadlines
from cases.law.deadlines import DeadlineKind
from cases.models import Returnee, User

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


def changes_to_enter(user: User, on: date, table: Sequence[deadlines.Deadline]) -> QuerySet[Returnee]:
    """Whoever presented, was taken over or whose file was closed so lately that the hours of Nghị định 160/2026 Điều 8
    may still run; `table`: of all deadlines. It goes with its day, for the other database is not read here.
    """
    rule = deadlines.deadline(DeadlineKind.DATABASE, on, table)
    lately = (on - timedelta(days=(deadlines.last_day(rule, on) - on).days), on)
    changed = Q(presented_on__range=lately) | Q(closed_on__range=lately) | Q(facts__taken_over_on__range=lately)
    return Returnee.objects.visible_to(user).kept().filter(changed)
