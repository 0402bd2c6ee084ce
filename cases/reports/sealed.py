"""Sealed files in lists that must stay whole: they count, and have no name."""

from collections.abc import Iterable

from cases.models import Attendance, GroupMeeting, Returnee
from cases.models.scope import SEALED


def among(people: Iterable[int | None]) -> set[int]:
    """Which of these people's files are sealed, by id; one query."""
    known = {pk for pk in people if pk}
    return set(Returnee.objects.filter(pk__in=known, close_reason=SEALED).values_list("pk", flat=True))


def at_meeting(meeting: GroupMeeting) -> list[Attendance]:
    """The attendances at a meeting that no list names; one query."""
    return list(Attendance.objects.filter(meeting=meeting, returnee__close_reason=SEALED))
