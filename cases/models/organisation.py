from django.utils.translation import gettext_lazy as _

from cases.models import fields as models


class Organisation(models.Model):
    """A body whose members help: police, Fatherland Front, women's union, and so on (lực lượng)."""

    PERSONAL = ()
    PLAIN = ("id", "code", "name", "short", "rank")

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    short = models.CharField(_("short name"), max_length=30)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "code"]

    def __str__(self):
        return self.name
