from django.utils.translation import gettext_lazy as _

from cases.models import fields as models


class Holiday(models.Model):
    """A day off for public offices in all of Vietnam, substituted days included; a list of another year is loaded."""

    class Certainty(models.TextChoices):
        READ = "V", _("The text was read")
        SECONDARY = "S", _("From the press or an official summary")
        UNVERIFIED = "M", _("Not announced yet, to be checked")

    PERSONAL = ()
    PLAIN = ("id", "day", "name", "source", "certainty")

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    source = models.CharField(_("source"), max_length=160)
    certainty = models.CharField(_("certainty"), max_length=1, choices=Certainty.choices)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} {self.name}"
