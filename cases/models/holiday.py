from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext_lazy as _

from cases.models import fields as models

if TYPE_CHECKING:
    from cases.models.user import User


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def visible_to(self, user: "User") -> Self:
        """The days are the same for every unit."""
        return self if user.role else self.none()


class Holiday(models.Model):
    """A day on which public offices in all of Vietnam do otherwise than the day of the week says, with its source.

    Off on a day from Monday to Friday, or at work on another: a Saturday in exchange, or a day of the list that the law
    did not make a holiday.
    """

    class Kind(models.TextChoices):
        OFF = "off", _("Day off")
        WORKED = "worked", _("Working day")

    class Certainty(models.TextChoices):
        READ = "V", _("The text was read")
        SECONDARY = "S", _("From the press or an official summary")
        UNVERIFIED = "M", _("Not announced yet, to be checked")

    PERSONAL = ()
    PLAIN = ("id", "day", "kind", "name", "source", "certainty")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.OFF)
    name = models.CharField(_("name"), max_length=80)
    source = models.CharField(_("source"), max_length=160)
    certainty = models.CharField(_("certainty"), max_length=1, choices=Certainty.choices)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"
