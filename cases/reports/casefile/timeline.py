"""Everything that happened to one person in one list, newest first; two queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.law.intervals import Intervals
from cases.models import Activity, User
from cases.reports.casefile import timeline_support, timeline_work
from cases.reports.casefile.file_rows import FileRows
from cases.reports.casefile.timeline_event import Event

KINDS = {
    "contact": gettext_lazy("Contacts"),
    "session": gettext_lazy("Group meetings"),
    "paperwork": gettext_lazy("Paperwork"),
    "work": gettext_lazy("Work, training, loans"),
    "file": gettext_lazy("The file"),
    "violation": gettext_lazy("Violations"),
    "missed": gettext_lazy("Missed"),
}
CONTACT = "contact"
READ = (
    "entries",
    "appointments",
    "attendances",
    "snoozes",
    "papers",
    "referrals",
    "job_checks",
    "trainings",
    "loans",
    "placements",
    "groups",
    "needs",
    "assessments",
    "court_applications",
    "administrative_violations",
    "crimes",
    "recidivism_findings",
    "confinements",
    "deadline_versions",
)


@dataclass(frozen=True)
class TimelineMonth:
    first: date
    events: list[Event] = field(default_factory=list)


def events(rows: FileRows, user: User, on: date, kind: str = "", opened: int | None = None) -> list[Event]:
    """All events of a person up to what is agreed ahead, newest first; `kind`: one of KINDS, or "" for all.

    Withdrawn records are left out, and what is told of several people where `user` may not read of all of them.
    Duties missed stand among them: agreed meetings, and gaps without any contact. `opened` as in `visible_to`.
    """
    known = Activity.objects.known_to(user, opened).filter(entries__returnee=rows.returnee)
    told = known.order_by().values_list("pk", flat=True)
    rows.read(READ, told)
    found = list(timeline_support.activities(rows, set(told)))
    found += [event for source in SOURCES for event in source(rows, on)]
    if kind == "missed":
        found = [event for event in found if event.state == "missed"]
    elif kind:
        found = [event for event in found if event.kind == kind]
    return sorted(found, key=lambda event: event.order, reverse=True)


def months(shown: Iterable[Event]) -> list[TimelineMonth]:
    """The events of a page under the months they lie in."""
    return [
        TimelineMonth(first, list(rows)) for first, rows in groupby(shown, key=lambda event: event.on.replace(day=1))
    ]


def gaps(rows: FileRows, on: date) -> Iterator[Event]:
    """A missed duty for each time the interval between two contacts was passed, unless it was put off."""
    allowed = Intervals.in_force(on, rows.deadlines).contact_until
    start, end = rows.returnee.presented_on, min(rows.returnee.closed_on or on, on)
    if start is None:
        return
    met = {row.activity.on for row in rows.entries if row.is_met and row.activity.on > start}
    days = sorted({start, *met, end})
    put_off = [(row.since, row.until) for row in rows.snoozes if row.duty == CONTACT]
    attended = [row.meeting.on for row in rows.sessions_attended]
    for earlier, later in zip(days, days[1:], strict=False):
        limit = earlier + timedelta(days=allowed)
        if later <= limit or any(since <= limit <= until for since, until in put_off):
            continue
        length = (later - earlier).days
        words = ngettext(
            "%(count)d day without an individual contact", "%(count)d days without an individual contact", length
        )
        yield Event(
            on=limit,
            kind=CONTACT,
            state="missed",
            icon="calendar-x",
            title=words % {"count": length},
            note="\n".join(_gap_told(earlier, later, attended)),
        )


def _gap_told(earlier: date, later: date, attended: Iterable[date]) -> Iterator[str]:
    """The days of the gap, and the group meetings in it: there the person was seen, though not individually."""
    yield _("From %(start)s to %(end)s") % {"start": f"{earlier:%d/%m/%Y}", "end": f"{later:%d/%m/%Y}"}
    days = sorted(day for day in attended if earlier < day <= later)
    if days:
        yield _("Group meetings attended: %(days)s") % {"days": ", ".join(f"{day:%d/%m/%Y}" for day in days)}


SOURCES = [*timeline_support.SOURCES, gaps, *timeline_work.SOURCES]
