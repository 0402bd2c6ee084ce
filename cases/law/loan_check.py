"""Who may borrow as a person who finished a sentence, by Decision 22/2023/QĐ-TTg: met, missing or unknown, with the
article. A check advises; the bank decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cases.law.versions import Certainty, in_force
from cases.lib.dates import add_months


class Purpose(StrEnum):
    TRAINING = "training"
    BUSINESS = "business"


class Condition(StrEnum):
    CERTIFICATE = "certificate"  # giấy chứng nhận chấp hành xong án phạt tù hoặc đặc xá
    WINDOW = "window"  # thời gian từ khi chấp hành xong đến thời điểm vay
    LAW_ABIDING = "law_abiding"  # chấp hành tốt pháp luật, không tham gia tệ nạn xã hội
    LISTED = "listed"  # có tên trong danh sách, UBND cấp xã xác nhận
    NO_OTHER_LOAN = "no_other_loan"  # không còn dư nợ chương trình khác cùng mục đích
    AMOUNT = "amount"  # mức vốn


class Answer(StrEnum):
    MET = "met"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class LoanRules:
    """One version of the decision. Sums in đồng; `window_months` from completion to the loan, the last day included."""

    code: str
    valid_from: date
    valid_to: date | None
    source: str
    certainty: Certainty
    window_months: int
    person_cap: int
    training_cap_a_month: int
    establishment_cap: int  # a project of an establishment with 10 % of such workers, cooperative groups too
    worker_cap: int  # of it for each worker
    longest_months: int
    articles: dict[Condition, str]


_CONDITIONS = "Điều 3 Quyết định 22/2023/QĐ-TTg"
_AMOUNT = "Điều 6 Quyết định 22/2023/QĐ-TTg"

RULES = (
    LoanRules(
        code="QD22-2023",
        valid_from=date(2023, 10, 10),
        valid_to=None,
        source="Quyết định 22/2023/QĐ-TTg ngày 17/8/2023",
        certainty=Certainty.READ,
        window_months=60,
        person_cap=100_000_000,
        training_cap_a_month=4_000_000,
        establishment_cap=2_000_000_000,
        worker_cap=100_000_000,
        longest_months=120,
        articles={condition: _AMOUNT if condition is Condition.AMOUNT else _CONDITIONS for condition in Condition},
    ),
)


@dataclass(frozen=True, slots=True)
class LoanRate:
    """The interest of a loan of this programme in percent a year: that for poor households (hộ nghèo)."""

    code: str
    valid_from: date
    valid_to: date | None
    percent_a_year: Decimal
    source: str
    certainty: Certainty


RATES = (
    LoanRate(
        code="HN-2023",
        valid_from=date(2023, 10, 10),
        valid_to=date(2025, 11, 30),
        percent_a_year=Decimal("6.6"),
        source="Lãi suất cho vay hộ nghèo trước Quyết định 2553/QĐ-TTg",
        certainty=Certainty.SECONDARY,
    ),
    LoanRate(
        code="HN-2025",
        valid_from=date(2025, 12, 1),
        valid_to=None,
        percent_a_year=Decimal("6.24"),
        source="Quyết định 2553/QĐ-TTg",
        certainty=Certainty.SECONDARY,
    ),
)


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """What is on file; None wherever nothing is known. `training_months`: how long the course lasts."""

    completed_on: date | None
    has_certificate: bool
    law_abiding: bool | None
    listed_on: date | None  # the day on which the commune's committee confirmed the list with the name on it
    other_loan: bool | None  # still owes a loan of the same purpose to the same bank
    purpose: Purpose = Purpose.BUSINESS
    amount: int | None = None
    training_months: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """`day`: the last day of the window, or the day of the list; `cap`: the highest sum (a month, for training)."""

    condition: Condition
    answer: Answer
    article: str
    day: date | None = None
    cap: int | None = None
    monthly: bool = False  # the cap is for each month


@dataclass(frozen=True, slots=True)
class LoanCheck:
    rules: LoanRules
    criteria: tuple[Criterion, ...]

    @property
    def answer(self) -> Answer:
        """Missing where one condition is missing, else unknown where one is unknown, else met."""
        answers = {criterion.answer for criterion in self.criteria}
        return next((answer for answer in (Answer.MISSING, Answer.UNKNOWN) if answer in answers), Answer.MET)


def check(facts: LoanFacts, on: date, table: Sequence[LoanRules] = RULES) -> LoanCheck:
    """Return each condition for a loan made on `on` under the version of `table` in force that day."""
    rules = in_force(table, on)
    found = {
        Condition.CERTIFICATE: (Answer.MET if facts.has_certificate else Answer.MISSING, None),
        Condition.WINDOW: _window(facts.completed_on, on, rules),
        Condition.LAW_ABIDING: (_answer(facts.law_abiding), None),
        Condition.LISTED: (_answer(facts.listed_on and facts.listed_on <= on), facts.listed_on),
        Condition.NO_OTHER_LOAN: (_answer(None if facts.other_loan is None else not facts.other_loan), None),
    }
    criteria = [
        Criterion(condition, answer, rules.articles[condition], day) for condition, (answer, day) in found.items()
    ]
    return LoanCheck(rules, (*criteria, _amount(facts, rules)))


def _window(completed_on: date | None, on: date, rules: LoanRules) -> tuple[Answer, date | None]:
    if completed_on is None:
        return Answer.UNKNOWN, None
    ends_on = add_months(completed_on, rules.window_months)
    return _answer(completed_on <= on <= ends_on), ends_on


def _amount(facts: LoanFacts, rules: LoanRules) -> Criterion:
    article = rules.articles[Condition.AMOUNT]
    if facts.purpose is Purpose.BUSINESS:
        within = None if facts.amount is None else facts.amount <= rules.person_cap
        return Criterion(Condition.AMOUNT, _answer(within), article, cap=rules.person_cap)
    amount, months = facts.amount, facts.training_months
    within = None if amount is None or months is None else amount <= rules.training_cap_a_month * months
    return Criterion(Condition.AMOUNT, _answer(within), article, cap=rules.training_cap_a_month, monthly=True)


def _answer(holds: bool | date | None) -> Answer:
    if holds is None:
        return Answer.UNKNOWN
    return Answer.MET if holds else Answer.MISSING
