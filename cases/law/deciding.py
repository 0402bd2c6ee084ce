"""The one unknown fact whose answer narrows the answer most, where it is found, and what each answer leads to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import inf
from typing import Any

from cases.law.bounds import Bounds, Tries
from cases.law.checking import AGE_OF_RESPONSIBILITY, place_of
from cases.law.days import ONE_DAY, day_text
from cases.law.extremes import LONG_AGO, OPEN, WAIVED, earliest_end, may_be_open
from cases.law.facts import (
    AdditionalFacts,
    AdditionalKind,
    CaseFacts,
    ConvictionFacts,
    Fault,
    ObligationState,
    OffenceClass,
    OffenceFacts,
    PenaltyFacts,
    PenaltyKind,
)
from cases.law.versions import in_force
from cases.law.waiting import RULE_SETS, RuleSet
from cases.lib.dates import add_months

YEARS_OF_A_PENALTY = 5  # Điều 41 to 44: additional penalties of one to five years


class FoundAt(StrEnum):
    """Where a fact is found."""

    PRISON_NOTICE = "prison_notice"
    JUDGMENT = "judgment"
    ENFORCEMENT_OFFICE = "enforcement_office"
    EXECUTION_BODY = "execution_body"
    IDENTITY_PAPERS = "identity_papers"


@dataclass(frozen=True, slots=True)
class Decides:
    """`field` as in the verdict's `missing`, `text` the sentence that asks for it."""

    field: str
    where: FoundAt
    text: str

    def as_json(self) -> dict:
        return {"field": self.field, "where": self.where, "text": self.text}


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact nobody knows, and its answers: each in words, with the case as it is then known."""

    field: str
    where: FoundAt
    answers: tuple[tuple[str, Callable[[], CaseFacts]], ...]


def most_deciding(
    case: CaseFacts, fields: Sequence[str], on: date, rule_sets: Sequence[RuleSet], tries: Tries | None = None
) -> UnknownFact | None:
    """Return the fact of these fields whose answers leave the narrowest bounds on the mean; the first of equal ones.

    None where none of the fields is a fact that has answers: a judgment that is not on file. `tries`: what the case
    itself was tried with.
    """
    if not fields:
        return None
    found = [each for each in unknown_facts(case, on, rule_sets) if each.field in fields]
    if len(found) < 2:
        return found[0] if found else None
    found.sort(key=lambda each: fields.index(each.field))
    tries = tries or Tries(on, rule_sets)
    narrowest, least = found[0], inf
    for each in found:
        mean = mean_width(each, tries, least)
        if mean < least:
            narrowest, least = each, mean
    return narrowest


def mean_width(unknown: UnknownFact, tries: Tries, least: float = inf) -> float:
    """Return the mean of the days left open by each answer; told no further once it cannot be below `least`."""
    width, answers = 0, len(unknown.answers)
    for _words, answered in unknown.answers:
        width += tries.bounds_of(answered()).width
        if width / answers >= least:
            break
    return width / answers


def alternatives(unknown: UnknownFact, on: date, rule_sets: Sequence[RuleSet]) -> list[tuple[str, Bounds]]:
    """Return each answer in words with the bounds it leaves."""
    tries = Tries(on, rule_sets)
    return [(words, tries.bounds_of(answered())) for words, answered in unknown.answers]


def unknown_facts(case: CaseFacts, on: date, rule_sets: Sequence[RuleSet] = RULE_SETS) -> Iterator[UnknownFact]:
    """Yield every fact of a case that is not known, whether or not the answer hangs on it."""
    convictions = case.convictions or ()
    if case.born_on is None:
        yield _birth(case, on)
    for number, conviction in enumerate(convictions):

        def put(changed: ConvictionFacts, number: int = number) -> CaseFacts:
            return replace(case, convictions=(*convictions[:number], changed, *convictions[number + 1 :]))

        yield from _of_conviction(conviction, case.born_on, put, on, rule_sets)


def _birth(case: CaseFacts, on: date) -> UnknownFact:
    acts = [act for each in case.convictions or () for act in each.acts()]
    since = min(acts, default=on)
    ages = ((15, "dưới 16 tuổi khi phạm tội"), (17, "từ đủ 16 đến dưới 18 tuổi khi phạm tội"), (30, "từ đủ 18 tuổi"))
    told = tuple((words, _born(case, add_months(since, -12 * age))) for age, words in ages)
    return UnknownFact("born_on", FoundAt.IDENTITY_PAPERS, told)


def _born(case: CaseFacts, day: date) -> Callable[[], CaseFacts]:
    return lambda: replace(case, born_on=day)


Put = Callable[[ConvictionFacts], CaseFacts]


def _of_conviction(
    conviction: ConvictionFacts, born_on: date | None, put: Put, on: date, rule_sets: Sequence[RuleSet]
) -> Iterator[UnknownFact]:
    def answers(name: str, where: FoundAt, *values: tuple[str, Any]) -> UnknownFact:
        told = tuple((words, _answered(conviction, put, {name: value})) for words, value in values)
        return UnknownFact(f"{place_of(conviction)}.{name}", where, told)

    known = max(conviction.acts(), default=LONG_AGO)
    until = conviction.effective_on or conviction.main_done_on or on
    if not conviction.offences:
        yield answers("offences", FoundAt.JUDGMENT, *((words, (each,)) for words, each in OFFENCES))
    yield from _of_offences(conviction, born_on, put, until)
    penalty = conviction.main_penalty
    if penalty is None:
        yield answers("main_penalty", FoundAt.JUDGMENT, *PENALTIES)
    elif penalty.kind is None or (penalty.kind is PenaltyKind.PRISON and penalty.months is None):
        field = "kind" if penalty.kind is None else "months"
        told = answers("main_penalty", FoundAt.JUDGMENT, *(PENALTIES if penalty.kind is None else PENALTIES[1:]))
        yield replace(told, field=f"{told.field}.{field}")
    if conviction.main_done_on is None:
        placed = conviction.effective_on or known > LONG_AGO
        early = earliest_end(conviction, conviction.main_penalty, in_force(rule_sets, on)) if placed else on
        late = max(early, on)
        days = dict.fromkeys([early, late])
        yield answers("main_done_on", FoundAt.PRISON_NOTICE, *((f"xong ngày {day_text(day)}", day) for day in days))
    if conviction.effective_on is None:
        days = dict.fromkeys([known + ONE_DAY, conviction.main_done_on or on])
        yield answers("effective_on", FoundAt.JUDGMENT, *((f"có hiệu lực ngày {day_text(day)}", day) for day in days))
    yield from _of_additional(conviction, put, answers, on)
    yield from _of_obligations(conviction, put, answers, on)


def _answered(conviction: ConvictionFacts, put: Put, known: dict[str, Any]) -> Callable[[], CaseFacts]:
    return lambda: put(replace(conviction, **known))


Answers = Callable[..., UnknownFact]
OFFENCES = (
    ("lỗi vô ý, tội ít nghiêm trọng", OffenceFacts(260, 1, None, Fault.NEGLIGENT, OffenceClass.LESS_SERIOUS)),
    ("lỗi cố ý, tội khác", OffenceFacts(173, 1, None, Fault.DELIBERATE, OffenceClass.EXTREMELY_SERIOUS)),
    ("tội thuộc Chương XIII, XXVI", OffenceFacts(109, 1, None, Fault.DELIBERATE, OffenceClass.EXTREMELY_SERIOUS)),
)
PENALTIES = (
    ("không phải phạt tù, hoặc án treo", PenaltyFacts(PenaltyKind.NON_CUSTODIAL)),
    ("tù đến 05 năm", PenaltyFacts(PenaltyKind.PRISON, 60)),
    ("tù trên 05 năm đến 15 năm", PenaltyFacts(PenaltyKind.PRISON, 180)),
    ("tù trên 15 năm", PenaltyFacts(PenaltyKind.PRISON, 360)),
)
FAULTS = (("lỗi cố ý", Fault.DELIBERATE), ("lỗi vô ý", Fault.NEGLIGENT))
CLASSES = (
    ("tội ít nghiêm trọng, nghiêm trọng", OffenceClass.LESS_SERIOUS),
    ("tội rất nghiêm trọng, đặc biệt nghiêm trọng", OffenceClass.EXTREMELY_SERIOUS),
)
ARTICLES = (("tội ngoài Chương XIII, XXVI", 173), ("tội thuộc Chương XIII, XXVI", 109))


def _of_offences(conviction: ConvictionFacts, born_on: date | None, put: Put, until: date) -> Iterator[UnknownFact]:
    offences, early = conviction.offences or (), add_months(until, -120)
    if born_on:
        early = min(max(early, add_months(born_on, 12 * AGE_OF_RESPONSIBILITY)), until)
    days = [(f"phạm tội ngày {day_text(day)}", day) for day in dict.fromkeys([early, until])]
    for number, offence in enumerate(offences):
        unknown: dict[str, Sequence[tuple[str, Any]]] = {
            "fault": FAULTS,
            "severity": CLASSES,
            "article": ARTICLES,
            "act_on": days,
        }
        if offence.chapter:
            del unknown["article"]
        for name, values in unknown.items():
            if getattr(offence, name) is None:
                told = []
                for words, value in values:
                    known: dict[str, Any] = {name: value}
                    changed = (*offences[:number], replace(offence, **known), *offences[number + 1 :])
                    told.append((words, _answered(conviction, put, {"offences": changed})))
                yield UnknownFact(f"{place_of(conviction)}.offences[{number}].{name}", FoundAt.JUDGMENT, tuple(told))


def _of_additional(conviction: ConvictionFacts, put: Put, answers: Answers, on: date) -> Iterator[UnknownFact]:
    since = conviction.main_done_on or conviction.effective_on or on
    longest = add_months(since, 12 * YEARS_OF_A_PENALTY)
    if conviction.additional is None:
        control = AdditionalFacts(AdditionalKind.RESIDENCE_CONTROL, longest)
        yield answers("additional", FoundAt.JUDGMENT, ("không có", ()), (f"có, đến {day_text(longest)}", (control,)))
    for number, each in enumerate(conviction.additional or ()):
        choices: dict[str, tuple[FoundAt, list[Any]]] = {}
        if each.done_on is None:
            choices["done_on"] = (
                FoundAt.EXECUTION_BODY,
                [(f"xong ngày {day_text(day)}", day) for day in (since, longest)],
            )
        if each.kind is None:
            kinds = [("quản chế", AdditionalKind.RESIDENCE_CONTROL), ("cấm hành nghề", AdditionalKind.POST_BAN)]
            choices["kind"] = FoundAt.JUDGMENT, kinds
        yield from _of_row(conviction, put, "additional", number, choices)


def _of_obligations(conviction: ConvictionFacts, put: Put, answers: Answers, on: date) -> Iterator[UnknownFact]:
    if conviction.obligations is None:
        yield answers(
            "obligations", FoundAt.ENFORCEMENT_OFFICE, ("không có, hoặc đã xong", ()), ("chưa thi hành xong", (OPEN,))
        )
    for number, each in enumerate(conviction.obligations or ()):
        choices: dict[str, tuple[FoundAt, list[Any]]] = {}
        if each.state in (None, ObligationState.UNKNOWN):
            states = [("đã xong hoặc được miễn", WAIVED.state)]
            if may_be_open(each):
                states.append(("chưa thi hành xong", OPEN.state))
            choices["state"] = FoundAt.ENFORCEMENT_OFFICE, states
        elif each.state is ObligationState.DONE and each.done_on is None:
            early = conviction.effective_on or max(conviction.acts(), default=on)
            choices["done_on"] = (
                FoundAt.ENFORCEMENT_OFFICE,
                [(f"xong ngày {day_text(day)}", day) for day in (early, on)],
            )
        yield from _of_row(conviction, put, "obligations", number, choices)


def _of_row(
    conviction: ConvictionFacts, put: Put, part: str, number: int, choices: dict[str, tuple[FoundAt, list[Any]]]
) -> Iterator[UnknownFact]:
    rows = getattr(conviction, part)
    for name, (where, values) in choices.items():
        told = []
        for words, value in values:
            changed = (*rows[:number], replace(rows[number], **{name: value}), *rows[number + 1 :])
            told.append((words, _answered(conviction, put, {part: changed})))
        yield UnknownFact(f"{place_of(conviction)}.{part}[{number}].{name}", where, tuple(told))
