from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models

if TYPE_CHECKING:
    from cases.models.user import User


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def visible_to(self, user: "User") -> Self:
        """The bodies are the same for every unit."""
        return self if user.role else self.none()

    def on(self, day: date) -> Self:
        """Those that help on `day`; without a first or a last day a body always has, or still does."""
        return self.exclude(valid_from__gt=day).exclude(valid_to__lt=day)


class Organisation(models.Model):
    """A body whose members help: police, Fatherland Front, women's union, and so on (lực lượng)."""

    PERSONAL = ()
    PLAIN = ("id", "code", "name", "short", "rank", "valid_from", "valid_to", "source")

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    short = models.CharField(_("short name"), max_length=30)
    rank = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    valid_from = models.DateField(_("helps from"), null=True, blank=True)
    valid_to = models.DateField(_("helps until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "code"]
        constraints = [
            models.CheckConstraint(
                name="organisation_from_before_to",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self):
        return self.name
