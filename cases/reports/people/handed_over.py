"""Files a unit once held: read only, as they stood when they were handed over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import (
    Activity,
    ActivityEntry,
    AdministrativeViolation,
    Assessment,
    Attendance,
    Crime,
    HelperGroup,
    JobReferral,
    Judgment,
    Loan,
    Need,
    PaperworkRequest,
    Placement,
    Returnee,
    TrainingReferral,
    Transfer,
    Unit,
    User,
)
from cases.models.stamped import Stamped
from cases.reports.casefile.timeline_event import Event, join_parts

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Leaving:
    """The handover that ended a unit's time with a person: its day, its moment, to whom, and who of it reads now."""

    on: date
    at: datetime
    to_unit: Unit
    reader: User


def former_people(user: User) -> QuerySet[Returnee]:
    """Everybody a unit of the user's held once and holds no longer, in the order of names."""
    return Returnee.objects.formerly_of(user).kept().order_by("sort_key", "pk")


def leavings(returnees: Iterable[Returnee], user: User) -> dict[int, Leaving]:
    """The last handover out of the user's units for each person, by id; two queries, however many they are."""
    mine = set(user.units().values_list("pk", flat=True))
    rows = Placement.objects.filter(returnee__in=[each.pk for each in returnees]).select_related("unit")
    found: dict[int, Leaving] = {}
    before: dict[int, int] = {}
    for row in rows.order_by("since", "pk"):
        if before.get(row.returnee_id) in mine and row.unit_id not in mine:
            found[row.returnee_id] = Leaving(row.since, row.created_at, row.unit, user)
        before[row.returnee_id] = row.unit_id
    return found


def sheet_of(returnee: Returnee, user: User) -> Transfer | None:
    """The transfer whose handover sheet the user may still read: the last one out of the own units."""
    gone = Transfer.objects.filter(returnee=returnee, from_unit__in=user.scope, state=Transfer.State.ACCEPTED)
    return gone.order_by("accepted_on", "pk").last()


def events(returnee: Returnee, leaving: Leaving) -> list[Event]:
    """What was on file at the handover, newest first.

    Nothing dated or entered later is in it. Of a record changed since, only that it was there is said: what it says
    today is no longer for this unit.
    """
    found = [event for source in SOURCES for event in source(returnee, leaving)]
    return sorted((each for each in found if each.on <= leaving.on), key=lambda event: event.order, reverse=True)


def _rows(model: Any, returnee: Returnee, leaving: Leaving) -> QuerySet:
    return model.objects.kept().filter(returnee=returnee, created_at__lte=leaving.at)


def _event(
    row: Stamped, leaving: Leaving, on: date, kind: str, icon: str, title: str, note: str = "", state: str = ""
) -> Event:
    """A record as it stood; `note` is left out where the record was changed after the handover."""
    note = note if row.changed_at <= leaving.at else _("Changed by the receiving commune since")
    return Event(on=on, kind=kind, icon=icon, title=title, note=note, state=state, pk=row.pk)


def _steps(
    row: Stamped, leaving: Leaving, kind: str, icon: str, name: str, steps: list[tuple[date | None, str]]
) -> Iterator[Event]:
    """One event a step; of a record changed since only its first step, which it cannot be without."""
    for on, said in steps if row.changed_at <= leaving.at else steps[:1]:
        if on:
            yield _event(row, leaving, on, kind, icon, f"{name}: {said}")


def _contacts(returnee: Returnee, leaving: Leaving) -> Iterator[Event]:
    entries = ActivityEntry.objects.kept().filter(returnee=returnee, activity__created_at__lte=leaving.at)
    told = Activity.objects.known_to(leaving.reader).filter(entries__returnee=returnee)
    told = set(told.order_by().values_list("pk", flat=True))
    for entry in entries.select_related("activity"):
        row = entry.activity
        shared = (row.result, row.note) if row.pk in told else ()
        said = join_parts(entry.get_outcome_display(), *shared, entry.note)
        yield _event(row, leaving, row.on, "contact", row.icon, row.get_kind_display(), said)


