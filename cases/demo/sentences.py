"""Judgments as courts of the region pass them: article, clause, class and range agree with the Penal Code."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cases.law.chapters import chapter_of
from cases.lib.dates import add_months
from cases.models import AdditionalPenalty, Judgment, Obligation, Offence, Returnee

DELIBERATE, NEGLIGENT = "deliberate", "negligent"
NORMAL, LONG, CARELESS, COURT = "normal", "long", "careless", "court"


@dataclass(frozen=True)
class Clause:
    """A clause with its class (Điều 9 BLHS) and the months of prison to draw from; `harm`: somebody lost by it."""

    article: int
    clause: int
    name: str
    severity: int
    months: tuple[int, int]
    harm: bool = False
    fault: str = DELIBERATE


CLAUSES = {
    NORMAL: (
        Clause(173, 1, "Trộm cắp tài sản", 1, (7, 30), harm=True),
        Clause(173, 1, "Trộm cắp tài sản", 1, (9, 36), harm=True),
        Clause(173, 2, "Trộm cắp tài sản", 2, (24, 48), harm=True),
        Clause(249, 1, "Tàng trữ trái phép chất ma túy", 2, (14, 48)),
        Clause(249, 1, "Tàng trữ trái phép chất ma túy", 2, (18, 36)),
        Clause(251, 1, "Mua bán trái phép chất ma túy", 2, (24, 54)),
        Clause(134, 1, "Cố ý gây thương tích", 1, (6, 24), harm=True),
        Clause(134, 2, "Cố ý gây thương tích", 2, (24, 48), harm=True),
        Clause(321, 1, "Đánh bạc", 1, (6, 24)),
        Clause(322, 1, "Tổ chức đánh bạc", 2, (12, 36)),
        Clause(174, 1, "Lừa đảo chiếm đoạt tài sản", 1, (9, 30), harm=True),
        Clause(175, 1, "Lạm dụng tín nhiệm chiếm đoạt tài sản", 1, (9, 30), harm=True),
        Clause(171, 1, "Cướp giật tài sản", 2, (14, 48), harm=True),
        Clause(318, 1, "Gây rối trật tự công cộng", 1, (6, 18)),
        Clause(232, 1, "Vi phạm quy định về khai thác, bảo vệ rừng và lâm sản", 1, (8, 30)),
        Clause(178, 1, "Cố ý làm hư hỏng tài sản", 1, (6, 24), harm=True),
        Clause(330, 1, "Chống người thi hành công vụ", 1, (6, 18)),
    ),
    LONG: (
        Clause(251, 2, "Mua bán trái phép chất ma túy", 3, (84, 120)),
        Clause(168, 1, "Cướp tài sản", 3, (62, 96), harm=True),
        Clause(134, 3, "Cố ý gây thương tích", 3, (62, 96), harm=True),
        Clause(249, 2, "Tàng trữ trái phép chất ma túy", 3, (62, 84)),
        Clause(174, 3, "Lừa đảo chiếm đoạt tài sản", 3, (84, 132), harm=True),
        Clause(251, 4, "Mua bán trái phép chất ma túy", 4, (204, 240)),
    ),
    CARELESS: (Clause(260, 1, "Vi phạm quy định về tham gia giao thông đường bộ", 2, (12, 36), True, NEGLIGENT),),
    COURT: (Clause(121, 1, "Trốn đi nước ngoài nhằm chống chính quyền nhân dân", 3, (36, 60)),),
}
COURTS = {
    "664": "Tòa án nhân dân huyện Krông Nô",
    "660": "Tòa án nhân dân thành phố Gia Nghĩa",
    "661": "Tòa án nhân dân huyện Đăk Glong",
    "662": "Tòa án nhân dân huyện Cư Jút",
    "663": "Tòa án nhân dân huyện Đắk Mil",
    "665": "Tòa án nhân dân huyện Đắk Song",
    "666": "Tòa án nhân dân huyện Đắk R'Lấp",
    "667": "Tòa án nhân dân huyện Tuy Đức",
}


@dataclass
class Sentence:
    """What the court pronounced, and what of it is done."""

    clause: Clause
    months: int | None
    done_on: date | None
    effective_on: date | None
    how: str = "served"
    penalty: str = "prison"
    owed: list[tuple[str, str, int, date | None]] = field(default_factory=list)  # kind, state, đồng, done on
    extra: list[tuple[str, date, date]] = field(default_factory=list)  # kind, since, until
    act_on: date | None = None

    @property
    def waiting_months(self) -> int | None:
        """Months until the record clears by itself (Điều 70); None where there is none, or the court decides."""
        if self.clause.fault == NEGLIGENT or self.clause in CLAUSES[COURT] or self.months is None:
            return None
        return 24 if self.months <= 60 else 36 if self.months <= 180 else 60

    def clears_on(self) -> date | None:
        """The first day without a record, None where that cannot be told."""
        if self.waiting_months is None or any(state in ("open", "unknown") for _kind, state, *_ in self.owed):
            return None
        paid = [day for *_, day in self.owed if day]
        until = [last for _kind, _since, last in self.extra]
        end = max([add_months(self.done_on, self.waiting_months), *until])
        return max([end + timedelta(days=1), *paid])

    def judgment(self, returnee: Returnee, district: str) -> tuple[Judgment, list]:
        """The rows to store."""
        judged_on = self.effective_on and self.effective_on - timedelta(days=30)
        judgment = Judgment(
            returnee=returnee,
            number=f"{(7 * returnee.pk + judged_on.toordinal()) % 89 + 5}/{judged_on.year}/HS-ST" if judged_on else "",
            court=COURTS[district],
            judged_on=judged_on,
            effective_on=self.effective_on,
            main_penalty=self.penalty,
            months=self.months,
            main_done_on=self.done_on,
            main_done_how=self.how if self.done_on else "",
        )
        return judgment, [self._offence(), *self._obligations(), *self._extras()]

    def _offence(self) -> Offence:
        act_on = self.act_on or (self.effective_on and self.effective_on - timedelta(days=160))
        clause = self.clause
        return Offence(
            name=clause.name,
            article=clause.article,
            clause=clause.clause,
            chapter=chapter_of(clause.article),
            fault=clause.fault,
            severity=clause.severity,
            act_on=act_on,
        )

    def _obligations(self) -> list[Obligation]:
        return [
            Obligation(kind=kind, state=state, amount=amount or None, done_on=day)
            for kind, state, amount, day in self.owed
        ]

    def _extras(self) -> list[AdditionalPenalty]:
        return [AdditionalPenalty(kind=kind, since=since, done_on=until) for kind, since, until in self.extra]


def draw(dice: Random, done_on: date, kind: str = NORMAL, how: str = "served") -> Sentence:
    """A sentence whose main penalty was done on `done_on`; fees and damages paid before that day."""
    clause = dice.choice(CLAUSES[kind])
    months = dice.randint(*clause.months)
    served = max(4, round(months * dice.uniform(0.78, 1)))
    effective_on = add_months(done_on, -served)
    paid = add_months(effective_on, dice.randint(1, 3))
    sentence = Sentence(clause, months, done_on, effective_on, how)
    sentence.owed.append(("court_fee", "done", 200_000, min(paid, done_on)))
    if clause.harm:
        sentence.owed.append(("compensation", "done", dice.randrange(2, 40) * 500_000, min(paid, done_on)))
    return sentence
