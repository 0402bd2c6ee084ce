from typing import Self

from django.utils.translation import gettext_lazy as _

from cases.models import fields as models
from cases.models.counted import count_of
from cases.models.scope import KeptQuerySet, ReturneeScopedQuerySet, ScopedQuerySet
from cases.models.stamped import CaseRow


class MeetingQuerySet(KeptQuerySet["GroupMeeting"], ScopedQuerySet["GroupMeeting"]):
    def held(self) -> Self:
        """Meetings whose attendance was taken: only these are counted (đợt)."""
        return self.kept().filter(attendance_taken_at__isnull=False)

    def with_counts(self) -> Self:
        """Adds `invited_count` and `present_count`, counted for the rows of a page alone."""
        invited = Attendance.objects.order_by()
        return self.annotate(
            invited_count=count_of(invited, "meeting"), present_count=count_of(invited.filter(present=True), "meeting")
        )


class GroupMeeting(CaseRow):
    """A periodic group meeting held by a unit (gặp gỡ định kỳ): one session, many attendances."""

    PERSONAL = ()
    PLAIN = ("unit", "on", "place", "topic", "note", "attendance_taken_at")

    unit = models.ForeignKey("cases.Unit", models.PROTECT, related_name="meetings", verbose_name=_("held by"))
    on = models.DateField(_("day"))
    place = models.CharField(_("place"), max_length=120)
    topic = models.CharField(_("topic"), max_length=200)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    attendance_taken_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta(CaseRow.Meta):
        ordering = ["-on", "-pk"]

    def __str__(self):
        return f"{self.topic} {self.on:%d/%m/%Y}"


class AttendanceQuerySet(ReturneeScopedQuerySet["Attendance"]):
    def kept(self) -> Self:
        return self.filter(meeting__withdrawn_at__isnull=True)

    def present(self) -> Self:
        return self.kept().filter(present=True)


class Attendance(models.Model):
    """One person invited to a meeting, and whether they came (lượt)."""

    PERSONAL = ("meeting", "returnee", "present", "note")
    PLAIN = ("id",)

    meeting = models.ForeignKey(GroupMeeting, models.CASCADE, related_name="attendances")
    returnee = models.ForeignKey("cases.Returnee", models.PROTECT, related_name="attendances")
    present = models.BooleanField(default=False)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["returnee__sort_key", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "returnee"], name="attendance_once_per_person")]

    def __str__(self):
        return f"{self.returnee} – {self.meeting}"
