"""Whether a person may borrow by Decision 22/2023/QĐ-TTg, from the file and in words that name no offence."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from cases.law import loan_check
from cases.law.loan_check import Answer, Condition, Criterion, LoanCheck, LoanFacts, Purpose
from cases.law.versions import in_force
from cases.lib.dates import add_months
from cases.lib.numbers import group
from cases.models import Loan, LoanVersion, Returnee
from cases.models.returnee import ReturneeQuerySet
from cases.reports.casefile.file_rows import FileRows

NAMES = {
    Condition.CERTIFICATE: _lazy("Certificate of completion or amnesty"),
    Condition.WINDOW: _lazy("At most five years since completion"),
    Condition.LAW_ABIDING: _lazy("Keeps the law, no social vices"),
    Condition.LISTED: _lazy("On the commune's list, confirmed by the People's Committee"),
    Condition.NO_OTHER_LOAN: _lazy("Owes no other loan for the same purpose"),
    Condition.AMOUNT: _lazy("Sum within the limit"),
}
ANSWERS = {
    Answer.MET: pgettext_lazy("condition", "Met"),
    Answer.MISSING: pgettext_lazy("condition", "Missing"),
    Answer.UNKNOWN: pgettext_lazy("condition", "Not known"),
}
TO_DO = {
    (Condition.CERTIFICATE, Answer.MISSING): _lazy("Enter the certificate number in the file."),
    (Condition.LAW_ABIDING, Answer.MISSING): _lazy("A violation is on file: weigh it before putting the name down."),
    (Condition.LISTED, Answer.UNKNOWN): _lazy("Put the name on the list and have it confirmed."),
    (Condition.NO_OTHER_LOAN, Answer.MISSING): _lazy("A loan for this purpose was paid out: ask whether it is repaid."),
    (Condition.NO_OTHER_LOAN, Answer.UNKNOWN): _lazy("None is on file: ask the Bank for Social Policies."),
}


READ = ("loans", "administrative_violations", "crimes")


@dataclass(frozen=True)
class ConditionLine:
    name: str
    answer: Answer
    word: str
    article: str
    hint: str


@dataclass(frozen=True)
class LoanStanding:
    answer: Answer
    source: str
    lines: list[ConditionLine]


def loan_conditions(file: FileRows, on: date, loan: Loan | None = None) -> LoanStanding:
    """Each condition with its article, for a loan asked for or, without one, for a loan in general; two queries."""
    file.read(READ)
    returnee, loans = file.returnee, [row for row in file.loans if loan is None or row.pk != loan.pk]
    purpose = Purpose(loan.purpose) if loan else Purpose.BUSINESS
    confirmed = [row.list_confirmed_on for row in [*loans, loan] if row and row.list_confirmed_on]
    paid_out = any(row.paid_out_on and row.purpose == purpose for row in loans)
    facts = LoanFacts(
        completed_on=returnee.completed_on,
        has_certificate=bool(returnee.certificate_number),
        law_abiding=not _violations(file),
        listed_on=min(confirmed, default=None),
        other_loan=True if paid_out else None,
        purpose=purpose,
        amount=loan.amount if loan else None,
        training_months=loan.course_months if loan else None,
    )
    rules, _rates = LoanVersion.objects.tables()
    return _in_words(loan_check.check(facts, on, rules))


def _in_words(found: LoanCheck) -> LoanStanding:
    """The conditions of a loan and their answers as the page says them, each with its article."""
    lines = [
        ConditionLine(
            name=str(NAMES[criterion.condition]),
            answer=criterion.answer,
            word=str(ANSWERS[criterion.answer]),
            article=criterion.article,
            hint=_hint(criterion),
        )
        for criterion in found.criteria
    ]
    return LoanStanding(found.answer, found.rules.source, lines)


def may_be_listed(people: ReturneeQuerySet, on: date) -> QuerySet[Returnee]:
    """Of `people`, those whose five years are not over and whose file names a certificate, under management on `on`."""
    rules = in_force(LoanVersion.objects.tables()[0], on)
    since = add_months(on, -rules.window_months)
    return people.managed(on).filter(completed_on__gte=since).exclude(certificate_number="")


def _violations(file: FileRows) -> bool:
    """Any act since the person came home; neither a record taken back nor a mere report of a crime counts."""
    days = [row.act_on for row in file.administrative_violations]
    days += [row.act_on for row in file.crimes if row.is_counted]
    return any(day >= file.returnee.completed_on for day in days)


def _hint(criterion: Criterion) -> str:
    if criterion.condition is Condition.WINDOW and criterion.day:
        return _("until %(day)s") % {"day": f"{criterion.day:%d/%m/%Y}"}
    if criterion.condition is Condition.LISTED and criterion.day:
        return _("confirmed on %(day)s") % {"day": f"{criterion.day:%d/%m/%Y}"}
    if criterion.cap:
        cap = group(criterion.cap)
        return (_("at most %(sum)s đồng a month") if criterion.monthly else _("at most %(sum)s đồng")) % {"sum": cap}
    return str(TO_DO.get((criterion.condition, criterion.answer), ""))
