from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.law.breach import NoticeClock, notice_clock
from cases.models import fields as models
from cases.models.moment import moment_on
from cases.models.stamped import Stamped

if TYPE_CHECKING:
    from cases.models.user import User


class BreachQuerySet(models.QuerySet["Breach"]):
    def visible_to(self, user: "User") -> Self:
        """Those of one's units; an administrator's are those of the unit of the posting alone. Helpers see none."""
        if user.role is None or user.is_helper:
            return self.none()
        if user.manages_users:
            return self.filter(unit=user.unit)
        return self.filter(unit__in=user.scope)

    def open(self) -> Self:
        """Those of which the authority was not told yet."""
        return self.filter(told_on=None)


class Breach(Stamped):
    """Personal data seen, lost or given where they should not be: what, since when known, who was told; no names."""

    class Kind(models.TextChoices):
        DEVICE = "device", _("Device or paper lost or stolen")
        SEEN = "seen", _("Seen by somebody without the right")
        SENT = "sent", _("Sent to the wrong place")
        PUBLISHED = "published", _("Copied, sold or published")
        LOST = "lost", _("Data changed, lost or destroyed")
        OTHER = "other", _("Something else")

    PERSONAL = ("what", "cause", "measures", "inform")  # nobody is to be named there, and somebody may be
    PLAIN = (
        *("unit", "kind", "happened_on", "found_on", "found_time", "data", "people", "units"),
        *("told_on", "told_time", "told_reference"),
    )

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="breaches", editable=False)
    kind = models.CharField(_("what kind"), max_length=9, choices=Kind.choices)
    happened_on = models.DateField(_("day it happened"), null=True, blank=True)
    found_on = models.DateField(_("day it was found"))
    found_time = models.TimeField(_("hour it was found"))
    what = models.TextField(_("what happened"), max_length=2000)
    data = models.CharField(_("which data"), max_length=300)
    people = models.PositiveIntegerField(_("how many people"), null=True, blank=True)
    units = models.CharField(_("which units"), max_length=300)
    cause = models.CharField(_("cause"), max_length=500, blank=True)
    measures = models.TextField(_("measures"), max_length=2000, blank=True)
    inform = models.CharField(_("who is to be told"), max_length=300, blank=True)
    told_on = models.DateField(_("day the authority was told"), null=True, editable=False)
    told_time = models.TimeField(_("hour the authority was told"), null=True, editable=False)
    told_reference = models.CharField(_("number of the letter"), max_length=80, blank=True, editable=False)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ["-found_on", "-found_time", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="breach_found_after_it_happened",
                condition=Q(happened_on__isnull=True) | Q(found_on__gte=F("happened_on")),
                violation_error_message=_("It was found before it happened: check the days."),
            ),
            models.CheckConstraint(
                name="breach_told_with_the_hour",
                condition=Q(told_on__isnull=True, told_time__isnull=True)
                | Q(told_on__isnull=False, told_time__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.found_on:%d/%m/%Y}"

    @property
    def found_at(self) -> datetime:
        return moment_on(self.found_on, self.found_time)

    @property
    def told_at(self) -> datetime | None:
        return moment_on(self.told_on, self.told_time) if self.told_on and self.told_time else None

    def clock(self, now: datetime) -> NoticeClock:
        """The hours left to tell the authority; once it is told, as they stood then."""
        return notice_clock(self.found_at, self.told_at or now)

    def check_told(self, told_at: datetime, now: datetime) -> None:
        """Raise ValidationError where the authority cannot have been told at that moment."""
        if told_at < self.found_at:
            raise ValidationError({"told_on": _("The authority was told before the breach was found: check the day.")})
        if told_at > now:
            raise ValidationError({"told_time": _("This moment lies ahead: write when the authority was told.")})
