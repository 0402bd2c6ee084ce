"""Between which days the answer lies where something is unknown: the clock run on the best and on the worst facts.

Everything that only moves a day (when a penalty was done, what is paid) is given its most and its least favourable
value at once; the columns a judgment may fall under, and the periods of a penalty nobody knows, are tried one by one.
A column with fewer conditions never waits longer than one with more, in the Code and in every version entered so far.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from cases.law.chapters import COURT_CHAPTERS
from cases.law.clock import run
from cases.law.extremes import (
    FAR,
    LONG_AGO,
    Extreme,
    Tried,
    at_an_end,
    earliest_end,
    may_be_open,
    penalties_tried,
    without_a_day,
)
from cases.law.facts import (
    CaseFacts,
    ConvictionFacts,
    DoneHow,
    Fault,
    OffenceClass,
    OffenceFacts,
    PenaltyFacts,
)
from cases.law.record import (
    BY_COURT,
    BY_ITSELF,
    OF_A_MINOR,
    chapter_stated,
    is_light_for_a_minor,
    is_minor_negligence,
    of_offence,
)
from cases.law.versions import in_force
from cases.law.waiting import RuleSet, most_favourable
from cases.lib.dates import age_on
from cases.lib.optional import require

AGES = (14, 16, 18)
RECORDS = (None, OF_A_MINOR, BY_ITSELF, BY_COURT)  # a judgment's place here is that of its gravest offence
PLACES = {record and record.column: place for place, record in enumerate(RECORDS)}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day the answer can be; `latest` is None where it is open, both where there is no day.

    `no_record`: it is possible that there is no record at all.
    """

    earliest: date | None = None
    latest: date | None = None
    no_record: bool = False

    @property
    def width(self) -> int:
        """Return the days between the ends; the absence of a record lies before every day, an open end after."""
        first = LONG_AGO if self.no_record else self.earliest or FAR
        last = self.latest or (FAR if self.earliest else first)
        return (last - first).days

    def as_json(self) -> dict:
        earliest, latest = (day.isoformat() if day else None for day in (self.earliest, self.latest))
        return {"earliest": earliest, "latest": latest, "no_record": self.no_record}


NO_BOUNDS = Bounds()


class Tries:
    """The clocks run for one person on one day, each once: what two answers to a question share is not run again."""

    def __init__(self, on: date, rule_sets: Sequence[RuleSet]) -> None:
        self.on, self.rule_sets, self.rules = on, rule_sets, in_force(rule_sets, on)
        self._filled: dict[tuple[object, ...], Extreme] = {}
        self._ranks: dict[tuple[object, ...], tuple[object, list[int]]] = {}
        self._days: dict[tuple[object, ...], date] = {}

    def bounds_of(self, case: CaseFacts) -> Bounds:
        """Return between which days the answer for a case without contradictions lies, by what is known on the day."""
        convictions = case.convictions or ()
        if not convictions:
            return NO_BOUNDS
        ranks = [self._ranks_of(each, case.born_on) for each in convictions]
        no_record = not any(each[0] for each in ranks)
        if case.unreadable and no_record:
            return NO_BOUNDS  # the judgment that is not on file may leave a record of its own
        tried = list(product(*penalties_tried(convictions)))
        earliest = self._earliest(tried, list(_lowest(ranks)))
        highest = [each[-1] for each in ranks]
        if case.unreadable or any(map(self._is_open, convictions, highest)):
            return Bounds(earliest, None, no_record)
        latest = self._latest(tried, highest, without_a_day(convictions))
        return Bounds(earliest, None if latest >= FAR else latest, no_record)

    def _ranks_of(self, conviction: ConvictionFacts, born_on: date | None) -> list[int]:
        """Return the places in RECORDS a judgment may have, the lowest first."""
        until = conviction.effective_on or conviction.main_done_on or self.on
        key = id(conviction.offences), conviction.exempt, until, born_on
        if key not in self._ranks:
            self._ranks[key] = conviction.offences, sorted(_ranks(conviction, born_on, until))
        return self._ranks[key][1]

    def _earliest(self, tried: list[tuple[Tried, ...]], lowest: list[list[int]]) -> date | None:
        """Return the first day over all that may be, with everything that moves a day at its best."""
        found = None
        for each in tried:
            filled = [self._fill(conviction, penalty, True) for conviction, penalty in each]
            for ranks in lowest:
                day = max([self._day(each, filled, place, rank) for place, rank in enumerate(ranks) if rank])
                found = min(found, day) if found else day
        return found

    def _latest(self, tried: list[tuple[Tried, ...]], ranks: list[int], met_by: frozenset[object]) -> date:
        """Return the last day over all that may be, with everything that moves a day at its worst; FAR if open."""
        latest = LONG_AGO
        for each in tried:
            filled = [self._fill(conviction, penalty, False) for conviction, penalty in each]
            days = [self._day(each, filled, place, rank, met_by) for place, rank in enumerate(ranks) if rank]
            latest = max([latest, *days])
        return latest if latest > LONG_AGO else FAR

    def _is_open(self, conviction: ConvictionFacts, rank: int) -> bool:
        """Say whether at worst no day comes at all: the penalty is not done, or a part not settled. No clock is run."""
        record = RECORDS[rank]
        if record is None or conviction.court_decision_on:
            return False
        if conviction.main_done_on is None:
            return True
        if not self.rules.condition(require(record.column), conviction.main_done_how).obligations:
            return False
        obligations = conviction.obligations
        return obligations is None or any(map(may_be_open, obligations))

    def _fill(self, conviction: ConvictionFacts, penalty: PenaltyFacts, best: bool) -> Extreme:
        """Return the judgment at its best or its worst.

        The nature of the offences chooses the column and the penalty the period: no day of it hangs on them, but the
        end of a judgment that lapsed.
        """
        lapsed = best and conviction.main_done_on is None and conviction.main_done_how is DoneHow.LIMITATION
        key = (
            best,
            penalty if lapsed else None,
            conviction.id,
            conviction.effective_on,
            conviction.main_done_on,
            conviction.main_done_how,
            id(conviction.additional),
            id(conviction.obligations),
            *[offence.act_on for offence in conviction.offences or ()],
        )
        if key not in self._filled:
            end = earliest_end(conviction, penalty, self.rules) if best else FAR
            self._filled[key] = Extreme(conviction, at_an_end(conviction, self.on, best, end))
        return self._filled[key]

    def _day(
        self,
        tried: tuple[Tried, ...],
        filled: list[Extreme],
        place: int,
        rank: int,
        met_by: frozenset[object] = frozenset(),
    ) -> date:
        """Return the day the clock of the judgment at `place` gives among the others; FAR where it gives none."""
        own, record, penalty = filled[place], RECORDS[rank], tried[place][1]
        column = require(require(record).column)
        rules = most_favourable(self.rule_sets, column, penalty, own.last_act, self.on)
        wait = rules.wait(column, penalty)
        key = (id(own), rank, id(rules), wait.band, met_by, *[each.seen for each in filled])
        if key not in self._days:
            condition = self.rules.condition(column, own.facts.main_done_how)
            others = [each.facts for each in filled]
            clock = run(own.facts, require(record), others, wait, rules, condition, met_by)
            self._days[key] = clock.counts_from() or FAR
        return self._days[key]


