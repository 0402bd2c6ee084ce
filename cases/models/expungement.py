from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.access.roles import is_chief, roles_that
from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow, by_user
from cases.models.user import Posting

if TYPE_CHECKING:
    from cases.models.user import User


class ExpungementQuerySet(CaseRowQuerySet["Expungement"]):
    def pending(self) -> Self:
        return self.kept().filter(confirmed_on__isnull=True)

    def confirmed(self) -> Self:
        return self.kept().filter(confirmed_on__isnull=False)

    def of_registers(self) -> Self:
        """What old registers said, and no paper has been named for."""
        return self.pending().filter(evidence=Expungement.Evidence.REGISTER)

    def confirmable_by(self, user: "User") -> Self:
        """Evidence the user may confirm, never their own: a chief the others', the unit above what a chief brought.

        So a commune whose chief works alone is not held up.
        """
        others = self.pending().exclude(created_by=user)
        if user.is_chief:
            return others
        day = OuterRef("created_at__date")
        chief = Posting.objects.filter(user=OuterRef("created_by"), role__in=roles_that(is_chief), since__lte=day)
        return others.filter(Exists(chief.exclude(until__lt=day)))


class Expungement(CaseRow):
    """Evidence that the record is cleared (xóa án tích), brought by one, confirmed by another.

    What an old register says is no evidence yet: whoever confirms it names the paper.
    """

    class Evidence(models.TextChoices):
        DATABASE = "database", _("Reply of the database")
        VNEID = "vneid", _("Shown in VNeID")
        SLIP_1 = "slip_1", _("Judicial record slip No. 1")
        COURT_DECISION = "court_decision", _("Court decision")
        REGISTER = "register", _("Word of an old register")

    PERSONAL = ("returnee", "evidence", "evidence_on", "reference", "note", "reason", "verdict")
    PLAIN = ("confirmed_by", "confirmed_on")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="expungements")
    evidence = models.CharField(_("evidence"), max_length=15, choices=Evidence.choices)
    evidence_on = models.DateField(_("dated"))
    reference = models.CharField(_("number or reference"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    reason = models.CharField(_("reason for a decision by hand"), max_length=300, blank=True)
    verdict = models.ForeignKey(
        "cases.Verdict", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    confirmed_by = by_user(null=True, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)

    objects = ExpungementQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-evidence_on", "-pk"]
        indexes = [
            models.Index(
                fields=["returnee"],
                condition=Q(confirmed_on__isnull=True, withdrawn_at__isnull=True),
                name="expungement_pending",
            )
        ]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="expungement_confirmed_by_somebody",
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__gte=F("evidence_on"), confirmed_by__isnull=False),
                violation_error_message=_("The confirmation is dated before the evidence."),
            ),
            models.CheckConstraint(
                name="expungement_four_eyes",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("created_by")),
                violation_error_message=_("Whoever brought the evidence cannot confirm it: somebody else has to."),
            ),
            models.CheckConstraint(
                name="expungement_confirmed_on_paper",
                condition=Q(confirmed_on__isnull=True) | ~Q(evidence="register"),
                violation_error_message=_("An old register is no evidence: name the paper that says so."),
            ),
            models.UniqueConstraint(
                fields=["returnee"],
                condition=Q(confirmed_on__isnull=False, withdrawn_at__isnull=True),
                name="expungement_confirmed_once",
            ),
        ]

    def __str__(self):
        return f"{self.get_evidence_display()} {self.evidence_on:%d/%m/%Y}"
