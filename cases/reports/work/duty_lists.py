"""The lists of an officer's home, made of duties: one row a person, and of the rows as many as one day takes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from cases.law.duty_rules import Bucket, Duty, DutyKind, DutyPerson

SHOWN = 20  # rows on a home page, all its lists together; the rest stands behind counted links
LATER_DAYS = 30  # what comes after that is of no use on today's page
# Lists of their own: they are worked off apart from the day's round
APART = frozenset(
    {
        DutyKind.OUTCOME,
        DutyKind.PRESENTING,
        DutyKind.RESIDENCE,
        DutyKind.DOSSIER,
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
    dossiers: list[Duty] = field(default_factory=list)
    papers: list[Duty] = field(default_factory=list)
    to_assess: list[Duty] = field(default_factory=list)
    records: list[Duty] = field(default_factory=list)


# The most pressing first: who has duties in several lists stands in the first of them.
PRESSING = (
    "overdue",
    "outcomes",
    "week",
    "residence",
    "not_presented",
    "dossiers",
    "papers",
    "records",
    "to_assess",
    "later",
)


@dataclass
class PersonDuties:
    """Everything due for one person, the duty of the list the row stands in first."""

    duties: list[Duty]

    @property
    def person(self) -> DutyPerson:
        return self.duties[0].person


@dataclass
class DutyList:
    """One list of a home page: its rows, and how many of them stand on the page itself."""

    name: str
    rows: list[PersonDuties] = field(default_factory=list)
    fitting: int = 0

    @property
    def shown(self) -> list[PersonDuties]:
        return self.rows[: self.fitting]

    @property
    def is_cut(self) -> bool:
        return self.fitting < len(self.rows)


def person_lists(lists: WorkLists) -> dict[str, DutyList]:
    """The lists with one row a person, by name, the most pressing first; SHOWN rows in all are to be shown."""
    rows: dict[int, PersonDuties] = {}
    found = {name: DutyList(name) for name in PRESSING}
    for name in PRESSING:
        for duty in getattr(lists, name):
            if duty.person.pk in rows:
                rows[duty.person.pk].duties.append(duty)
            else:
                rows[duty.person.pk] = PersonDuties([duty])
                found[name].rows.append(rows[duty.person.pk])
    left = SHOWN
    for each in found.values():
        each.fitting = min(left, len(each.rows))
        left -= each.fitting
    return found


def work_lists(duties: Iterable[Duty]) -> WorkLists:
    """Sort duties into their buckets and the lists that stand apart; left out is only what lies a month ahead."""
    buckets: dict[Bucket, list[Duty]] = {bucket: [] for bucket in Bucket}
    apart: dict[DutyKind, list[Duty]] = {kind: [] for kind in APART}
    for duty in filter(is_in_sight, duties):
        (apart[duty.kind] if duty.kind in APART else buckets[duty.bucket]).append(duty)
    return WorkLists(
        overdue=buckets[Bucket.OVERDUE],
        week=buckets[Bucket.WEEK],
        later=buckets[Bucket.LATER],
        outcomes=apart[DutyKind.OUTCOME],
        not_presented=apart[DutyKind.PRESENTING],
        residence=apart[DutyKind.RESIDENCE],
        dossiers=apart[DutyKind.DOSSIER],
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
