"""What people were sentenced for: a few thousand patterns, each shared by many people on days of their own."""

from dataclasses import dataclass
from datetime import date
from random import Random

from cases.models import AdditionalPenalty, Judgment, Obligation, Offence
from cases.nation.life import Life
from cases.nation.sheet import Sheets, days_after, stamps

PATTERNS = 3000
MONTHS = (9, 12, 18, 24, 30, 36, 42, 48, 60, 84, 96, 120, 180)
OFFENCES = (  # name, article, chapter, class by clause 1
    ("Trộm cắp tài sản", "173", "XVI", 1),
    ("Cố ý gây thương tích", "134", "XIV", 2),
    ("Mua bán trái phép chất ma túy", "251", "XX", 3),
    ("Đánh bạc", "321", "XXI", 1),
    ("Lừa đảo chiếm đoạt tài sản", "174", "XVI", 2),
    ("Tàng trữ trái phép chất ma túy", "249", "XX", 2),
    ("Cướp giật tài sản", "171", "XVI", 2),
    ("Vi phạm quy định về tham gia giao thông đường bộ", "260", "XXI", 2),
)
SECOND = ("Gây rối trật tự công cộng", "318", "XXI", 1)


@dataclass(frozen=True)
class SentencePattern:
    """Days are counted back from the completion of the last sentence."""

    months: int
    effective: int
    act: int
    done: int
    offence: tuple
    clause: int
    has_second: bool
    owed: str
    has_damages: bool
    has_control: bool
    lacks_day: bool


def patterns(dice: Random) -> list[list[SentencePattern]]:
    """The judgments of person 1, 2, … up to `PATTERNS`; the next person begins with the first again."""
    return [
        [_draw(dice, earlier) for earlier in ((False, True) if dice.random() < 0.15 else (False,))]
        for _number in range(PATTERNS)
    ]


def _draw(dice: Random, earlier: bool) -> SentencePattern:
    months = dice.choice(MONTHS)
    served = months * 30 + 10
    back = served + (dice.randint(800, 2500) if earlier else 0)
    return SentencePattern(
        months=months,
        effective=back,
        act=back + dice.randint(120, 500),
        done=back - months * 30 if earlier else 0,
        offence=dice.choice(OFFENCES),
        clause=dice.choice((1, 1, 1, 2, 3)),
        has_second=dice.random() < 0.12,
        owed=dice.choices(("done", "open", "unknown"), (82, 10, 8))[0],
        has_damages=dice.random() < 0.3,
        has_control=dice.random() < 0.06,
        lacks_day=dice.random() < 0.04,
    )


def first_act(judged: list[SentencePattern]) -> int:
    """Days from the first act to the completion."""
    return max(pattern.act for pattern in judged)


def add_judgments(sheets: Sheets, life: Life, judged: list[SentencePattern]) -> None:
    for pattern in judged:
        _add_judgment(sheets, life, pattern)


def _add_judgment(sheets: Sheets, life: Life, pattern: SentencePattern) -> None:
    effective = days_after(life.completed, -pattern.effective)
    done = None if life.is_awaited else days_after(life.completed, -pattern.done)
    number = sheets[Judgment].last + 1
    judgment = sheets[Judgment].add(
        **stamps(life.officer, life.recorded),
        number=f"{number}/HSST",
        court="TAND khu vực",
        judged_on=days_after(effective, -20),
        effective_on=None if pattern.lacks_day else effective,
        main_penalty="prison",
        months=pattern.months,
        main_done_on=done,
        main_done_how="served" if done else "",
        returnee_id=life.pk,
    )
    act = days_after(life.completed, -pattern.act)
    for offence, clause in ((pattern.offence, pattern.clause), *([(SECOND, 1)] if pattern.has_second else [])):
        _add_offence(sheets, judgment, offence, clause, act)
    _add_orders(sheets, life, judgment, pattern)


def _add_offence(sheets: Sheets, judgment: int, offence: tuple, clause: int, act: date) -> None:
    name, article, chapter, severity = offence
    sheets[Offence].add(
        name=name,
        article=article,
        clause=clause,
        chapter=chapter,
        fault="deliberate",
        severity=min(4, severity + clause - 1),
        act_on=act,
        judgment_id=judgment,
    )


def _add_orders(sheets: Sheets, life: Life, judgment: int, pattern: SentencePattern) -> None:
    """Fees and damages, and where a pattern has it the control of residence."""
    state = "open" if life.is_awaited else pattern.owed
    done = life.completed if state == "done" else None
    for kind, amount in (("court_fee", 200_000), *([("compensation", 5_000_000)] if pattern.has_damages else [])):
        sheets[Obligation].add(kind=kind, state=state, amount=amount, done_on=done, judgment_id=judgment)
    if pattern.has_control:
        until = days_after(life.completed, 700)
        kind = "residence_control"
        sheets[AdditionalPenalty].add(kind=kind, since=life.completed, done_on=until, judgment_id=judgment)
