"""What is missing from a case, and what in it cannot be true: no verdict with a date is built on either."""

from collections.abc import Iterator, Sequence
from datetime import date
from math import inf

from cases.law.chapters import COURT_CHAPTERS, LAST_ARTICLE, chapter_of, is_article
from cases.law.days import day_text
from cases.law.facts import (
    AdditionalKind,
    ConvictionFacts,
    DoneHow,
    ObligationFacts,
    ObligationState,
    OffenceFacts,
    PenaltyKind,
    Problem,
)
from cases.law.limitation import has_limitation
from cases.law.record import chapter_stated, is_minor_negligence
from cases.law.severity import LIMITS
from cases.law.waiting import LIFE_PENALTIES, RuleSet, WaitColumn
from cases.law.words import FIELDS
from cases.lib.dates import add_months, age_on
from cases.lib.optional import require

AGE_OF_RESPONSIBILITY = 14  # Điều 12 khoản 2 BLHS
EARLY = {"main_done_on": "người đã bị tạm giam đủ thời hạn tù thì ghi ngày bản án có hiệu lực"}
LIFELONG = inf  # longer than any term, to compare with
AFTER_PRISON = frozenset({AdditionalKind.RESIDENCE_CONTROL, AdditionalKind.RESIDENCE_BAN})
IMPRISONED = LIFE_PENALTIES | {PenaltyKind.PRISON}
ENDINGS = {
    DoneHow.PROBATION_ENDED: (
        frozenset({PenaltyKind.SUSPENDED_PRISON}),
        "hết thời gian thử thách án treo chỉ dành cho phạt tù cho hưởng án treo (Điều 65 BLHS)",
    ),
    DoneHow.CONDITIONAL_RELEASE: (
        IMPRISONED,
        "tha tù trước thời hạn chỉ dành cho người đang chấp hành án phạt tù (Điều 66 BLHS)",
    ),
}


def place_of(conviction: ConvictionFacts) -> str:
    """Where a verdict's `missing` says that a judgment stands."""
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
        yield from _refusals(conviction)
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
    if chapter and offence.article is not None and not is_article(offence.article):
        yield Problem(
            f"{place}.article", offence.article, f"cần điều luật của Bộ luật Hình sự, từ 1 đến {LAST_ARTICLE}"
        )
        return
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


def problems_of_class(conviction: ConvictionFacts) -> Iterator[Problem]:
    """Yield what speaks against a class for the sake of which a judgment would leave no record.

    One offence is punished within its frame: a sentence above what the class allows (Điều 9 BLHS) belies the class.
    """
    penalty, offences = conviction.main_penalty, conviction.offences or ()
    if penalty is None or len(offences) != 1 or conviction.exempt:
        return
    months = LIFELONG if penalty.kind in LIFE_PENALTIES else penalty.months
    limit = next(limit for limit, severity in LIMITS if severity is offences[0].severity)
    if months is not None and months > limit:
        expected = f"hình phạt đã tuyên vượt mức cao nhất {limit} tháng tù của loại tội phạm này (Điều 9 BLHS)"
        yield Problem(f"{place_of(conviction)}.offences[0].severity", int(require(offences[0].severity)), expected)


def _age(place: str, offence: OffenceFacts, born_on: date | None) -> Iterator[Problem]:
    if born_on is None:
        yield Problem("born_on")
    elif offence.act_on and age_on(born_on, offence.act_on) < AGE_OF_RESPONSIBILITY:
        expected = f"người sinh ngày {day_text(born_on)} khi đó chưa đủ {AGE_OF_RESPONSIBILITY} tuổi"
        yield Problem(f"{place}.act_on", offence.act_on, expected)


def _order_of_days(conviction: ConvictionFacts) -> Iterator[Problem]:
    """The act, then the judgment in force, then the penalty done, then the court's word on the record."""
    acts = conviction.acts()
    floor_name, floor = "act_on", max(acts) if acts else None
    for name in ("effective_on", "main_done_on", "court_decision_on"):
        day = getattr(conviction, name)
        if day and floor and day < floor:
            expected = f"không được trước {FIELDS[floor_name]} {day_text(floor)}"
            expected = "; ".join(filter(None, [expected, EARLY.get(name) if floor_name == "effective_on" else None]))
            yield Problem(f"{place_of(conviction)}.{name}", day, expected)
        if day:
            floor_name, floor = name, day
    for name in ("obligations", "additional"):
        for number, row in enumerate(getattr(conviction, name) or ()):
            if row.done_on and acts and row.done_on < min(acts):
                place = f"{place_of(conviction)}.{name}[{number}].done_on"
                yield Problem(place, row.done_on, f"không được trước ngày thực hiện hành vi {day_text(min(acts))}")
    yield from _after_prison(conviction)


def _after_prison(conviction: ConvictionFacts) -> Iterator[Problem]:
    """Quản chế and cấm cư trú begin when the prison term is done (Điều 42, 43 BLHS)."""
    done_on, penalty = conviction.main_done_on, conviction.main_penalty
    if done_on is None or penalty is None or penalty.kind not in IMPRISONED:
        return
    for number, row in enumerate(conviction.additional or ()):
        if row.done_on and row.done_on < done_on and row.kind in AFTER_PRISON:
            place = f"{place_of(conviction)}.additional[{number}].done_on"
            yield Problem(place, row.done_on, f"không được trước {FIELDS['main_done_on']} {day_text(done_on)}")


