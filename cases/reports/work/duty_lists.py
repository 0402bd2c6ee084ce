"""The lists of an officer's home, made of duties: one row a person, and of the rows as many as one day takes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import overload

from cases.law.duty_rules import Bucket, Duty, DutyKind, DutyPerson

SHOWN = 20  # rows on a home page, all its lists together; the rest stands behind counted links
LATER_DAYS = 30  # what comes after that is of no use on today's page
# Lists of their own: they are worked off apart from the day's round
APART = {
    DutyKind.OUTCOME: "outcomes",
    DutyKind.PRESENTING: "not_presented",
    DutyKind.RESIDENCE: "residence",
    DutyKind.PROPOSAL: "dossiers",
    DutyKind.DOSSIER: "dossiers",
    DutyKind.PAPERWORK: "papers",
    DutyKind.ASSESSMENT: "to_assess",
    DutyKind.RECORD: "records",
}


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

    @property
    def first(self) -> Duty:
        return self.duties[0]

    @property
    def others(self) -> list[Duty]:
        return self.duties[1:]


@dataclass
class DutyList:
    """One list of a home page: its rows, and how many of them stand on the page itself."""

    name: str
    rows: Sequence[PersonDuties] = field(default_factory=list)
    fitting: int = 0
    shown: list[PersonDuties] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        return self.fitting < len(self.rows)


class ToldRows(Sequence[PersonDuties]):
    """Rows of the people with these ids, who are told of when they are looked at: as many at once as are asked for."""

    def __init__(self, ids: list[int], tell: Callable[[Sequence[int]], list[PersonDuties]]) -> None:
        self.ids, self.tell = ids, tell

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, place: int) -> PersonDuties: ...

    @overload
    def __getitem__(self, place: slice) -> list[PersonDuties]: ...

    def __getitem__(self, place: int | slice) -> PersonDuties | list[PersonDuties]:
        return self.tell(self.ids[place]) if isinstance(place, slice) else self.tell([self.ids[place]])[0]


def person_lists(lists: WorkLists) -> dict[str, DutyList]:
    """The lists with one row a person, by name, the most pressing first; SHOWN rows in all are to be shown."""
    rows: dict[int, PersonDuties] = {}
    listed: dict[str, list[PersonDuties]] = {name: [] for name in PRESSING}
    for name in PRESSING:
        for duty in getattr(lists, name):
            if duty.person.pk in rows:
                rows[duty.person.pk].duties.append(duty)
            else:
                rows[duty.person.pk] = PersonDuties([duty])
                listed[name].append(rows[duty.person.pk])
    found = _fitted({name: DutyList(name, each) for name, each in listed.items()})
    for each in found.values():
        each.shown = listed[each.name][: each.fitting]
    return found


def told_lists(
    listed: Iterable[tuple[str, int]], tell: Callable[[Sequence[int]], list[PersonDuties]]
) -> dict[str, DutyList]:
    """As `person_lists`, of the ids of the people of each list, in order; `tell` makes rows of ids.

    It does so once for all who are shown. Who has nothing due any more by then has no row.
    """
    ids: dict[str, list[int]] = {name: [] for name in PRESSING}
    for name, pk in listed:
        ids[name].append(pk)
    found = _fitted({name: DutyList(name, ToldRows(each, tell)) for name, each in ids.items()})
    shown = [pk for each in found.values() for pk in ids[each.name][: each.fitting]]
    rows = {row.person.pk: row for row in tell(shown)} if shown else {}
    for each in found.values():
        each.shown = [rows[pk] for pk in ids[each.name][: each.fitting] if pk in rows]
    return found


def _fitted(found: dict[str, DutyList]) -> dict[str, DutyList]:
    left = SHOWN
    for each in found.values():
        each.fitting = min(left, len(each.rows))
        left -= each.fitting
    return found


def work_lists(duties: Iterable[Duty]) -> WorkLists:
    """Sort duties into their buckets and the lists that stand apart; left out is only what lies a month ahead."""
    lists = WorkLists()
    for duty in duties:
        if name := list_of(duty):
            getattr(lists, name).append(duty)
    return lists


def list_of(duty: Duty) -> str | None:
    """The list a duty stands in, None where it lies a month ahead."""
    return (APART.get(duty.kind) or duty.bucket.value) if is_in_sight(duty) else None


def is_in_sight(duty: Duty) -> bool:
    """Desk work from the day its window begins, everything else a month ahead."""
    if duty.kind in (DutyKind.ASSESSMENT, DutyKind.RECORD):
        return duty.is_open
    return duty.latest <= duty.on + timedelta(days=LATER_DAYS)


def is_overdue(duty: Duty) -> bool:
    """Whether a duty of the day's round is overdue; desk work has lists of its own."""
    return duty.kind not in APART and duty.bucket == Bucket.OVERDUE
