from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from cases.access.permissions import Permission
from cases.models import fields as models
from cases.models.stamped import by_user

if TYPE_CHECKING:
    from cases.models.user import User


class ReadingReviewQuerySet(models.QuerySet["ReadingReview"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(unit__in=user.scope) if user.may(Permission.READING_REVIEW) else self.none()


class ReadingReview(models.Model):
    """Somebody looked through what was read unusually at a unit in one month, and signed; never changed.

    `is_above`: signed at a unit above, which sees the lines of the chief too. `lines` are those of that moment, each
    with the word said of it.
    """

    PERSONAL = ("lines", "remark")
    PLAIN = ("id", "unit", "month", "is_above", "signed_by", "signed_at")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    month = models.DateField(_("month"))
    is_above = models.BooleanField(default=False)
    lines = models.JSONField(default=list, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    signed_by = by_user(verbose_name=_("signed by"))
    signed_at = models.DateTimeField(auto_now_add=True)

    objects = ReadingReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "is_above"]
        constraints = [models.UniqueConstraint(fields=["unit", "month", "is_above"], name="readingreview_once")]

    def __str__(self):
        return now("Readings of %(month)s") % {"month": f"{self.month:%m/%Y}"}
