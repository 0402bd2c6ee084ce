"""A judgment of which something is unknown, at its best and at its worst: each day the earliest or the latest."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from cases.law.clock import UNSETTLED
from cases.law.days import ONE_DAY
from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    ConvictionFacts,
    DoneHow,
    ObligationFacts,
    ObligationState,
    OffenceFacts,
    PenaltyFacts,
    PenaltyKind,
)
from cases.law.waiting import RuleSet
from cases.lib.dates import add_months

LONG_AGO, FAR = date(1900, 1, 1), date(2200, 1, 1)  # only to compare with: before every act, after every wait
PRISON_TERMS = tuple(PenaltyFacts(PenaltyKind.PRISON, months) for months in (36, 60, 180, 360))
LIGHTEST = PenaltyFacts(PenaltyKind.WARNING)
FOREVER = AdditionalFacts(AdditionalKind.RESIDENCE_CONTROL, FAR)
MOST_TRIED_WHOLE = 3  # judgments with an unknown period: every further one would multiply the trials
OPEN, WAIVED = (ObligationFacts(state=state) for state in (ObligationState.OPEN, ObligationState.WAIVED))
Tried = tuple[ConvictionFacts, PenaltyFacts]  # a judgment and one of the main penalties it may have


class Extreme:
    """A judgment at one of its ends, nothing unknown but its penalty, and what other judgments' clocks see of it."""

    __slots__ = ("facts", "last_act", "seen", "unfilled")

    def __init__(self, unfilled: ConvictionFacts, facts: ConvictionFacts) -> None:
        acts = facts.acts()
        self.unfilled, self.facts, self.last_act = unfilled, facts, max(acts)
        self.seen = (facts.id, *acts, facts.main_done_on, facts.effective_on if facts.exempt else None)


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


def without_a_day(convictions: Sequence[ConvictionFacts]) -> frozenset[object]:
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


def at_an_end(conviction: ConvictionFacts, on: date, best: bool, end: date) -> ConvictionFacts:
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


def may_be_open(obligation: ObligationFacts) -> bool:
    """Say whether nobody knows that a part is settled; what has its day was settled on it, whatever is said beside."""
    return obligation.state in UNSETTLED or (obligation.state is None and obligation.done_on is None)


def _obligations(conviction: ConvictionFacts, on: date, best: bool) -> tuple[ObligationFacts, ...]:
    """What is open is settled on the day asked about at the earliest; what is done was done by then."""
    if conviction.obligations is None:
        return () if best else (OPEN,)
    found = []
    for each in conviction.obligations:
        if each.state is ObligationState.OPEN and best:
            each = ObligationFacts(each.kind, ObligationState.DONE, on)
        elif may_be_open(each):
            each = WAIVED if best else OPEN
        elif each.state is ObligationState.DONE:
            each = ObligationFacts(each.kind, each.state, each.done_on or (LONG_AGO if best else on))
        found.append(each)
    return tuple(found)
