"""The lists of the home pages, made of duties: an officer's buckets, a supervisor's communes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from cases.models import Unit, User
from cases.reports.duty_rules import Bucket, CaseFacts, Duty, DutyKind

SILENT_DAYS = 60
LATER_DAYS = 30  # what comes after that is of no use on today's page
# Lists of their own: they are worked off apart from the day's round
APART = frozenset(
    {
        DutyKind.OUTCOME,
        DutyKind.PRESENTING,
        DutyKind.RESIDENCE,
        DutyKind.PAPERWORK,
        DutyKind.ASSESSMENT,
        DutyKind.RECORD,
    }
)


@dataclass(frozen=True)
class WorkLists:
    """Duties sorted into what a home page shows; each list most pressing first."""

    overdue: list[Duty] = field(default_factory=list)
    week: list[Duty] = field(default_factory=list)
    later: list[Duty] = field(default_factory=list)
    outcomes: list[Duty] = field(default_factory=list)
    not_presented: list[Duty] = field(default_factory=list)
    residence: list[Duty] = field(default_factory=list)
    papers: list[Duty] = field(default_factory=list)
    to_assess: list[Duty] = field(default_factory=list)
    records: list[Duty] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, one.name) for one in fields(self))


def work_lists(duties: Iterable[Duty]) -> WorkLists:
    """Sort duties into their buckets and the lists that stand apart; left out is only what lies a month ahead."""
    buckets = {bucket: [] for bucket in Bucket}
    apart = {kind: [] for kind in APART}
    for duty in filter(is_in_sight, duties):
        (apart[duty.kind] if duty.kind in APART else buckets[duty.bucket]).append(duty)
    return WorkLists(
        overdue=buckets[Bucket.OVERDUE],
        week=buckets[Bucket.WEEK],
        later=buckets[Bucket.LATER],
        outcomes=apart[DutyKind.OUTCOME],
        not_presented=apart[DutyKind.PRESENTING],
        residence=apart[DutyKind.RESIDENCE],
        papers=apart[DutyKind.PAPERWORK],
        to_assess=apart[DutyKind.ASSESSMENT],
        records=apart[DutyKind.RECORD],
    )


def is_in_sight(duty: Duty) -> bool:
    """Desk work from the day its window begins, everything else a month ahead."""
    if duty.kind in (DutyKind.ASSESSMENT, DutyKind.RECORD):
        return duty.is_open
    return duty.latest <= duty.on + timedelta(days=LATER_DAYS)


def is_overdue(duty: Duty) -> bool:
    """Whether a duty of the day's round is overdue; desk work has lists of its own."""
    return duty.kind not in APART and duty.bucket == Bucket.OVERDUE


@dataclass(frozen=True)
class CommuneLoad:
    """How one commune stands: people, and how many of them wait for a meeting, for over 60 days, for presenting."""

    unit_id: int
    name: str
    managed: int
    overdue: int
    silent: int
    not_presented: int


def by_commune(user: User, facts: Iterable[CaseFacts], duties: Iterable[Duty], on: date) -> list[CommuneLoad]:
    """One row for each commune in force under the user's unit, the most overdue first; one query."""
    facts, duties = list(facts), list(duties)
    managed = Counter(case.person.unit_id for case in facts if case.presented_on and case.presented_on <= on)
    home = [case for case in facts if case.completed_on <= on]
    waiting = Counter(case.person.unit_id for case in home if not case.presented_on or case.presented_on > on)
    overdue = Counter(duty.person.unit_id for duty in duties if is_overdue(duty))
    silent_ones = Counter(duty.person.unit_id for duty in silent(duties))
    rows = [
        CommuneLoad(pk, name, managed[pk], overdue[pk], silent_ones[pk], waiting[pk])
        for pk, name in Unit.objects.visible_to(user).on(on).communes().values_list("pk", "name")
    ]
    return sorted(rows, key=lambda row: (-row.overdue, -row.silent, row.name))


def silent(duties: Iterable[Duty], days: int = SILENT_DAYS) -> list[Duty]:
    """Contact duties of people not met for at least so many days, longest first."""
    found = [duty for duty in duties if duty.kind == DutyKind.CONTACT and duty.number >= days]
    return sorted(found, key=lambda duty: (-duty.number, duty.order))
