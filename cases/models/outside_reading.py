from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from cases.access.permissions import Permission
from cases.models import fields as models
from cases.models.scope import ScopedQuerySet
from cases.models.stamped import by_user

if TYPE_CHECKING:
    from cases.models.user import User


class OutsideReadingQuerySet(ScopedQuerySet["OutsideReading"]):
    returnee_path = "returnee"

    def visible_to(self, user: "User", opened: int | None = None) -> Self:
        """Of the files of the user's units, for whoever signs there; those one asked for are `known_to`."""
        return super().visible_to(user, opened) if user.may(Permission.OUTSIDE_SIGN) else self.none()

    def known_to(self, user: "User") -> Self:
        return self.filter(asked_by=user) if user.may(Permission.OUTSIDE_READ) else self.none()

    def running(self, at: datetime) -> Self:
        return self.filter(ended_at__isnull=True, until__gt=at)

    def pending(self) -> Self:
        """Nobody of the unit that holds the file has signed."""
        return self.filter(signed_at__isnull=True)


class OutsideReading(models.Model):
    """One look into a file beyond one's scope: whose, why, until when; `unit` held the file and signs for it.

    It opens the pages of this one file to read, for an hour; the sign-in that asked shows them and no other.
    """

    PERSONAL = ("returnee", "reason", "remark")
    PLAIN = (
        *("id", "unit", "asked_by", "asked_unit", "since", "until", "ended_at", "ended_by"),
        *("signed_at", "signed_by"),
    )

    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="outside_readings")
    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+", verbose_name=_("unit that holds the file"))
    asked_by = by_user(verbose_name=_("who read"))
    asked_unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="+", verbose_name=_("unit of who read"))
    reason = models.CharField(_("reason"), max_length=300)
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = by_user(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    signed_by = by_user(null=True, editable=False)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    objects = OutsideReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [
            models.Index(fields=["asked_by", "-since"], name="outsidereading_asked"),
            models.Index(fields=["unit", "-since"], name="outsidereading_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outsidereading_with_reason",
                condition=~models.Q(reason=""),
                violation_error_message=_("Say why the file is needed."),
            ),
            models.CheckConstraint(name="outsidereading_ends", condition=models.Q(until__gt=models.F("since"))),
            models.CheckConstraint(
                name="outsidereading_signed_by_another",
                condition=models.Q(signed_at__isnull=True, signed_by__isnull=True)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False)
                & ~models.Q(signed_by=models.F("asked_by")),
            ),
        ]

    def __str__(self):
        return now("Look beyond the scope of %(day)s") % {"day": f"{timezone.localtime(self.since):%d/%m/%Y}"}

    @property
    def last_moment(self):
        """When it ended, or ends."""
        return self.ended_at or self.until

    def is_running(self, at):
        return at < self.last_moment
