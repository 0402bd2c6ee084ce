"""The papers a dossier is made of when somebody presents (Điều 10, 11): of whom they are missing, and until when."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from cases.law.deadlines import Deadline, DeadlineKind, WorkCalendar
from cases.law.forms import DOSSIER
from cases.models import DossierPaper, Returnee, User
from cases.reports.administration import days_off

FIRST = frozenset(
    form.code for form in DOSSIER if form.deadline in (DeadlineKind.DOSSIER, DeadlineKind.HELPER_PROPOSAL)
)
PROPOSAL = "HCD-06"
WATCHED = timedelta(days=30)  # after it a dossier is looked after in the file: a day's list is no inventory


class PresentedPerson(Protocol):
    """Somebody of whom it is known when they presented."""

    @property
    def pk(self) -> int: ...

    @property
    def presented_on(self) -> date | None: ...


@dataclass(frozen=True)
class DossierGap:
    """How many of the first papers do not lie in a dossier, the last day for them, and for the proposal of who helps
    where that is one of them.
    """

    missing: int
    by: date
    proposal_by: date | None


class DossierRows:
    """The first papers that lie in dossiers under way, as a query set to be read beside others (`lying`)."""

    def __init__(self, user: User, known: dict, on: date) -> None:
        self.begun, self.on = on - WATCHED, on
        rows = DossierPaper.objects.visible_to(user).kept().filter(code__in=FIRST, **known)
        rows = rows.filter(returnee__presented_on__range=(self.begun, on))
        self.lying = rows.values_list("returnee", "code")

    def gaps(
        self, people: Iterable[Returnee | PresentedPerson], calendar: WorkCalendar, table: Sequence[Deadline]
    ) -> dict[int, DossierGap]:
        """By the id of each of `people` who presented lately and whose dossier has a gap; `table`: of all deadlines."""
        lying: dict[int, set[str]] = defaultdict(set)
        for returnee, code in self.lying:
            lying[returnee].add(code)
        found = {}
        for person in people:
            since = person.presented_on
            if since and self.begun <= since <= self.on and (missing := FIRST - lying[person.pk]):
                by, proposal_by = (
                    days_off.last_day(kind, since, calendar, table)
                    for kind in (DeadlineKind.DOSSIER, DeadlineKind.HELPER_PROPOSAL)
                )
                found[person.pk] = DossierGap(len(missing), by, proposal_by if PROPOSAL in missing else None)
        return found
