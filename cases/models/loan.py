from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class Loan(CaseRow):
    """A loan asked for and paid out (vay vốn); the borrower may be a relative (Decision 22/2023)."""

    class Purpose(models.TextChoices):
        TRAINING = "training", _("Training")
        BUSINESS = "business", _("Business and work")

    PERSONAL = ("returnee", "borrower", "requested_on", "paid_out_on", "refused_on", "refusal_reason", "amount", "note")
    PLAIN = ("lender", "purpose", "course_months", "list_confirmed_on")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="loans")
    lender = models.CharField(_("lender"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose.choices, default=Purpose.BUSINESS)
    borrower = models.EncryptedText(_("borrower, where it is a relative"), max_length=80, blank=True)
    amount = models.PositiveBigIntegerField(_("amount (đồng)"))
    course_months = models.PositiveSmallIntegerField(_("months of the course"), null=True, blank=True)
    list_confirmed_on = models.DateField(_("list confirmed on"), null=True, blank=True)
    requested_on = models.DateField(_("requested on"))
    paid_out_on = models.DateField(_("paid out on"), null=True, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    refusal_reason = models.CharField(_("reason for refusal"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-requested_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="loan_days_in_order",
                condition=Q(paid_out_on__isnull=True) | Q(paid_out_on__gte=F("requested_on"), refused_on__isnull=True),
                violation_error_message=_("A loan is paid out after it was requested, and not when it was refused."),
            ),
            models.CheckConstraint(
                name="loan_refused_with_reason",
                condition=Q(refused_on__isnull=True, refusal_reason="")
                | Q(refused_on__isnull=False) & ~Q(refusal_reason=""),
                violation_error_message=_("A refusal needs its reason."),
            ),
        ]

    def __str__(self):
        return f"{self.lender} {self.amount}"
