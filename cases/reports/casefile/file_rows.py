"""The rows of one file of which several parts of its page tell: each kind is read once, when it is first asked for."""

from collections.abc import Sequence
from functools import cached_property

from cases.law.deadlines import Deadline
from cases.models import (
    ActivityEntry,
    Appointment,
    Attendance,
    Crime,
    DeadlineVersion,
    PaperworkRequest,
    Returnee,
    Snooze,
)


class FileRows:
    """What was not withdrawn of one person, each list in the order of its model."""

    def __init__(self, returnee: Returnee) -> None:
        self.returnee = returnee

    @cached_property
    def entries(self) -> list[ActivityEntry]:
        """The person's part in each piece of work, with who wrote it and which bodies took part."""
        rows = ActivityEntry.objects.kept().filter(returnee=self.returnee)
        return list(rows.select_related("activity__created_by").prefetch_related("activity__organisations"))

    @cached_property
    def appointments(self) -> list[Appointment]:
        return list(Appointment.objects.kept().filter(returnee=self.returnee).select_related("changed_by"))

    @cached_property
    def attendances(self) -> list[Attendance]:
        return list(Attendance.objects.kept().filter(returnee=self.returnee).select_related("meeting"))

    @cached_property
    def sessions_attended(self) -> list[Attendance]:
        """Where the person was seen in a group meeting."""
        return [row for row in self.attendances if row.present and row.meeting.attendance_taken_at]

    @cached_property
    def snoozes(self) -> list[Snooze]:
        return list(Snooze.objects.kept().filter(returnee=self.returnee).select_related("created_by"))

    @cached_property
    def papers(self) -> list[PaperworkRequest]:
        return list(PaperworkRequest.objects.kept().filter(returnee=self.returnee))

    @cached_property
    def crimes(self) -> list[Crime]:
        return list(Crime.objects.kept().filter(returnee=self.returnee))

    @cached_property
    def deadlines(self) -> Sequence[Deadline]:
        """The table of all deadlines, those entered by an administrator too."""
        return DeadlineVersion.objects.table()
