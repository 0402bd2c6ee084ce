"""What is missing from a case, and what in it cannot be true: no verdict with a date is built on either."""

from collections.abc import Iterator, Sequence
from datetime import date

from cases.law.chapters import COURT_CHAPTERS, chapter_of
from cases.law.days import age_on, written
from cases.law.facts import (
    ConvictionFacts,
    ObligationFacts,
    ObligationState,
    OffenceFacts,
    PenaltyKind,
    Problem,
)
from cases.law.record import chapter_stated, is_minor_negligence
from cases.law.waiting import Column, RuleSet

AGE_OF_RESPONSIBILITY = 14  # Điều 12 khoản 2 BLHS


def place_of(conviction: ConvictionFacts) -> str:
    return f"convictions[{conviction.id}]"


def problems_of_offences(convictions: Sequence[ConvictionFacts], born_on: date | None) -> Iterator[Problem]:
    """Yield what stands in the way of telling whether each judgment leaves a record, and when its acts were done."""
    if not convictions:
        yield Problem("convictions")
        return
    alone = len(convictions) == 1
    names = [] if alone else [str(each.id) for each in convictions]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Problem(f"convictions[{name}].id", name, "mỗi bản án một mã riêng")
    for conviction in convictions:
        yield from _order_of_days(conviction)
        if not (conviction.exempt and alone):
            yield from _offences(conviction, born_on, alone)


def _offences(conviction: ConvictionFacts, born_on: date | None, alone: bool) -> Iterator[Problem]:
    if not conviction.offences:
        yield Problem(f"{place_of(conviction)}.offences")
    for number, offence in enumerate(conviction.offences or ()):
        place = f"{place_of(conviction)}.offences[{number}]"
        if offence.act_on is None and not (alone and is_minor_negligence(offence)):
            yield Problem(f"{place}.act_on")
        if not (conviction.exempt or is_minor_negligence(offence)):
            yield from _nature(place, offence)
            yield from _age(place, offence, born_on)


def _nature(place: str, offence: OffenceFacts) -> Iterator[Problem]:
    if offence.fault is None:
        yield Problem(f"{place}.fault")
    if offence.severity is None:
        yield Problem(f"{place}.severity")
    if offence.article is None and not offence.chapter:
        yield Problem(f"{place}.article")
        return
    chapter = chapter_stated(offence)
    if chapter is None and offence.chapter:
        yield Problem(f"{place}.chapter", offence.chapter, "cần một chương từ XIII đến XXVI của BLHS 2015")
    elif chapter is None:
        yield Problem(
            f"{place}.article", offence.article, "cần điều luật từ 108 đến 425 của BLHS 2015, hoặc ghi chương"
        )
    elif chapter not in COURT_CHAPTERS and offence.article and chapter_of(offence.article) in COURT_CHAPTERS:
        # The other way round is let through: the court's route is the longer one and never ends by itself.
        expected = f"Điều {offence.article} BLHS 2015 thuộc Chương {chapter_of(offence.article)}"
        yield Problem(f"{place}.chapter", offence.chapter, expected)


def _age(place: str, offence: OffenceFacts, born_on: date | None) -> Iterator[Problem]:
    if born_on is None:
        yield Problem("born_on")
    elif offence.act_on and age_on(born_on, offence.act_on) < AGE_OF_RESPONSIBILITY:
        expected = f"cần ngày người sinh {written(born_on)} đã đủ {AGE_OF_RESPONSIBILITY} tuổi"
        yield Problem(f"{place}.act_on", offence.act_on, expected)


def _order_of_days(conviction: ConvictionFacts) -> Iterator[Problem]:
    """The act, then the judgment in force, then the penalty done, then the court's word on the record."""
    acts = conviction.acts()
    floor_name, floor = "act_on", max(acts) if acts else None
    for name in ("effective_on", "main_done_on", "court_decision_on"):
        day = getattr(conviction, name)
        if day and floor and day < floor:
            expected = f"không được trước {floor_name} {written(floor)}"
            yield Problem(f"{place_of(conviction)}.{name}", day, expected)
        if day:
            floor_name, floor = name, day
    for name in ("obligations", "additional"):
        for number, row in enumerate(getattr(conviction, name) or ()):
            if row.done_on and acts and row.done_on < min(acts):
                place = f"{place_of(conviction)}.{name}[{number}].done_on"
                yield Problem(place, row.done_on, f"không được trước ngày phạm tội {written(min(acts))}")


def problems_of_penalty(conviction: ConvictionFacts, column: Column | None, rules: RuleSet) -> Iterator[Problem]:
    """Yield what stands in the way of a date for a judgment with a record; when it was done is asked apart."""
    yield from _main_penalty(conviction, column, rules)
    if conviction.additional is None:
        yield Problem(f"{place_of(conviction)}.additional")
    for number, penalty in enumerate(conviction.additional or ()):
        place = f"{place_of(conviction)}.additional[{number}]"
        yield from (Problem(f"{place}.{name}") for name in ("kind", "done_on") if getattr(penalty, name) is None)
    if conviction.obligations is None:
        yield Problem(f"{place_of(conviction)}.obligations")
    for number, obligation in enumerate(conviction.obligations or ()):
        yield from _obligation(f"{place_of(conviction)}.obligations[{number}]", obligation)


def _obligation(place: str, obligation: ObligationFacts) -> Iterator[Problem]:
    """What is known to be unknown waits for an answer (wait_obligation); what is blank is missing."""
    if obligation.state is None:
        yield Problem(f"{place}.state")
    elif obligation.state is ObligationState.DONE and obligation.done_on is None:
        yield Problem(f"{place}.done_on")
    elif obligation.state in (ObligationState.OPEN, ObligationState.UNKNOWN) and obligation.done_on:
        yield Problem(f"{place}.done_on", obligation.done_on, "nghĩa vụ chưa thi hành xong thì để trống ngày")


def _main_penalty(conviction: ConvictionFacts, column: Column | None, rules: RuleSet) -> Iterator[Problem]:
    penalty, place = conviction.main_penalty, f"{place_of(conviction)}.main_penalty"
    low, high = rules.prison_months
    if penalty is None:
        yield Problem(place)
    elif penalty.kind is None:
        yield Problem(f"{place}.kind")
    elif penalty.months is None and penalty.kind is PenaltyKind.PRISON:
        yield Problem(f"{place}.months")
    elif penalty.months is not None and not low <= penalty.months <= high:
        yield Problem(f"{place}.months", penalty.months, f"cần số tháng từ {low} đến {high}")
    elif column is Column.COURT and penalty.kind is PenaltyKind.FINE:
        yield Problem(f"{place}.kind", penalty.kind.value, "Điều 71 khoản 2 BLHS không có thời hạn cho phạt tiền")
    elif column is Column.JUVENILE and penalty.kind in (PenaltyKind.LIFE, PenaltyKind.DEATH_COMMUTED):
        expected = "Điều 91 khoản 5 BLHS không cho áp dụng với người dưới 18 tuổi"
        yield Problem(f"{place}.kind", penalty.kind.value, expected)
