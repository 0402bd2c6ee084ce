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
from cases.law.clock import run
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
FOREVER = AdditionalFacts(AdditionalKind.RESIDENCE_CONTROL, FAR)
MOST_TRIED_WHOLE = 3  # judgments with an unknown period: every further one would multiply the trials
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


def bounds_of(case: CaseFacts, on: date, rule_sets: Sequence[RuleSet]) -> Bounds:
    """Return between which days the answer for a case without contradictions lies, as far as is known on `on`."""
    convictions = case.convictions or ()
    if not convictions:
        return NO_BOUNDS
    ranks = [sorted(_ranks(each, case.born_on, on)) for each in convictions]
    highest = [each[-1] for each in ranks]
    unplaced = _unplaced(convictions)
    first: list[date] = []
    last: list[date] = []
    for known in product(*penalties_tried(convictions)):
        if all(map(_is_known, known)):
            best = worst = list(known)
        else:
            best, worst = ([_filled(each, on, rule_sets, end) for each in known] for end in (True, False))
        first += [_answer(best, chosen, on, rule_sets) for chosen in _lowest(ranks)]
        if best is worst and all(len(each) == 1 for each in ranks):
            last += first[-1:]
        elif any(highest):
            last.append(_answer(worst, highest, on, rule_sets, unplaced))
    latest = max(last, default=FAR)
    no_record = not any(each[0] for each in ranks)
    if case.unreadable and no_record:
        return NO_BOUNDS  # the judgment that is not on file may leave a record of its own
    return Bounds(min(first, default=None), None if case.unreadable or latest >= FAR else latest, no_record)


def _lowest(ranks: list[list[int]]) -> Iterator[list[int]]:
    """Yield the choices of columns that can give the earliest day: where all may leave no record, each one alone."""
    if any(each[0] for each in ranks):
        yield [each[0] for each in ranks]
        return
    for number, each in enumerate(ranks):
        if dated := [rank for rank in each if rank]:
            yield [dated[0] if place == number else 0 for place in range(len(ranks))]


def _ranks(conviction: ConvictionFacts, born_on: date | None, on: date) -> set[int]:
    """Return the places in RECORDS a judgment may have."""
    if conviction.exempt:
        return {0}
    if not conviction.offences:
        return set(range(len(RECORDS)))
    until = conviction.effective_on or conviction.main_done_on or on
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


def penalties_tried(convictions: Sequence[ConvictionFacts]) -> list[list[ConvictionFacts]]:
    """Return of each judgment the ways its main penalty is tried; where many are unknown, the two ends alone."""
    tried = [_of_each_penalty(each) for each in convictions]
    many = sum(len(each) > 1 for each in tried) > MOST_TRIED_WHOLE
    return [_ends(each) if many and len(each) > 1 else each for each in tried]


def _ends(tried: list[ConvictionFacts]) -> list[ConvictionFacts]:
    """Return the shortest and the longest; what an additional penalty may hold is held at best never, else forever."""
    first, last = tried[0], tried[-1]
    if first.additional == ():
        return [first, last]
    return [replace(first, additional=()), replace(last, main_penalty=PRISON_TERMS[0], additional=(FOREVER,))]


def _of_each_penalty(conviction: ConvictionFacts) -> list[ConvictionFacts]:
    """Return the judgment, or one with a main penalty of each period and each limitation where nobody knows it."""
    penalty = conviction.main_penalty
    if conviction.exempt or (penalty and penalty.kind and (penalty.kind is not PenaltyKind.PRISON or penalty.months)):
        return [conviction]
    tried = PRISON_TERMS if penalty and penalty.kind else (PenaltyFacts(PenaltyKind.WARNING), *PRISON_TERMS)
    return [replace(conviction, main_penalty=each) for each in tried]


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


def _filled(conviction: ConvictionFacts, on: date, rule_sets: Sequence[RuleSet], best: bool) -> ConvictionFacts:
    """Return the judgment with everything that only moves a day at its best, or at its worst."""
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
        done_on = done_on or (earliest_end(conviction, known, rule_sets, on) if best else FAR)
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


def earliest_end(conviction: ConvictionFacts, known: date, rule_sets: Sequence[RuleSet], on: date) -> date:
    """Return the first day a main penalty can be done, `known` being a day before its judgment took effect.

    A judgment lapses when its limitation is over (Điều 60 BLHS), the shortest one where its penalty is unknown.
    """
    since = conviction.effective_on or known
    if conviction.main_done_how is not DoneHow.LIMITATION:
        return since
    penalty = conviction.main_penalty or PenaltyFacts(PenaltyKind.WARNING)
    return add_months(since, in_force(rule_sets, on).limitation_months(penalty))


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
            each = replace(each, state=ObligationState.DONE, done_on=on)
        elif each.state in (None, ObligationState.UNKNOWN):
            each = WAIVED if best else OPEN
        elif each.state is ObligationState.DONE:
            each = replace(each, done_on=each.done_on or (LONG_AGO if best else on))
        found.append(each)
    return tuple(found)


def _answer(
    convictions: list[ConvictionFacts],
    ranks: list[int],
    on: date,
    rule_sets: Sequence[RuleSet],
    met_by: frozenset[object] = frozenset(),
) -> date:
    """Return the day the clocks of these judgments give together; FAR where one of them gives none."""
    days = []
    rules = in_force(rule_sets, on)
    for conviction, rank in zip(convictions, ranks, strict=True):
        if record := RECORDS[rank]:
            column, penalty = require(record.column), require(conviction.main_penalty)
            version = most_favourable(rule_sets, column, penalty, max(conviction.acts()), on)
            requirement = rules.condition(column, conviction.main_done_how)
            clock = run(conviction, record, convictions, version, requirement, met_by)
            days.append(clock.counts_from() or FAR)
    return max(days)
