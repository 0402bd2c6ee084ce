from datetime import date
from typing import Self

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class SafetyFlagQuerySet(CaseRowQuerySet["SafetyFlag"]):
    def standing(self, on: date) -> Self:
        """Those that hold on `on`, the first and the last day included."""
        return self.kept().filter(since__lte=on).exclude(until__lt=on)


class SafetyFlag(CaseRow):
    """What everybody who works a file must mind for the person's own safety, between two days."""

    class Kind(models.TextChoices):
        THREATENED = "threatened", _("Threatened")
        VULNERABLE = "vulnerable", _("Vulnerable")
        SINGLE_PARENT = "single_parent", _("Single parent")

    PERSONAL = ("returnee", "kind", "reason", "since", "until")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="safety_flags")
    kind = models.CharField(_("what about"), max_length=14, choices=Kind.choices)
    reason = models.CharField(_("how it is known, and what to mind"), max_length=200)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = SafetyFlagQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["since", "pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="safety_flag_since_before_until",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("It ends before it began: check the days."),
            ),
            models.UniqueConstraint(
                fields=["returnee", "kind"],
                condition=Q(until__isnull=True, withdrawn_at__isnull=True),
                name="safety_flag_one_standing",
                violation_error_message=_("This stands above the file already: end it first, then write the new one."),
            ),
        ]

    def stands(self, on: date) -> bool:
        """Whether it holds on `on`, as `standing` asks it of the database."""
        return self.since <= on and (self.until is None or self.until >= on)

    def __str__(self):
        return f"{self.get_kind_display()} {self.since:%d/%m/%Y}"
