"""What stands above every tab of a case file, and in its row of the list: few queries, no sentences of offences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.access.permissions import Permission
from cases.law.duty_rules import Bucket, Duty
from cases.law.intervals import Intervals
from cases.lib.optional import require
from cases.models import AdditionalPenalty, Assessment, Crime, PaperworkRequest, Returnee, Snooze, User
from cases.reports.casefile import next_paper
from cases.reports.casefile.file_rows import FileRows
from cases.reports.work.duties import PersonRows, intervals

READ = (
    *next_paper.READ,
    "attendances",
    "snoozes",
    "crimes",
    "additional_penalties",
    "pending_transfers",
    "deadline_versions",
    "safety_flags",
)


@dataclass(frozen=True)
class FileStanding:
    """How a file stands on a day. `tone` colours `silent_days` and `waiting_days`: days unmet, days not presented."""

    status: str
    silent_days: int | None = None
    waiting_days: int | None = None
    tone: str = ""


@dataclass(frozen=True)
class Alert:
    text: str
    tone: str
    icon: str
    route: str = ""


@dataclass(frozen=True)
class PutOff:
    """A duty that would be due, and until when and why it is put off."""

    duty: Duty
    snooze: Snooze


@dataclass(frozen=True)
class Header:
    standing: FileStanding
    papers: int
    next_duty: Duty | None
    more_duties: int
    rights: list[Duty] = field(default_factory=list)
    put_off: list[PutOff] = field(default_factory=list)
    session_on: date | None = None  # the last group meeting attended: no individual contact, and no silence either
    alerts: list[Alert] = field(default_factory=list)


def files_for(user: User, opened: int | None = None) -> QuerySet[Returnee]:
    """Everybody in scope with unit and the facts kept of them, by name; `opened` as in `visible_to`."""
    found = Returnee.objects.visible_to(user, opened).kept().with_facts()
    return found.select_related("unit")


class FileLine(NamedTuple):
    """A person beside their standing."""

    person: Returnee
    standing: FileStanding


def file_standings(people: Iterable[Returnee], on: date) -> Iterator[FileLine]:
    """Each person with their standing, the deadlines read once."""
    rules = intervals(on)
    return (FileLine(person, file_standing(person, on, rules)) for person in people)


def file_standing(returnee: Returnee, on: date, rules: Intervals) -> FileStanding:
    """The status of a person on `on` and the days that count in it; needs `last_contact_on` (with_facts)."""
    status = returnee.status(on)
    if status == "managed":
        days = (on - require(returnee.last_contact_on or returnee.presented_on)).days
        tone = "brick" if days > rules.contact_until else "amber" if days >= rules.contact_from else ""
        return FileStanding(status, silent_days=days, tone=tone)
    if status == "not_presented":
        days = (on - returnee.completed_on).days
        late = on > rules.last_day_to_present(returnee.completed_on, returnee.presents_by)
        return FileStanding(status, waiting_days=days, tone="brick" if late else "amber")
    return FileStanding(status)


def build(file: FileRows, user: User, on: date, *others: QuerySet) -> Header:
    """The header of one file: status, what is due next, open paperwork, what one must know before going there.

    One query, in which `others` are read too: what else stands on the page.
    """
    returnee = file.returnee
    due_rows = PersonRows(returnee, user, on, with_snoozed=True)
    file.read(READ, *due_rows.questions, *others)
    rules, every = Intervals.in_force(on, file.deadlines), due_rows.duties()
    attended = [row.meeting.on for row in file.sessions_attended]
    in_force = [row for row in file.snoozes if row.since <= on <= row.until]
    snoozed = {row.duty: row for row in sorted(in_force, key=lambda row: row.until)}
    due = [duty for duty in every if duty.key not in snoozed]
    duties = [duty for duty in due if not duty.is_right]
    papers = [paper for paper in file.papers if paper.next_step]
    alerts = [*_transfer_alert(file, user), *_alerts(file, papers, on, rules)]
    late = any(duty.bucket is Bucket.OVERDUE for duty in duties)
    if returnee.status(on) == "managed" and not late:
        alerts += _next_paper(file)
    return Header(
        standing=file_standing(returnee, on, rules),
        papers=len(papers),
        next_duty=duties[0] if duties else None,
        more_duties=max(len(duties) - 1, 0),
        rights=[duty for duty in due if duty.is_right],
        session_on=max((day for day in attended if day <= on), default=None),
        put_off=[PutOff(duty, snoozed[duty.key]) for duty in every if duty.key in snoozed],
        alerts=alerts,
    )


def _alerts(file: FileRows, papers: list[PaperworkRequest], on: date, rules: Intervals) -> Iterator[Alert]:
    returnee = file.returnee
    if returnee.status(on) == "closed":
        reason = returnee.get_close_reason_display()
        yield Alert(
            _("Closed on %(day)s: %(reason)s") % {"day": _day(returnee.closed_on), "reason": reason}, "", "archive"
        )
        return
    yield from _crime_alert(file)
    yield from _group_alert(returnee)
    yield from _penalty_alert(file, on)
    yield from _paper_alert(papers, on, rules)
    if returnee.lead_id is None:
        yield Alert(_("No 5+1 group has been formed yet"), "amber", "people", "returnee-group")


def _transfer_alert(file: FileRows, user: User) -> Iterator[Alert]:
    for waiting in file.pending_transfers:
        said = _("%(unit)s asks for this file") if waiting.is_request else _("Offered to %(unit)s, not accepted yet")
        route = "transfer-add" if user.may(Permission.TRANSFER_PROPOSE) else ""
        yield Alert(said % {"unit": waiting.to_unit.name}, "sky", "arrow-left-right", route)


def _crime_alert(file: FileRows) -> Iterator[Alert]:
    crime = next((row for row in file.crimes if row.stage != Crime.Stage.CONVICTED), None)
    if crime:
        text = _("A case is being handled: %(stage)s") % {"stage": crime.get_stage_display().lower()}
        yield Alert(text, "brick", "exclamation-triangle", "returnee-violations")


def _group_alert(returnee: Returnee) -> Iterator[Alert]:
    if returnee.group in (Assessment.Group.C, Assessment.Group.D):
        text = _("Group %(group)s since %(day)s") % {"group": returnee.group, "day": _day(returnee.group_on)}
        yield Alert(text, "amber", "exclamation-triangle", "returnee-needs")


def _penalty_alert(file: FileRows, on: date) -> Iterator[Alert]:
    running = [row for row in file.additional_penalties if row.done_on and row.done_on >= on]
    for penalty in running[:1]:
        words = _("%(penalty)s until %(day)s")
        if penalty.kind == AdditionalPenalty.Kind.RESIDENCE_CONTROL:
            words = _("%(penalty)s until %(day)s: remark in the first 5 days of each month (Decree 231/2026)")
        text = words % {"penalty": penalty.get_kind_display(), "day": _day(penalty.done_on)}
        yield Alert(text, "sky", "info-circle", "returnee-sentence")


def _paper_alert(papers: list[PaperworkRequest], on: date, rules: Intervals) -> Iterator[Alert]:
    stuck = [paper for paper in papers if (on - paper.last_step_on).days >= rules.paperwork]
    if stuck:
        text = ngettext("%(count)d paper does not move", "%(count)d papers do not move", len(stuck))
        yield Alert(text % {"count": len(stuck)}, "amber", "file-earmark-text", "returnee-paperwork")


def _next_paper(file: FileRows) -> Iterator[Alert]:
    """Where nothing is overdue there is time for the next paper."""
    step = next_paper.step(file)
    if step:
        text = _("Next paper: %(paper)s, %(stage)s") % {"paper": step.name.lower(), "stage": step.stage}
        yield Alert(text, "sky", "signpost", "returnee-work" if step.is_loan else "returnee-paperwork")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
