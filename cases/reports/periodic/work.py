"""Courses, jobs found, loans paid out."""

from django.utils.translation import gettext_lazy as _

from cases.models import JobReferral, Loan, TrainingReferral
from cases.reports.periodic.dated import DatedSource
from cases.reports.periodic.indicators import Countable, Indicator, Theme, known_lines, mean, once_a_record, total

training = DatedSource(lambda: TrainingReferral.objects.kept(), "referred_on")
jobs = DatedSource(lambda: JobReferral.objects.kept(), "started_on", amount="monthly_income")
loans = DatedSource(lambda: Loan.objects.kept(), "paid_out_on", amount="amount")

INDICATORS = (
    Indicator(
        "training",
        _("Referred to a course"),
        Countable.PEOPLE,
        Theme.WORK,
        _("People referred to a course on a day of the period; each person counts once."),
        training,
    ),
    Indicator(
        "jobs_placed",
        _("In work through a referral"),
        Countable.PEOPLE,
        Theme.WORK,
        _("People who began, on a day of the period, a job they had been referred to; each person counts once."),
        jobs,
    ),
    Indicator(
        "mean_income",
        _("Mean income"),
        Countable.MONEY_A_MONTH,
        Theme.WORK,
        _(
            "Mean of the monthly incomes of the jobs begun in the period, rounded to 1 đồng. Only jobs whose income "
            "is known count."
        ),
        jobs,
        pick=known_lines,
        once=once_a_record,
        value=mean,
        among="mean_income_n",
    ),
    Indicator(
        "mean_income_n",
        _("Jobs with known income"),
        Countable.JOBS,
        Theme.WORK,
        _("How many of the jobs begun in the period have a known monthly income: the mean is made of these."),
        jobs,
        pick=known_lines,
        once=once_a_record,
    ),
    Indicator(
        "loans",
        _("Received a loan"),
        Countable.PEOPLE,
        Theme.WORK,
        _("People to whom, or to whose household, a loan was paid out on a day of the period."),
        loans,
    ),
    Indicator(
        "loan_amount",
        _("Loans paid out"),
        Countable.MONEY,
        Theme.WORK,
        _("Sum of the loans paid out on a day of the period."),
        loans,
        once=once_a_record,
        value=total,
        among="loans",
    ),
)
