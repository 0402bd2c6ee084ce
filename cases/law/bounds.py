"""Between which days the answer lies where something is unknown: the clock run on the best and on the worst facts.

Everything that only moves a day (when a penalty was done, what is paid) is given its most and its least favourable
value at once; the columns a judgment may fall under, and the periods of a penalty nobody knows, are tried one by one.
A column with fewer conditions never waits longer than one with more, in the Code and in every version entered so far.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from cases.law.chapters import COURT_CHAPTERS
from cases.law.clock import UNSETTLED, run
from cases.law.days import ONE_DAY
from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    CaseFacts,
    ConvictionFacts,
    DoneHow,
    Fault,
    ObligationFacts,
    ObligationState,
    OffenceClass,
    OffenceFacts,
    PenaltyFacts,
    PenaltyKind,
)
from cases.law.record import BY_COURT, BY_ITSELF, OF_A_MINOR, chapter_stated, is_light_for_a_minor, is_minor_negligence
from cases.law.versions import in_force
from cases.law.waiting import RuleSet, most_favourable
from cases.lib.dates import add_months, age_on
from cases.lib.optional import require

LONG_AGO, FAR = date(1900, 1, 1), date(2200, 1, 1)  # only to compare with: before every act, after every wait
AGES = (14, 16, 18)
RECORDS = (None, OF_A_MINOR, BY_ITSELF, BY_COURT)  # a judgment's place here is that of its gravest offence
PRISON_TERMS = tuple(PenaltyFacts(PenaltyKind.PRISON, months) for months in (36, 60, 180, 360))
LIGHTEST = PenaltyFacts(PenaltyKind.WARNING)
FOREVER = AdditionalFacts(AdditionalKind.RESIDENCE_CONTROL, FAR)
MOST_TRIED_WHOLE = 3  # judgments with an unknown period: every further one would multiply the trials
OPEN_STATES = frozenset(UNSETTLED)
OPEN, WAIVED = (ObligationFacts(state=state) for state in (ObligationState.OPEN, ObligationState.WAIVED))


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
Tried = tuple[ConvictionFacts, PenaltyFacts]  # a judgment and one of the main penalties it may have


class Filled:
    """A judgment with nothing unknown but its penalty, and what other judgments' clocks see of it."""

    __slots__ = ("facts", "last_act", "seen", "unfilled")

    def __init__(self, unfilled: ConvictionFacts, facts: ConvictionFacts) -> None:
        acts = facts.acts()
        self.unfilled, self.facts, self.last_act = unfilled, facts, max(acts)
        self.seen = (facts.id, *acts, facts.main_done_on, facts.effective_on if facts.exempt else None)


