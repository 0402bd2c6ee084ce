from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.stamped import by_user


class ListExport(models.Model):
    """A list that left the system as a file: which, with which filters, how many rows, who took it and why."""

    PERSONAL = ("filters", "reason")
    PLAIN = ("id", "unit", "name", "rows", "made_at", "made_by")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="exports")
    name = models.CharField(_("list"), max_length=40)
    filters = models.JSONField(default=dict, blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    reason = models.CharField(_("reason"), max_length=300)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = by_user()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="listexport_with_reason",
                condition=~models.Q(reason=""),
                violation_error_message=_("Say what the file is needed for."),
            )
        ]

    def __str__(self):
        return self.name
