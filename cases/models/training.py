from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.scope import CaseRowQuerySet
from cases.models.stamped import CaseRow


class TrainingReferral(CaseRow):
    """A person sent to a course (giới thiệu học nghề)."""

    PERSONAL = ("returnee", "referred_on", "started_on", "ended_on", "result", "note")
    PLAIN = ("course", "school")

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="trainings")
    course = models.CharField(_("course"), max_length=120)
    school = models.CharField(_("school or workshop"), max_length=120, blank=True)
    referred_on = models.DateField(_("referred on"))
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = CaseRowQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-referred_on", "-pk"]
        constraints = [
            *CaseRow.Meta.constraints,
            models.CheckConstraint(
                name="training_days_in_order",
                condition=(Q(started_on__isnull=True) | Q(started_on__gte=F("referred_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on"))),
                violation_error_message=_("A course begins after the referral and ends after it began."),
            ),
        ]

    def __str__(self):
        return self.course
