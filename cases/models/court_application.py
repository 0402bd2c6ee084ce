from typing import Self

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class CourtApplicationQuerySet(CaseRowQuerySet["CourtApplication"]):
    def pending(self) -> Self:
        """Applications the court has not refused; where it granted one, the file is closed."""
        return self.kept().filter(refused_on__isnull=True)

    def refused(self) -> Self:
        return self.kept().filter(refused_on__isnull=False)


class CourtApplication(CaseRow):
    """An application to have the record cleared by the court, and its refusal (Điều 71, 72 BLHS).

    That the court grants it is evidence, confirmed by the chief: see Expungement.
    """

    PERSONAL = ("returnee", "filed_on", "court", "refused_on", "reference", "note")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="court_applications")
    filed_on = models.DateField(_("application sent on"))
    court = models.CharField(_("court"), max_length=120)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    reference = models.CharField(_("number of the decision"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CourtApplicationQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-filed_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="court_application_refused_after_filing",
                condition=Q(refused_on__isnull=True) | Q(refused_on__gte=F("filed_on")),
                violation_error_message=_("The refusal is dated before the application."),
            ),
            models.UniqueConstraint(
                fields=["returnee"],
                condition=Q(refused_on__isnull=True, withdrawn_at__isnull=True),
                name="court_application_one_open",
                violation_error_message=_("An application waits for the court already: record its answer first."),
            ),
        ]

    def __str__(self):
        return f"{self.court} {self.filed_on:%d/%m/%Y}"
