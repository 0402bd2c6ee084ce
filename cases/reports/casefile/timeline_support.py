"""The sources of a timeline that tell of meeting people: activities, appointments, group meetings, what was put off."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from cases.models import Activity, ActivityEntry, Appointment
from cases.reports.casefile.file_rows import FileRows
from cases.reports.casefile.timeline_event import Chip, Event, join_parts

OUTCOME_CHIPS = {"met": ("leaf", "check-circle"), "family": ("sky", "people"), "absent": ("amber", "house-x")}
ATTITUDE_CHIPS = {"good": ("leaf", "emoji-smile"), "fair": ("", "emoji-neutral"), "poor": ("brick", "emoji-frown")}


def activities(rows: FileRows, told: set[int]) -> Iterator[Event]:
    """Each activity with how it went with this person, and what was agreed in it; of those not `told` no notes."""
    agreed = _appointments_by_activity(rows)
    for entry in rows.entries:
        activity = entry.activity
        helped = ", ".join(body.short for body in activity.organisations.all())
        yield Event(
            on=activity.on,
            kind="contact",
            title=_title(activity),
            icon=activity.icon,
            chips=tuple(_chips(entry, agreed.get(activity.pk, ()))),
            note=join_parts(
                *((activity.result, activity.note) if activity.pk in told else ()),
                entry.note,
                helped and _("Took part: %(names)s") % {"names": helped},
            ),
            by=f"{activity.created_by.full_name} · {activity.get_place_display()}",
            route="activity-edit",
            pk=activity.pk,
        )


def _title(activity: Activity) -> str:
    kind = activity.get_kind_display()
    return f"{kind}: {activity.get_detail_display().lower()}" if activity.detail else kind


def _appointments_by_activity(rows: FileRows) -> dict[int, list[tuple[str, Appointment]]]:
    found: dict[int, list[tuple[str, Appointment]]] = {}
    for appointment in rows.appointments:
        if appointment.made_in_id:
            found.setdefault(appointment.made_in_id, []).append(("made", appointment))
        if appointment.kept_by_id:
            found.setdefault(appointment.kept_by_id, []).append(("kept", appointment))
    return found


def _chips(entry: ActivityEntry, agreed: Iterable[tuple[str, Appointment]]) -> Iterator[Chip]:
    tone, icon = OUTCOME_CHIPS[entry.outcome]
    yield Chip(entry.get_outcome_display(), tone, icon)
    if entry.attitude:
        tone, icon = ATTITUDE_CHIPS[entry.attitude]
        yield Chip(entry.get_attitude_display(), tone, icon)
    for what, appointment in agreed:
        if what == "kept":
            yield Chip(_("As agreed"), "leaf", "calendar-check")
        else:
            yield Chip(_("Next: %(day)s") % {"day": f"{appointment.on:%d/%m/%Y}"}, "", "calendar-event")


def appointments(rows: FileRows, on: date) -> Iterator[Event]:
    """Agreed meetings that are still to come, wait for their outcome, or were missed; kept ones stand as activities."""
    for row in rows.appointments:
        if row.kept_by_id:
            continue
        event = partial(Event, on=row.on, kind="contact", pk=row.pk, rank=-1)
        name = row.get_kind_display()
        if row.missed_on:
            title = _("Did not take place: %(name)s") % {"name": name}
            note = join_parts(row.missed_reason, row.note)
            yield event(title=title, icon="calendar-x", state="missed", note=note, by=row.changed_by.full_name)
            continue
        chip = (
            Chip(_("Outcome to record"), "amber", "pencil") if row.on < on else Chip(_("Agreed"), "", "calendar-event")
        )
        yield event(
            title=name,
            icon="calendar-event",
            state="planned",
            chips=(chip,),
            note=row.note,
            route="appointment-missed",
        )


def sessions(rows: FileRows, on: date) -> Iterator[Event]:
    """Group meetings attended, missed, or to come."""
    for row in rows.attendances:
        meeting = row.meeting
        state, chip = "planned", Chip(_("Invited"), "", "calendar-event")
        if meeting.attendance_taken_at:
            state = "" if row.present else "missed"
            chip = (
                Chip(_("Came"), "leaf", "check-circle") if row.present else Chip(_("Did not come"), "brick", "x-circle")
            )
        yield Event(
            on=meeting.on,
            kind="session",
            title=_("Group meeting: %(topic)s") % {"topic": meeting.topic},
            icon="people",
            state=state,
            chips=(chip,),
            note=row.note,
            by=meeting.place,
            route="meeting-detail",
            pk=meeting.pk,
        )


def put_off(rows: FileRows, on: date) -> Iterator[Event]:
    """Duties put off, with the reason."""
    for row in rows.snoozes:
        yield Event(
            on=row.since,
            kind="contact",
            title=_("Put off until %(day)s") % {"day": f"{row.until:%d/%m/%Y}"},
            icon="pause-circle",
            note=row.reason,
            by=row.created_by.full_name,
            pk=row.pk,
        )


SOURCES = [appointments, sessions, put_off]
