"""The clock of one judgment that leaves a record: from the penalty done, over restarts, to the first clean day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cases.law.checking import place_of
from cases.law.days import ONE_DAY, day_after_months, day_text
from cases.law.facts import (
    AdditionalFacts,
    ConvictionFacts,
    ObligationFacts,
    ObligationState,
    OffenceFacts,
    Problem,
)
from cases.law.record import Record
from cases.law.waiting import Requirement, RuleSet, Wait, WaitColumn
from cases.lib.dates import add_months
from cases.lib.optional import require

NEVER = date.max  # only to compare with
UNSETTLED = (ObligationState.OPEN, ObligationState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Restart:
    """Điều 73 khoản 2: offences of a later judgment, done while this record stood."""

    conviction: ConvictionFacts
    offences: tuple[OffenceFacts, ...]
    restart_on: date | None

    @property
    def waits_for(self) -> str:
        """The field of the later judgment that tells `restart_on`."""
        return "effective_on" if self.conviction.exempt else "main_done_on"


@dataclass(slots=True)
class Clock:
    """`due_on` is the first clean day, in the court's column the first day to apply; None as long as nobody can say."""

    conviction: ConvictionFacts
    record: Record
    wait: Wait
    rules: RuleSet
    condition: Requirement
    start_on: date | None
    restarts: list[Restart] = field(default_factory=list)
    ends_on: date | None = None
    held_by: tuple[AdditionalFacts, ...] = ()
    due_on: date | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def special_on(self) -> date | None:
        """The first day the court may decide early, after a third of the period (Điều 72)."""
        return day_after_months(self.start_on, self.wait.months // self.rules.special_share) if self.start_on else None

    def unsettled(self) -> list[ObligationFacts]:
        """Return the other parts of the judgment that are not known to be done, where the record waits for them."""
        if not self.condition.obligations:
            return []
        return [each for each in self.conviction.obligations or () if each.state in UNSETTLED]

    def settled_on(self) -> date | None:
        """Return the last day on which a part the record waits for was settled; a waiver without a day never counts."""
        if not self.condition.obligations:
            return None
        return max([each.done_on for each in self.conviction.obligations or () if each.done_on], default=None)

    def served_on(self) -> date | None:
        """Return the last day of the additional penalties, where all of them must be served whatever their length."""
        if not self.condition.additional:
            return None
        return max([require(each.done_on) for each in self.conviction.additional or ()], default=None)

    def is_waiting_for_obligation(self) -> bool:
        return bool(self.unsettled()) and self.conviction.court_decision_on is None

    def is_reset_pending(self) -> bool:
        return self.start_on is None and self.conviction.main_done_on is not None

    def clean_on(self) -> date | None:
        """Return the first day without this record; in the court's column that is the decision."""
        decision = self.conviction.court_decision_on
        if self.record.column is WaitColumn.COURT or self.due_on is None:
            return decision
        return min(self.due_on, decision) if decision else self.due_on

    def counts_from(self) -> date | None:
        """Return the first clean day, or the first day to apply; None as long as nobody can say."""
        return self.clean_on() or self.due_on

    def stands_on(self, act_on: date) -> bool | None:
        """Say whether an act fell while this record stood; None where `effective_on` is needed to tell."""
        if act_on >= (self.clean_on() or NEVER):
            return False
        if self.conviction.effective_on:
            return act_on >= self.conviction.effective_on
        if self.conviction.main_done_on and act_on >= self.conviction.main_done_on:
            return True
        return False if act_on <= max(self.conviction.acts()) else None


def run(
    conviction: ConvictionFacts,
    record: Record,
    others: Sequence[ConvictionFacts],
    wait: Wait,
    rules: RuleSet,
    condition: Requirement,
    met_by: frozenset[object] = frozenset(),
) -> Clock:
    """Return the clock of a judgment, restarted by every later act that met it unexpunged.

    `met_by`: the ids of judgments that are taken to have met it, whatever the days say.
    """
    clock = Clock(conviction, record, wait, rules, condition, conviction.main_done_on)
    remaining = [other for other in others if other is not conviction]
    _settle(clock)
    if met_by:
        forced = [each for each in remaining if each.id in met_by]
        clock.start_on = max(
            [require(clock.start_on), *(require(each.main_done_on or each.effective_on) for each in forced)]
        )
        remaining = [each for each in remaining if each.id not in met_by]
        _settle(clock)
    while remaining and (met := [restart for other in remaining if (restart := _meeting(clock, other))]):
        clock.restarts += met
        remaining = [other for other in remaining if all(other is not each.conviction for each in met)]
        days = [clock.start_on, *(each.restart_on for each in met)]
        known = [day for day in days if day is not None]
        clock.start_on = max(known) if len(known) == len(days) else None
        _settle(clock)
    if conviction.court_decision_on:
        _check_decision(clock, conviction.court_decision_on)
    return clock


def _meeting(clock: Clock, other: ConvictionFacts) -> Restart | None:
    met = []
    for offence in require(other.offences):
        stands = clock.stands_on(require(offence.act_on))
        if stands:
            met.append(offence)
        elif stands is None:
            clock.problems.append(Problem(f"{place_of(clock.conviction)}.effective_on"))
    if not met:
        return None
    # No penalty, no day it was done: the new judgment itself is then the last day the old period can wait for.
    restart_on = other.main_done_on or (other.effective_on if other.exempt else None)
    return Restart(other, tuple(met), restart_on)


def _settle(clock: Clock) -> None:
    """Fill in what follows from the start: end of the period, holds, first clean day."""
    if clock.start_on is None:
        clock.ends_on = clock.due_on = None
        return
    clock.ends_on = add_months(clock.start_on, clock.wait.months)
    if clock.conviction.additional:
        _hold_for_additional(clock, clock.ends_on, clock.conviction.additional)
    clock.due_on = None if clock.unsettled() else _first_day(clock)


def _hold_for_additional(clock: Clock, ends_on: date, additional: Sequence[AdditionalFacts]) -> None:
    """The period does not end before the additional penalties that may outlast it."""
    clock.held_by = ()
    if extension := clock.rules.extension(clock.wait):
        longer = [each for each in additional if require(each.done_on) > ends_on]
        clock.held_by = tuple([each for each in longer if each.kind in extension.kinds])
        if clock.held_by:
            clock.ends_on = max([require(each.done_on) for each in clock.held_by])


def _first_day(clock: Clock) -> date:
    """The day after the period and what else must be done, or later: the last settlement, a new application."""
    day, served_on = require(clock.ends_on), clock.served_on()
    day = (max(day, served_on) if served_on else day) + ONE_DAY
    if settled_on := clock.settled_on():
        day = max(day, settled_on)
    if clock.record.column is WaitColumn.COURT and clock.conviction.court_rejected_on:
        day = max(day, require(clock.rules.next_application(clock.conviction.court_rejected_on)))
    return day


def _check_decision(clock: Clock, decision: date) -> None:
    """A decision before a third of the period (Điều 72), or with a new sentence open, contradicts the rest."""
    place = f"{place_of(clock.conviction)}.court_decision_on"
    if clock.is_reset_pending():
        clock.problems.append(Problem(place, decision, "bản án mới chưa chấp hành xong (Điều 73 khoản 2 BLHS)"))
    elif clock.special_on and decision < clock.special_on:
        expected = f"không được trước {day_text(clock.special_on)}, một phần ba thời hạn (Điều 72 BLHS)"
        clock.problems.append(Problem(place, decision, expected))