def _meetings(returnee: Returnee, leaving: Leaving) -> Iterator[Event]:
    taken = {"meeting__attendance_taken_at__lte": leaving.at}
    for each in Attendance.objects.present().filter(returnee=returnee, **taken).select_related("meeting"):
        title = _("Group meeting: %(topic)s") % {"topic": each.meeting.topic}
        yield Event(on=each.meeting.on, kind="session", icon="people", title=title, pk=each.pk)


def _papers(returnee: Returnee, leaving: Leaving) -> Iterator[Event]:
    for row in _rows(PaperworkRequest, returnee, leaving):
        days = [(getattr(row, f"{step}_on"), row.STATES[step].lower()) for step in (*row.STEPS, "refused")]
        yield from _steps(row, leaving, "paperwork", "file-earmark-text", row.get_kind_display(), days)


def _work(returnee: Returnee, leaving: Leaving) -> Iterator[Event]:
    for row in _rows(JobReferral, returnee, leaving).select_related("employer"):
        days = [(getattr(row, f"{step}_on"), name.lower()) for step, name in row.STATES.items()]
        if row.begin_unknown:
            days[0] = (row.referred_on, _("at work, begin not known"))
        yield from _steps(row, leaving, "work", "briefcase", f"{row.job}, {row.employer.name}", days)
    for row in _rows(TrainingReferral, returnee, leaving):
        days = [(row.referred_on, _("referred")), (row.started_on, _("started")), (row.ended_on, _("ended"))]
        yield from _steps(row, leaving, "work", "mortarboard", row.course, days)
    for row in _rows(Loan, returnee, leaving):
        days = [(row.requested_on, _("requested")), (row.paid_out_on, _("paid out")), (row.refused_on, _("refused"))]
        yield from _steps(row, leaving, "work", "cash-coin", row.lender, days)


def _needs(returnee: Returnee, leaving: Leaving) -> Iterator[Event]:
    for row in _rows(Need, returnee, leaving):
        on = min(row.state_on, timezone.localdate(row.created_at))
        title = (
            f"{row.get_pathway_display()}: {row.text}" if row.changed_at <= leaving.at else row.get_pathway_display()
        )
        yield _event(row, leaving, on, "file", "clipboard-check", title, row.get_state_display())
    for row in _rows(Assessment, returnee, leaving):
        title = _("Assessed as group %(group)s") % {"group": row.group}
        yield _event(row, leaving, row.on, "file", "clipboard-data", title, row.reason)


def _file(returnee: Returnee, leaving: Leaving) -> Iterator[Event]:
    """The days of the file, who led it, its judgments: the penalty and the court, no more."""
    days = [(returnee.completed_on, _("Came home")), (returnee.presented_on, _("Presented at the commune"))]
    for rank, (on, title) in enumerate(days):
        if on:
            yield Event(on=on, kind="file", icon="folder2-open", title=title, pk=returnee.pk, rank=rank)
    groups = HelperGroup.objects.filter(returnee=returnee, created_at__lte=leaving.at).select_related("lead")
    for row in groups:
        yield Event(on=row.since, kind="file", icon="people", title=_("5+1 group formed"), pk=row.pk)
    for row in _rows(Judgment, returnee, leaving):
        on = row.effective_on or row.judged_on
        if on:
            said = join_parts(row.get_main_penalty_display(), row.court, row.number)
            yield _event(row, leaving, on, "file", "bank", _("Judgment"), said)


def _violations(returnee: Returnee, leaving: Leaving) -> Iterator[Event]:
    for row in _rows(AdministrativeViolation, returnee, leaving):
        title = _("Administrative violation")
        yield _event(row, leaving, row.act_on, "violation", "exclamation-triangle", title, row.behaviour, "violation")
    for row in _rows(Crime, returnee, leaving):
        said = join_parts(row.offence, row.get_stage_display())
        yield _event(row, leaving, row.act_on, "violation", "exclamation-triangle", _("New crime"), said, "violation")


SOURCES = (_contacts, _meetings, _papers, _work, _needs, _file, _violations)
