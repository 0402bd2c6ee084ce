"""The clean-record clock (xóa án tích, Điều 69 đến 73 and 107 BLHS): a case in, a verdict with its reasons out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cases.law import wording
from cases.law.bounds import NO_BOUNDS, Bounds, Tries
from cases.law.checking import place_of, problems_of_class, problems_of_offences, problems_of_penalty
from cases.law.clock import Clock, run
from cases.law.deciding import Decides, FoundAt, most_deciding
from cases.law.facts import CaseFacts, ConvictionFacts, Problem
from cases.law.recidivism import Hint, hint
from cases.law.record import BY_CLASS, Record, is_minor_negligence, of_conviction
from cases.law.verdict import ConvictionEligibility, Eligibility, Route, Status
from cases.law.versions import in_force
from cases.law.waiting import RULE_SETS, RuleSet, WaitColumn, most_favourable
from cases.lib.optional import require

OPEN_ENDED = frozenset({Status.INCOMPLETE, Status.RESET_PENDING, Status.WAIT_OBLIGATION, Status.NO_RECORD})


@dataclass(slots=True)
class Reading:
    """A case on its way to a verdict."""

    case: CaseFacts
    on: date
    rule_sets: Sequence[RuleSet]
    convictions: Sequence[ConvictionFacts]
    records: list[Record | None]
    clocks: list[Clock]
    problems: list[Problem]


def evaluate(case: CaseFacts, on: date, rule_sets: Sequence[RuleSet] = RULE_SETS) -> Eligibility:
    """Say how the record of one person stands on a day, by the rules in force on it.

    Each judgment is counted by the most favourable version in force since its act (Điều 7 BLHS). The day chooses the
    status; under the same versions the dates come from the facts alone.
    """
    reading = _read(case, on, rule_sets)
    problems = _once(reading.problems) if reading.problems else []
    return _verdict(reading, _status(reading, on), problems, in_force(rule_sets, on))


def status_and_day(case: CaseFacts, on: date, rule_sets: Sequence[RuleSet] = RULE_SETS) -> tuple[Status, date | None]:
    """Return the status and the day of `evaluate` alone: to count people by, without a word of why."""
    reading = _read(case, on, rule_sets)
    status = _status(reading, on)
    return status, _due_on(reading, status)


def statuses_and_days(
    cases: Mapping[date, CaseFacts], rule_sets: Sequence[RuleSet] = RULE_SETS
) -> dict[date, tuple[Status, date | None]]:
    """Return the `status_and_day` of one person on each of these days, by the case as it is told for the day.

    What stands in a case is read once for all days that have the very same one under the same version of the rules.
    """
    readings: dict[tuple[int, int], Reading] = {}
    found = {}
    for on, case in cases.items():
        key = id(case), id(in_force(rule_sets, on))
        if key not in readings:
            readings[key] = _read(case, on, rule_sets)
        status = _status(readings[key], on)
        found[on] = status, _due_on(readings[key], status)
    return found


def _read(case: CaseFacts, on: date, rule_sets: Sequence[RuleSet]) -> Reading:
    rules = in_force(rule_sets, on)
    convictions = sorted(case.convictions or (), key=_in_time)
    problems = [*problems_of_offences(convictions, case.born_on), *case.unreadable]
    records: list[Record | None] = [None if problems else of_conviction(each, case.born_on) for each in convictions]
    for each, record in zip(convictions, records, strict=True):
        if record and not BY_CLASS.isdisjoint(record.reasons):
            problems += problems_of_class(each)
    recorded = [(each, record) for each, record in zip(convictions, records, strict=True) if _counts(each, record)]
    for each, record in recorded:
        problems += problems_of_penalty(each, record.column if record else None, rules)
    if problems:
        return Reading(case, on, rule_sets, convictions, records, [], problems + _not_done(recorded, []))
    clocks = [_clock(each, require(record), convictions, on, rule_sets) for each, record in recorded]
    for clock in clocks:
        problems += clock.problems
    return Reading(case, on, rule_sets, convictions, records, clocks, problems + _not_done(recorded, clocks))


def _clock(
    conviction: ConvictionFacts,
    record: Record,
    others: Sequence[ConvictionFacts],
    on: date,
    rule_sets: Sequence[RuleSet],
) -> Clock:
    column, penalty = require(record.column), require(conviction.main_penalty)
    rules = most_favourable(rule_sets, column, penalty, max(conviction.acts()), on)
    # How a condition is read is no change of the law: the reading in force on the day holds for every judgment.
    condition = in_force(rule_sets, on).condition(column, conviction.main_done_how)
    return run(conviction, record, others, rules.wait(column, penalty), rules, condition)


def _once(problems: list[Problem]) -> list[Problem]:
    """Name each field once; what is wrong with a value says more than that it is missing."""
    wrong = {problem.field for problem in problems if problem.expected}
    told = {str(problem): problem for problem in problems if problem.expected or problem.field not in wrong}
    return list(told.values())


def _counts(conviction: ConvictionFacts, record: Record | None) -> bool:
    """Does the judgment run a clock, as far as anybody can tell?"""
    if record:
        return record.column is not None
    offences = conviction.offences or ()
    return not (conviction.exempt or (offences and all(map(is_minor_negligence, offences))))


def _in_time(conviction: ConvictionFacts) -> tuple[date | str, ...]:
    days = (min(conviction.acts(), default=None), conviction.effective_on, conviction.main_done_on)
    return (*(day or date.max for day in days), str(conviction.id))


def _not_done(recorded: list[tuple[ConvictionFacts, Record | None]], clocks: list[Clock]) -> list[Problem]:
    """A main penalty without an end; where it holds up an older record it is no gap but a sentence being served."""
    open_ended = [each for each, _ in recorded if each.main_done_on is None]
    serving = {id(each.conviction) for clock in clocks if clock.is_reset_pending() for each in clock.restarts}
    return [Problem(f"{place_of(each)}.main_done_on") for each in open_ended if id(each) not in serving]


def _status(reading: Reading, on: date) -> Status:
    clocks = reading.clocks
    if reading.problems:
        return Status.INCOMPLETE
    if not clocks:
        return Status.NO_RECORD
    if any(clock.is_reset_pending() for clock in clocks):
        return Status.RESET_PENDING
    if any(clock.is_waiting_for_obligation() for clock in clocks):
        return Status.WAIT_OBLIGATION
    undecided = [clock for clock in clocks if not _is_decided(clock, on)]
    if not undecided:
        return Status.EXPUNGED
    if _investigated(reading):
        return Status.HOLD
    if any(require(clock.counts_from()) > on for clock in undecided):
        return Status.RUNNING
    by_court = any(clock.record.column is WaitColumn.COURT for clock in undecided)
    return Status.MAY_APPLY if by_court else Status.ELIGIBLE_UNCONFIRMED


def _is_decided(clock: Clock, on: date) -> bool:
    decision = clock.conviction.court_decision_on
    return decision is not None and decision <= on


def _investigated(reading: Reading) -> date | None:
    """Return the first act under investigation that may have met a record still standing."""
    # Where nobody can tell whether the act came after the judgment, the case waits too.
    acts, clocks = reading.case.investigated_on, reading.clocks
    return min((day for day in acts if any(each.stands_on(day) is not False for each in clocks)), default=None)


def _due_on(reading: Reading, status: Status) -> date | None:
    return None if status in OPEN_ENDED else max(require(clock.counts_from()) for clock in reading.clocks)


def _verdict(reading: Reading, status: Status, problems: list[Problem], rules: RuleSet) -> Eligibility:
    clocks = {id(clock.conviction): clock for clock in reading.clocks}
    dated = not problems
    due_on = _due_on(reading, status)
    missing = tuple(_missing(reading, problems))
    bounds, decides = _alternatives(reading, status, due_on, problems, missing)
    columns = [record.column for record in reading.records if record and record.column]
    return Eligibility(
        id=reading.case.id,
        status=status,
        due_on=due_on,
        route=_route(WaitColumn.COURT if WaitColumn.COURT in columns else next(iter(columns), None)),
        convictions=tuple(
            _conviction(each, record, clocks.get(id(each)), dated)
            for each, record in zip(reading.convictions, reading.records, strict=True)
        ),
        recidivism_hint=hint(reading.clocks, reading.case.born_on) if dated else Hint.NONE,
        steps=tuple(_steps(reading, status, problems, rules)),
        missing=missing,
        special_on=None if status in OPEN_ENDED else max(require(clock.special_on) for clock in reading.clocks),
        rules=_deciding(reading, rules).code if dated else rules.code,
        bounds=bounds,
        decides=decides,
    )


def _alternatives(
    reading: Reading, status: Status, due_on: date | None, problems: list[Problem], missing: Sequence[str]
) -> tuple[Bounds, Decides | None]:
    """Where the answer can lie, and the one fact to ask for; facts that contradict each other bound nothing."""
    if due_on:
        # What the court has decided may have cleared by itself before, if nobody knows whether a part was settled.
        first = Tries(reading.on, reading.rule_sets).bounds_of(reading.case).earliest if missing else None
        # An act under investigation may end in a judgment that starts the period anew (Điều 73 khoản 2).
        return Bounds(min(first or due_on, due_on), None if status is Status.HOLD else due_on), None
    if status is Status.NO_RECORD:
        return Bounds(no_record=True), None
    if wrong := next((problem for problem in problems if problem.expected), None):
        return NO_BOUNDS, Decides(wrong.field, FoundAt.JUDGMENT, wording.of_problem(wrong))
    case, on, rule_sets = reading.case, reading.on, reading.rule_sets
    tries = Tries(on, rule_sets)
    bounds = tries.bounds_of(case)
    if status is Status.INCOMPLETE and bounds.latest == bounds.earliest:
        # A fact the day does not hang on is still to be found: one day alone would be read as the answer.
        bounds = replace(bounds, latest=None)
    unread = next((str(problem) for problem in case.unreadable), missing[0] if missing else "")
    found = None if case.unreadable else most_deciding(case, missing, on, rule_sets, tries)
    field, where = (found.field, found.where) if found else (unread, FoundAt.JUDGMENT)
    return bounds, Decides(field, where, wording.of_problem(Problem(field))) if field else None


def _deciding(reading: Reading, rules: RuleSet) -> RuleSet:
    """The version behind the latest day, no day being the latest of all; the one in force where no clock runs."""
    latest = max(reading.clocks, key=lambda clock: clock.counts_from() or date.max, default=None)
    return latest.rules if latest else rules


def _route(column: WaitColumn | None) -> Route | None:
    if column is None:
        return None
    return Route.COURT if column is WaitColumn.COURT else Route.AUTOMATIC


def _conviction(
    conviction: ConvictionFacts, record: Record | None, clock: Clock | None, dated: bool
) -> ConvictionEligibility:
    if clock is None or record is None:
        basis = record.legal_basis if record else None
        column = record.column if record else None
        waits = record is None or column is not None  # what leaves no record waits for nothing
        return ConvictionEligibility(conviction.id, None, None, _route(column), basis, waits)
    due_on = clock.counts_from() if dated else None
    return ConvictionEligibility(
        conviction.id,
        due_on,
        clock.wait.months,
        _route(record.column),
        clock.wait.legal_basis,
        clock.condition.obligations,
    )


def _steps(reading: Reading, status: Status, problems: list[Problem], rules: RuleSet) -> list[str]:
    steps = [wording.of_problem(problem) for problem in problems]
    if not problems:
        without = zip(reading.convictions, reading.records, strict=True)
        steps += [wording.of_no_record(each, record) for each, record in without if record and record.column is None]
        for clock in reading.clocks:
            steps += wording.of_clock(clock)
        steps += wording.of_general_penalty(reading.clocks)
    if status is Status.HOLD:
        steps.append(wording.of_investigation(require(_investigated(reading))))
    used = {clock.rules.code: clock.rules for clock in reading.clocks} if not problems else {}
    return [*steps, *map(wording.of_rules, used.values() or [rules])]


def _missing(reading: Reading, problems: list[Problem]) -> list[str]:
    missing = [str(problem) for problem in problems]
    for clock in reading.clocks:
        missing += wording.unsettled_fields(clock)
        missing += [f"{place_of(each.conviction)}.{each.waits_for}" for each in clock.restarts if not each.restart_on]
    return list(dict.fromkeys(missing))
