from typing import Self

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow, by_user


class AssessmentQuerySet(CaseRowQuerySet["Assessment"]):
    def approved(self) -> Self:
        return self.kept().filter(approved_on__isnull=False)

    def pending(self) -> Self:
        return self.kept().filter(approved_on__isnull=True)


class Assessment(CaseRow):
    """Group A–D of a person for a period: proposed with a reason, approved by the chief, never overwritten."""

    class Group(models.TextChoices):
        A = "A", _("A – complies, stable work and surroundings")
        B = "B", _("B – complies, no work or a hard life")
        C = "C", _("C – does not comply, or risky surroundings")
        D = "D", _("D – in custody or compulsory measures")

    PERSONAL = ("returnee", "group", "reason")
    PLAIN = ("on", "approved_by", "approved_on")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="assessments")
    group = models.CharField(_("group"), max_length=1, choices=Group.choices)
    on = models.DateField(_("assessed on"))
    reason = models.CharField(_("reason"), max_length=300)
    approved_by = by_user(null=True, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(
                fields=["returnee"],
                condition=Q(approved_on__isnull=True, withdrawn_at__isnull=True),
                name="assessment_pending",
            )
        ]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="assessment_approved_by_somebody",
                condition=Q(approved_on__isnull=True, approved_by__isnull=True)
                | Q(approved_on__gte=F("on"), approved_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.group} {self.on:%d/%m/%Y}"