class Tries:
    """The clocks run for one person on one day, each once: what two answers to a question share is not run again."""

    def __init__(self, on: date, rule_sets: Sequence[RuleSet]) -> None:
        self.on, self.rule_sets, self.rules = on, rule_sets, in_force(rule_sets, on)
        self._filled: dict[tuple[object, ...], Filled] = {}
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
        latest = FAR if case.unreadable else self._latest(tried, [each[-1] for each in ranks], _unplaced(convictions))
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
            recorded = [(place, rank) for place, rank in enumerate(ranks) if rank]
            if any(self._is_open(filled[place].facts, rank) for place, rank in recorded):
                return FAR
            latest = max([latest, *[self._day(each, filled, place, rank, met_by) for place, rank in recorded]])
        return latest if latest > LONG_AGO else FAR

    def _is_open(self, facts: ConvictionFacts, rank: int) -> bool:
        """Say whether no day comes at all, without running the clock: a penalty not done, a part not settled."""
        if facts.court_decision_on:
            return False
        column = require(require(RECORDS[rank]).column)
        if facts.main_done_on == FAR:
            return True
        states = [each.state for each in facts.obligations or ()]
        waits = self.rules.condition(column, facts.main_done_how).obligations
        return waits and not OPEN_STATES.isdisjoint(states)

    def _fill(self, conviction: ConvictionFacts, penalty: PenaltyFacts, best: bool) -> Filled:
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
            self._filled[key] = Filled(conviction, _filled(conviction, self.on, best, end))
        return self._filled[key]

    def _day(
        self,
        tried: tuple[Tried, ...],
        filled: list[Filled],
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
    faults = [offence.fault] if offence.fault else [*Fault]
    classes = [offence.severity] if offence.severity else [OffenceClass.LESS_SERIOUS, OffenceClass.EXTREMELY_SERIOUS]
    if offence.fault and offence.severity and is_minor_negligence(offence):
        return {0}
    chapter = chapter_stated(offence)
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


def penalties_tried(convictions: Sequence[ConvictionFacts]) -> list[list[Tried]]:
    """Return of each judgment the ways its main penalty is tried; where many are unknown, the two ends alone."""
    tried = [_penalties(each) for each in convictions]
    many = sum(len(each) > 1 for each in tried) > MOST_TRIED_WHOLE
    return [
        _ends(conviction, penalties)
        if many and len(penalties) > 1
        else [(conviction, penalty) for penalty in penalties]
        for conviction, penalties in zip(convictions, tried, strict=True)
    ]


def _ends(conviction: ConvictionFacts, penalties: Sequence[PenaltyFacts]) -> list[Tried]:
    """Return the shortest and the longest; what an additional penalty may hold is held at best never, else forever."""
    if conviction.additional == ():
        return [(conviction, penalties[0]), (conviction, penalties[-1])]
    first, last = replace(conviction, additional=()), replace(conviction, additional=(FOREVER,))
    return [(first, penalties[0]), (last, PRISON_TERMS[0])]


def _penalties(conviction: ConvictionFacts) -> Sequence[PenaltyFacts]:
    """Return the main penalty, or one of each period and each limitation where nobody knows it."""
    penalty = conviction.main_penalty
    if conviction.exempt:
        return (penalty or LIGHTEST,)  # no clock of its own asks for it
    if penalty and penalty.kind:
        return PRISON_TERMS if penalty.kind is PenaltyKind.PRISON and not penalty.months else (penalty,)
    return (LIGHTEST, *PRISON_TERMS)


def _unplaced(convictions: Sequence[ConvictionFacts]) -> frozenset[object]:
    """Return the judgments of which an act has no day: at worst it met every other record."""
    return frozenset(
        each.id for each in convictions if not each.offences or any(offence.act_on is None for offence in each.offences)
    )


def _is_known(conviction: ConvictionFacts) -> bool:
    """Say whether nothing that moves a day is unknown."""
    if not conviction.effective_on or not (conviction.main_done_on or conviction.exempt):
        return False
    if conviction.obligations is None or conviction.additional is None or not conviction.offences:
        return False
    return (
        all(each.act_on for each in conviction.offences)
        and all(each.kind and each.done_on for each in conviction.additional)
        and all(each.done_on or each.state is ObligationState.WAIVED for each in conviction.obligations)
    )


def _filled(conviction: ConvictionFacts, on: date, best: bool, end: date) -> ConvictionFacts:
    """Return the judgment with everything that only moves a day at its best, or at its worst.

    `end`: when its main penalty was done, where nobody knows.
    """
    if _is_known(conviction):
        return conviction
    until = conviction.effective_on or conviction.main_done_on or on
    known = max(conviction.acts(), default=LONG_AGO)
    offences = conviction.offences or (OffenceFacts(),)
    if None in [each.act_on for each in offences]:
        act_on = LONG_AGO if best else until
        offences = tuple([each if each.act_on else replace(each, act_on=act_on) for each in offences])
    effective_on, done_on = conviction.effective_on, conviction.main_done_on
    if conviction.exempt:
        effective_on = effective_on or (known if best else FAR)
    else:
        done_on = done_on or end
        effective_on = effective_on or ((conviction.main_done_on or FAR) if best else known + ONE_DAY)
    return ConvictionFacts(
        conviction.id,
        offences,
        conviction.main_penalty,
        effective_on,
        done_on,
        conviction.main_done_how,
        _additional(conviction, best),
        _obligations(conviction, on, best),
        conviction.court_decision_on,
        conviction.court_rejected_on,
        conviction.exempt,
    )


def earliest_end(conviction: ConvictionFacts, penalty: PenaltyFacts | None, rules: RuleSet) -> date:
    """Return the first day a main penalty can be done, counted from an act where nobody knows since when it stands.

    A judgment lapses when its limitation is over (Điều 60 BLHS), the shortest one where its penalty is unknown.
    """
    since = conviction.effective_on or max(conviction.acts(), default=LONG_AGO)
    if conviction.main_done_how is not DoneHow.LIMITATION:
        return since
    return add_months(since, rules.limitation_months(penalty or LIGHTEST))


def _additional(conviction: ConvictionFacts, best: bool) -> tuple[AdditionalFacts, ...]:
    if conviction.additional is None:
        return () if best else (FOREVER,)
    if all(each.kind and each.done_on for each in conviction.additional):
        return conviction.additional
    return tuple(
        AdditionalFacts(each.kind or AdditionalKind.RESIDENCE_CONTROL, each.done_on or (LONG_AGO if best else FAR))
        for each in conviction.additional
    )


def _obligations(conviction: ConvictionFacts, on: date, best: bool) -> tuple[ObligationFacts, ...]:
    """What is open is settled on the day asked about at the earliest; what is done was done by then."""
    if conviction.obligations is None:
        return () if best else (OPEN,)
    found = []
    for each in conviction.obligations:
        if each.state is ObligationState.OPEN and best:
            each = ObligationFacts(each.kind, ObligationState.DONE, on)
        elif each.state in (None, ObligationState.UNKNOWN):
            each = WAIVED if best else OPEN
        elif each.state is ObligationState.DONE:
            each = ObligationFacts(each.kind, each.state, each.done_on or (LONG_AGO if best else on))
        found.append(each)
    return tuple(found)
