from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.actions import activity, audit, row
from cases.models import Attendance, GroupMeeting, Returnee, User

EVERYBODY = "who came to a meeting stays marked, also those another commune holds since"


@transaction.atomic
def plan(*, meeting: GroupMeeting, invited: list[Returnee], by: User, vouched: bool = False) -> GroupMeeting:
    """Set up a group meeting and whom it invites; a form sent twice makes one."""
    if not vouched:
        activity.check_home(meeting.on, invited)
    saved = row.add(row=meeting, by=by, verb="meeting.planned", parts=(invited,), vouched=vouched)
    if saved is not meeting:
        return saved
    Attendance.objects.bulk_create(Attendance(meeting=meeting, returnee=person) for person in invited)
    return meeting


@transaction.atomic
def hold(*, meeting: GroupMeeting, came: list[Returnee], notes: Mapping[int, str], by: User) -> GroupMeeting:
    """Record a meeting whose day has passed and that nobody planned: those who came are all it knows of.

    `notes` as in `take_attendance`. A form sent twice makes one.
    """
    activity.check_home(meeting.on, came)
    said = sorted((pk, note) for pk, note in notes.items() if note)
    saved = row.add(row=meeting, by=by, verb="meeting.planned", parts=(came, said))
    if saved is not meeting:
        return saved
    Attendance.objects.bulk_create(Attendance(meeting=meeting, returnee=person) for person in came)
    return take_attendance(meeting=meeting, present={person.pk for person in came}, notes=notes, by=by)


@transaction.atomic
def correct(*, meeting: GroupMeeting, by: User, vouched: bool = False) -> GroupMeeting:
    """Save a corrected day, place, topic or note. Raises ValidationError where somebody who came was not home yet."""
    if not vouched and GroupMeeting.objects.exclude(on=meeting.on).filter(pk=meeting.pk).exists():
        _check_moved(meeting)
    return row.correct(row=meeting, by=by, vouched=vouched)


@transaction.atomic
def take_attendance(
    *,
    meeting: GroupMeeting,
    present: Collection[int],
    by: User,
    walk_ins: Sequence[Returnee] = (),
    among: Collection[int] | None = None,
    note: str | None = None,
    notes: Mapping[int, str] | None = None,
) -> GroupMeeting:
    """Mark in one pass who came: ids of people in `present`, and `walk_ins` who were not invited.

    `note` is of the meeting, `notes` of single people by their id; who is not among them keeps the note there is.

    `among` are the ids of those the list showed: whoever was not on it (handed over to another commune since) stays
    marked as before. Without it everybody invited was on the list.
    """
    meeting.refresh_from_db(from_queryset=GroupMeeting.objects.select_for_update(no_key=True))
    if meeting.withdrawn_at:
        raise ValidationError(_("This meeting was withdrawn: attendance cannot be taken."))
    with row_scope.beyond(EVERYBODY):
        known = {attendance.returnee_id: attendance for attendance in meeting.attendances.select_related("returnee")}
    came = {*present, *(person.pk for person in walk_ins)}
    before = _present(known)
    for person in walk_ins:
        if person.pk not in known:
            known[person.pk] = Attendance.objects.create(meeting=meeting, returnee=person)
    _mark(known, came, among)
    now = _present(known)
    activity.check_home(meeting.on, [known[pk].returnee for pk in sorted(now - before)])
    _note(known, notes or {}, by)
    if meeting.attendance_taken_at and now == before and note in (None, meeting.note):
        return meeting
    Attendance.objects.bulk_update(known.values(), ["present"])
    meeting.attendance_taken_at = meeting.attendance_taken_at or timezone.now()
    noted, meeting.note = meeting.note, meeting.note if note is None else note
    meeting.stamp(by).save()
    audit.record(
        by=by,
        verb="meeting.attendance_taken",
        target=meeting,
        before={"present": len(before), "taken_off": _ids(before - now), "note": noted},
        after={"present": len(now), "invited": len(known), "added": _ids(now - before), "note": meeting.note},
    )
    return meeting


@transaction.atomic
def add_attendance(
    *, meeting: GroupMeeting, came: Sequence[Returnee], gone: Sequence[Returnee], uid: UUID, by: User
) -> GroupMeeting:
    """Mark those who `came`, invited or not, and take the mark off those `gone`; once for each `uid`.

    Whoever is named in neither stays marked as by then: several devices take the attendance of one meeting.
    """
    meeting.refresh_from_db(from_queryset=GroupMeeting.objects.select_for_update(no_key=True))
    said = [sorted(person.pk for person in people) for people in (came, gone)]
    if row.was_sent(uid, "attendance", meeting.pk, *said):
        return meeting
    with row_scope.beyond(EVERYBODY):
        before = set(meeting.attendances.filter(present=True).values_list("returnee_id", flat=True))
    present = (before - set(said[1])) | set(said[0])
    return take_attendance(meeting=meeting, present=present, walk_ins=came, by=by)


def _check_moved(meeting: GroupMeeting) -> None:
    """Nobody is named: one of those who came may be sealed or of another commune by now."""
    came = meeting.attendances.filter(present=True)
    with row_scope.beyond(EVERYBODY):
        first = came.aggregate(first=Max("returnee__completed_on"))["first"]
    if first and meeting.on < first:
        said = _("%(day)s is before somebody who came to this meeting came home: %(first)s is the first day it can be.")
        raise ValidationError({"on": said % {"day": f"{meeting.on:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}"}})


def _present(known: Mapping[int, Attendance]) -> set[int]:
    return {pk for pk, attendance in known.items() if attendance.present}


def _mark(known: Mapping[int, Attendance], came: Collection[int], among: Collection[int] | None) -> None:
    """Mark who came; whoever was not on the list stays marked as before."""
    for pk, attendance in known.items():
        if among is None or pk in among or pk in came:
            attendance.present = pk in came


def _note(known: Mapping[int, Attendance], notes: Mapping[int, str], by: User) -> None:
    """Save what is said of single people; the log tells it of each."""
    said = [(known[pk], text) for pk, text in notes.items() if pk in known and known[pk].note != text]
    events = []
    for attendance, text in said:
        before, after = {"note": attendance.note}, {"note": text}
        attendance.note = text
        events.append(audit.event(by=by, verb="attendance.noted", target=attendance, before=before, after=after))
    Attendance.objects.bulk_update([attendance for attendance, _text in said], ["note"])
    audit.record_all(events)


def _ids(people: set[int]) -> str:
    return ", ".join(str(pk) for pk in sorted(people))
