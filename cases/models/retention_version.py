from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.law import retention as law
from cases.law.versions import Certainty as LawCertainty
from cases.models import fields as models
from cases.models.returnee import Returnee
from cases.models.rule_version import RuleVersion
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User

FEWEST, MOST = 1, 100  # years
LONGEST_WARNING = 24  # months


class RetentionVersionQuerySet(models.QuerySet["RetentionVersion"]):
    def visible_to(self, user: "User") -> Self:
        """How long files are kept is the same for every unit."""
        return self if user.role else self.none()

    def rules(self) -> list[law.RetentionRule]:
        """What was entered, as the law's rules, the oldest first; one query."""
        return [row.rule() for row in self.oldest_first()]

    def oldest_first(self) -> Self:
        return self.order_by("valid_from", "pk")


class RetentionVersion(Stamped):
    """How long files of one ending are kept before the person is anonymised, from a day on; entered, with its source.

    None comes with the program: the period of the archive schedule was not found, and without a row nothing is due.
    """

    PERSONAL = ()
    PLAIN = ("ending", "years", "warned", "valid_from", "source", "certainty", "verified_by")

    ending = models.CharField(_("how the file ended"), max_length=15, choices=Returnee.CloseReason.choices)
    years = models.PositiveSmallIntegerField(_("years after the ending"))
    warned = models.PositiveSmallIntegerField(_("months ahead the chief is told"), default=3)
    valid_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=300)
    certainty = models.CharField(_("certainty"), max_length=1, choices=RuleVersion.Certainty.choices)
    verified_by = models.CharField(_("checked by"), max_length=120, blank=True)

    objects = RetentionVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ending", "valid_from"],
                name="retention_version_once_a_day",
                violation_error_message=_("A period for this ending from that day stands already."),
            ),
            models.CheckConstraint(
                name="retention_version_in_bounds",
                condition=Q(years__gte=FEWEST, years__lte=MOST, warned__lte=LONGEST_WARNING),
                violation_error_message=_("A file is kept 1 to 100 years; the chief is told up to 24 months ahead."),
            ),
        ]

    def __str__(self):
        return f"{self.get_ending_display()} {self.valid_from:%d/%m/%Y}"

    def clean(self):
        """Whoever is told earlier than the file ended would be told at once."""
        super().clean()
        if self.years and self.warned and self.warned >= self.years * law.YEAR:
            raise ValidationError({"warned": _("The chief is told within the period, not before it begins.")})

    def rule(self) -> law.RetentionRule:
        """The row of the law's table."""
        certainty = LawCertainty(self.certainty)
        return law.RetentionRule(self.ending, self.years, self.warned, self.valid_from, self.source, certainty)
