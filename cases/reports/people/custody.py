"""Who holds a released person: held, pending, bouncing or closed, each found on its own, so that a gap or two show."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.models import ArrivalAnswer, Placement, Returnee
from cases.models.joint_read import read_jointly

MOVES = frozenset(ArrivalAnswer.MOVES)


class CustodyState(StrEnum):
    HELD = "held"  # presented, and one unit that stands has the person
    PENDING = "pending"  # released, not presented; a unit that stands has to find out
    BOUNCING = "bouncing"  # sent on to another commune, which has not answered yet
    CLOSED = "closed"  # with a reason


class CustodyBreach(StrEnum):
    NO_PLACEMENT = "no_placement"
    TWO_UNITS = "two_units"
    UNIT_ENDED = "unit_ended"
    UNIT_DIVIDED = "unit_divided"
    NAMED_UNIT_ENDED = "named_unit_ended"
    OTHER_UNIT = "other_unit"
    NO_REASON = "no_reason"
    NOT_PRESENTED = "not_presented"
    TWO_STATES = "two_states"
    NO_STATE = "no_state"


BREACH_WORDS = {
    CustodyBreach.NO_PLACEMENT: _("No unit has this person"),
    CustodyBreach.TWO_UNITS: _("Two units have this person at once"),
    CustodyBreach.UNIT_ENDED: _("The unit that has this person has ended"),
    CustodyBreach.UNIT_DIVIDED: _(
        "The unit that has this person was divided, and nobody said where the person belongs"
    ),
    CustodyBreach.NAMED_UNIT_ENDED: _("The commune named for this person has ended"),
    CustodyBreach.OTHER_UNIT: _("The file names another unit than the one that has this person"),
    CustodyBreach.NO_REASON: _("The file is closed without a reason"),
    CustodyBreach.NOT_PRESENTED: _("Answered “has come home”, but no presenting is recorded"),
    CustodyBreach.TWO_STATES: _("Presented here and sent on to another commune at once"),
    CustodyBreach.NO_STATE: _("In none of the four states"),
}


@dataclass(frozen=True)
class Holder:
    """A unit that has a person on the day asked about; `stands` that day, `divided` where nothing took its place.

    `still`: it has the person to this day, so the file has to name it.
    """

    unit_id: int
    stands: bool = True
    divided: bool = False
    still: bool = True


@dataclass(frozen=True)
class AnswerFacts:
    kind: str
    on: date
    named_unit_id: int | None = None


@dataclass(frozen=True)
class CustodyFacts:
    """What is known of one released person on a day: `holders` are all units with a placement on that day."""

    pk: int
    file_number: str
    unit_id: int
    completed_on: date
    presented_on: date | None = None
    closed_on: date | None = None
    close_reason: str = ""
    holders: tuple[Holder, ...] = ()
    last_answer: AnswerFacts | None = None


def states(facts: CustodyFacts, on: date) -> frozenset[CustodyState]:
    """Every state that the facts show on `on`; of a person in order it is exactly one."""
    if facts.closed_on and facts.closed_on <= on:
        return frozenset({CustodyState.CLOSED} if facts.close_reason else ())
    has_holder = len(facts.holders) == 1 and facts.holders[0].stands
    presented = facts.presented_on is not None and facts.presented_on <= on
    sent_on = _is_sent_on(facts, presented)
    found = set()
    if has_holder and presented:
        found.add(CustodyState.HELD)
    if has_holder and sent_on:
        found.add(CustodyState.BOUNCING)
    if has_holder and not presented and not sent_on:
        found.add(CustodyState.PENDING)
    return frozenset(found)


def _is_sent_on(facts: CustodyFacts, presented: bool) -> bool:
    """The last answer named another commune; whoever presented afterwards has been received there."""
    last = facts.last_answer
    return (
        last is not None
        and last.kind in MOVES
        and not (presented and facts.presented_on and facts.presented_on >= last.on)
    )


def breaches(facts: CustodyFacts, on: date) -> list[CustodyBreach]:
    """Why the person is not in exactly one state as it should be; empty where all is in order."""
    if facts.closed_on and facts.closed_on <= on:
        return [] if facts.close_reason else [CustodyBreach.NO_REASON]
    found = list(_of_holders(facts))
    presented = facts.presented_on is not None and facts.presented_on <= on
    if not presented and facts.last_answer and facts.last_answer.kind == ArrivalAnswer.Kind.ARRIVED:
        found.append(CustodyBreach.NOT_PRESENTED)
    count = len(states(facts, on))
    if count > 1:
        found.append(CustodyBreach.TWO_STATES)
    return found or ([] if count else [CustodyBreach.NO_STATE])


def _of_holders(facts: CustodyFacts) -> Iterator[CustodyBreach]:
    if not facts.holders:
        yield CustodyBreach.NO_PLACEMENT
        return
    if len(facts.holders) > 1:
        yield CustodyBreach.TWO_UNITS
    for holder in facts.holders:
        if not holder.stands:
            yield _why_not_standing(facts, holder)
    if any(holder.still and holder.unit_id != facts.unit_id for holder in facts.holders):
        yield CustodyBreach.OTHER_UNIT


def _why_not_standing(facts: CustodyFacts, holder: Holder) -> CustodyBreach:
    last = facts.last_answer
    if last and last.kind in MOVES and last.named_unit_id == holder.unit_id and not facts.presented_on:
        return CustodyBreach.NAMED_UNIT_ENDED
    return CustodyBreach.UNIT_DIVIDED if holder.divided else CustodyBreach.UNIT_ENDED


def custody_facts(people: QuerySet[Returnee], on: date) -> list[CustodyFacts]:
    """The facts of `people` on `on`, in the order of file numbers: one query, however many they are."""
    rows = people.order_by("file_number")
    holders = _placements(rows, on)
    told = answers(rows.order_by().values("pk"), on)
    columns = ("pk", "file_number", "unit_id", "completed_on", "presented_on", "closed_on", "close_reason")
    facts = rows.values(*columns)
    read_jointly(facts, holders, told)
    held_by, last = _holders(holders, on), last_answers(told)
    return [
        CustodyFacts(**values, holders=tuple(held_by[values["pk"]]), last_answer=last.get(values["pk"]))
        for values in facts
    ]


def _placements(people: QuerySet[Returnee], on: date) -> QuerySet[Placement, Any]:
    placements = Placement.objects.covering(on).filter(returnee__in=people.order_by().values("pk"))
    columns = ("returnee", "unit", "unit__valid_from", "unit__valid_to", "unit__standing", "until")
    return placements.values_list(*columns)


def _holders(placements: Iterable[tuple], on: date) -> dict[int, list[Holder]]:
    found = defaultdict(list)
    for returnee, unit, begun, ended, standing, until in placements:
        stands = begun <= on and (ended is None or on <= ended)
        found[returnee].append(Holder(unit, stands, divided=not stands and standing is None, still=until is None))
    return found


def answers(people: Iterable[int] | QuerySet, on: date) -> QuerySet[ArrivalAnswer, Any]:
    """What was answered of these people, ids or a query of them, up to `on`; see last_answers."""
    rows = ArrivalAnswer.objects.filter(returnee__in=people, on__lte=on).order_by("pk")
    return rows.values_list("returnee", "kind", "on", "named_unit")


def last_answers(told: Iterable[tuple]) -> dict[int, AnswerFacts]:
    """The last answer of each person; `told`: rows of `answers`."""
    return {who: AnswerFacts(kind, day, unit) for who, kind, day, unit in told}


@dataclass(frozen=True)
class CustodyFinding:
    """Somebody who is not in exactly one state, and why."""

    facts: CustodyFacts
    breaches: list[CustodyBreach]


@dataclass(frozen=True)
class Proof:
    """How many released people are in each state on a day, and whoever is not in exactly one."""

    on: date
    counts: dict[CustodyState, int]
    found: list[CustodyFinding]

    @property
    def total(self) -> int:
        """Everybody released by that day; each is counted in one state or found."""
        return sum(self.counts.values()) + len(self.found)


def prove(on: date) -> Proof:
    """Look at everybody released by `on` whose file was not withdrawn."""
    counts, found = dict.fromkeys(CustodyState, 0), []
    for facts in custody_facts(Returnee.objects.kept().filter(completed_on__lte=on), on):
        if wrong := breaches(facts, on):
            found.append(CustodyFinding(facts, wrong))
        else:
            (state,) = states(facts, on)
            counts[state] += 1
    return Proof(on, counts, found)