def _lowest(ranks: list[list[int]]) -> Iterator[list[int]]:
    """Yield the choices of columns that can give the earliest day: where all may leave no record, each one alone."""
    if any(each[0] for each in ranks):
        yield [each[0] for each in ranks]
        return
    for number, each in enumerate(ranks):
        if dated := [rank for rank in each if rank]:
            yield [dated[0] if place == number else 0 for place in range(len(ranks))]


def _ranks(conviction: ConvictionFacts, born_on: date | None, until: date) -> set[int]:
    """Return the places in RECORDS a judgment may have."""
    if conviction.exempt:
        return {0}
    if not conviction.offences:
        return set(range(len(RECORDS)))
    found = {0}
    for offence in conviction.offences:
        own = _ranks_of_offence(offence, born_on, until)
        found = {max(one, other) for one in found for other in own}
    return found


def _ranks_of_offence(offence: OffenceFacts, born_on: date | None, until: date) -> set[int]:
    """Try every class and fault, each age from 14 to the day the act can have been done at the latest, both kinds of
    chapter, wherever one of them is unknown."""
    chapter = chapter_stated(offence)
    if offence.fault and offence.severity and offence.act_on and born_on and chapter:
        return {PLACES[of_offence(offence, born_on).column]}
    faults = [offence.fault] if offence.fault else [*Fault]
    classes = [offence.severity] if offence.severity else [OffenceClass.LESS_SERIOUS, OffenceClass.EXTREMELY_SERIOUS]
    if offence.fault and offence.severity and is_minor_negligence(offence):
        return {0}
    of_age = {2, 3} if chapter is None else {3 if chapter in COURT_CHAPTERS else 2}
    ages: Sequence[int] = AGES
    if born_on:
        oldest = age_on(born_on, offence.act_on or until)
        ages = [oldest] if offence.act_on else [age for age in AGES if age <= oldest] or [oldest]
    found: set[int] = set()
    for fault, severity in product(faults, classes):
        nature = OffenceFacts(fault=fault, severity=severity)
        if is_minor_negligence(nature):
            found.add(0)
            continue
        young = 0 if is_light_for_a_minor(nature) else 1
        for age in ages:
            found |= {0} if age < 16 else {young} if age < 18 else of_age
    return found