def _refusals(conviction: ConvictionFacts) -> Iterator[Problem]:
    """The court refuses after its judgment is in force, and never after it has granted what was asked."""
    floor, granted = conviction.effective_on, conviction.court_decision_on
    for day in conviction.court_rejected_on:
        place = f"{place_of(conviction)}.court_rejected_on"
        if floor and day < floor:
            yield Problem(place, day, f"không được trước {FIELDS['effective_on']} {day_text(floor)}")
        elif granted and day >= granted:
            yield Problem(place, day, f"phải trước {FIELDS['court_decision_on']} {day_text(granted)}")


def problems_of_penalty(conviction: ConvictionFacts, column: WaitColumn | None, rules: RuleSet) -> Iterator[Problem]:
    """Yield what stands in the way of a date for a judgment with a record; when it was done is asked apart."""
    yield from _main_penalty(conviction, column, rules)
    yield from _way_it_ended(conviction)
    if conviction.main_done_how is DoneHow.LIMITATION:
        yield from _limitation(conviction, rules)
    if conviction.additional is None:
        yield Problem(f"{place_of(conviction)}.additional")
    for number, penalty in enumerate(conviction.additional or ()):
        place = f"{place_of(conviction)}.additional[{number}]"
        yield from (Problem(f"{place}.{name}") for name in ("kind", "done_on") if getattr(penalty, name) is None)
    yield from _obligations(conviction, column, rules)


def _obligations(conviction: ConvictionFacts, column: WaitColumn | None, rules: RuleSet) -> Iterator[Problem]:
    """What a record does not wait for is not asked for either; what cannot be true is named all the same."""
    waits = column is None or rules.condition(column, conviction.main_done_how).obligations
    if waits and conviction.obligations is None:
        yield Problem(f"{place_of(conviction)}.obligations")
    for number, obligation in enumerate(conviction.obligations or ()):
        found = _obligation(f"{place_of(conviction)}.obligations[{number}]", obligation)
        yield from (problem for problem in found if waits or problem.expected)


def _limitation(conviction: ConvictionFacts, rules: RuleSet) -> Iterator[Problem]:
    """Some judgments never lapse (Điều 61), and none before its time (Điều 60), counted from its effect."""
    place, offences = place_of(conviction), conviction.offences or ()
    lapse = [has_limitation(offence) for offence in offences]
    if False in lapse:
        expected = "không áp dụng thời hiệu thi hành bản án với Chương XIII, XXVI, khoản 3, 4 Điều 353 và 354"
        yield Problem(f"{place}.main_done_how", DoneHow.LIMITATION.value, f"{expected} (Điều 61 BLHS)")
        return
    for number, (offence, each) in enumerate(zip(offences, lapse, strict=True)):
        if each is None:
            yield Problem(f"{place}.offences[{number}].{'clause' if offence.article else 'article'}")
    done_on, penalty = conviction.main_done_on, conviction.main_penalty
    since = conviction.effective_on or max(conviction.acts(), default=None)
    if done_on is None or penalty is None or since is None:
        return
    earliest = add_months(since, months := rules.limitation_months(penalty))
    if done_on < earliest:
        expected = f"thời hiệu thi hành bản án là {months // 12} năm, không thể hết trước {day_text(earliest)}"
        yield Problem(f"{place}.main_done_on", done_on, f"{expected} (Điều 60 khoản 2 BLHS)")


def _way_it_ended(conviction: ConvictionFacts) -> Iterator[Problem]:
    """A probation ends a suspended sentence; only who was in prison is released from it on conditions."""
    kind, how = conviction.main_penalty and conviction.main_penalty.kind, conviction.main_done_how
    if how is None or how not in ENDINGS:
        return
    kinds, expected = ENDINGS[how]
    if kind and kind not in kinds:
        yield Problem(f"{place_of(conviction)}.main_done_how", how.value, expected)


def _obligation(place: str, obligation: ObligationFacts) -> Iterator[Problem]:
    """What is known to be unknown waits for an answer (wait_obligation); what is blank is missing."""
    if obligation.state is None:
        yield Problem(f"{place}.state")
    elif obligation.state is ObligationState.DONE and obligation.done_on is None:
        yield Problem(f"{place}.done_on")
    elif obligation.state in (ObligationState.OPEN, ObligationState.UNKNOWN) and obligation.done_on:
        yield Problem(f"{place}.done_on", obligation.done_on, "nghĩa vụ chưa thi hành xong thì để trống ngày")


def _main_penalty(conviction: ConvictionFacts, column: WaitColumn | None, rules: RuleSet) -> Iterator[Problem]:
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
    elif column is WaitColumn.COURT and penalty.kind is PenaltyKind.FINE:
        yield Problem(f"{place}.kind", penalty.kind.value, "Điều 71 khoản 2 BLHS không có thời hạn cho phạt tiền")
    elif column is WaitColumn.JUVENILE and penalty.kind in LIFE_PENALTIES:
        expected = "Điều 91 khoản 5 BLHS không cho áp dụng với người dưới 18 tuổi"
        yield Problem(f"{place}.kind", penalty.kind.value, expected)
