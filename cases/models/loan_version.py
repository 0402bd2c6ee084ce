from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.law import loan_check as law
from cases.law.versions import Certainty as LawCertainty
from cases.law.versions import in_force
from cases.models import fields as models
from cases.models.rule_version import RuleVersion
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User

LONGEST = 600  # months
SUMS = ("person_cap", "training_cap", "establishment_cap", "worker_cap")


class LoanVersionQuerySet(models.QuerySet["LoanVersion"]):
    def visible_to(self, user: "User") -> Self:
        """The rules of credit are the same for every unit."""
        return self if user.role else self.none()

    def tables(self):
        """Rules and rates in one query: those the law module brings, and after them those entered, which hold."""
        rows = list(self.order_by("valid_from", "pk"))
        rules, rates = law.RULES, law.RATES
        for row in rows:
            rules = (*rules, row.loan_rules(in_force(rules, row.valid_from)))
            rates = (*rates, row.loan_rate())
        return rules, rates


class LoanVersion(Stamped):
    """The limits of credit for people who finished a sentence, from a day on: a decision changed them."""

    PERSONAL = ()
    PLAIN = (
        *("valid_from", "person_cap", "training_cap", "establishment_cap", "worker_cap", "window_months"),
        *("longest_months", "percent_a_year", "source", "certainty", "verified_by"),
    )

    valid_from = models.DateField(_("in force from"))
    person_cap = models.PositiveBigIntegerField(_("for business and work at most"))
    training_cap = models.PositiveBigIntegerField(_("for training at most, a month"))
    establishment_cap = models.PositiveBigIntegerField(_("for a project of an establishment at most"))
    worker_cap = models.PositiveBigIntegerField(_("for each worker of it at most"))
    window_months = models.PositiveSmallIntegerField(_("months from completion to the loan at most"))
    longest_months = models.PositiveSmallIntegerField(_("longest term in months"))
    percent_a_year = models.DecimalField(
        _("interest, percent a year"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=RuleVersion.Certainty.choices)
    verified_by = models.CharField(_("checked by"), max_length=120, blank=True)

    objects = LoanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                name="loan_version_once_a_day",
                violation_error_message=_("A version of the limits from that day stands already: correct that one."),
            ),
            models.CheckConstraint(
                name="loan_version_in_bounds",
                condition=Q(window_months__gte=1, window_months__lte=LONGEST)
                & Q(longest_months__gte=1, longest_months__lte=LONGEST)
                & Q(percent_a_year__gte=0, percent_a_year__lte=100)
                & Q(person_cap__gte=1, training_cap__gte=1, establishment_cap__gte=1, worker_cap__gte=1),
                violation_error_message=_(
                    "A limit is at least 1 đồng, a term 1 to 600 months, the interest 0 to 100 percent."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.valid_from:%d/%m/%Y}"

    def loan_rules(self, base: law.LoanRules) -> law.LoanRules:
        """These limits in the place of those of `base`; each condition cites this source."""
        return replace(
            base,
            code=f"V{self.pk}",
            valid_from=self.valid_from,
            valid_to=None,
            source=self.source,
            certainty=LawCertainty(self.certainty),
            window_months=self.window_months,
            person_cap=self.person_cap,
            training_cap_a_month=self.training_cap,
            establishment_cap=self.establishment_cap,
            worker_cap=self.worker_cap,
            longest_months=self.longest_months,
            articles=dict.fromkeys(law.Condition, self.source),
        )

    def loan_rate(self) -> law.LoanRate:
        certainty = LawCertainty(self.certainty)
        return law.LoanRate(f"V{self.pk}", self.valid_from, None, self.percent_a_year, self.source, certainty)
