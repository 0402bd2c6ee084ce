from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models


class LetterheadCheck(models.Model):
    """Somebody compared the head of a unit's letters with its real ones and found these words right."""

    PERSONAL = ()
    PLAIN = ("id", "unit", "superior", "body", "symbol", "place", "checked_by", "checked_at")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    superior = models.CharField(max_length=120)
    body = models.CharField(max_length=120)
    symbol = models.CharField(max_length=20)
    place = models.CharField(max_length=100)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-checked_at", "-pk"]

    def __str__(self):
        return f"{self.superior} / {self.body}"
