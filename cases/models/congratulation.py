from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import ReturneeScopedQuerySet
from cases.models.stamped import Stamped


class Congratulation(Stamped):
    """Somebody was congratulated on a milestone of their job; it is said once."""

    class Step(models.TextChoices):
        MONTH = "month", _("30 days at work")
        HALF_YEAR = "half_year", _("half a year at work")
        YEAR = "year", _("a year at work")

    PERSONAL = ("returnee", "referral", "step", "on")
    PLAIN = ()

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="congratulations")
    referral = models.ForeignKey("cases.JobReferral", models.PROTECT, related_name="congratulations")
    step = models.CharField(_("milestone"), max_length=9, choices=Step.choices)
    on = models.DateField(_("congratulated on"))

    objects = ReturneeScopedQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["referral", "step"], name="congratulation_once")]

    def __str__(self):
        return f"{self.get_step_display()}: {self.referral}"
