"""The sources of a timeline that tell of papers, work, the file itself and violations."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from cases.models import JobReferral, Placement
from cases.reports.casefile.file_rows import FileRows
from cases.reports.casefile.timeline_event import Chip, Event, join_parts


def _steps(kind: str, icon: str, pk: int, steps: list[tuple], by: str = "") -> Iterator[Event]:
    """One event for each (day, title, note, state) whose day is known, in their order on the same day."""
    for rank, (day, title, note, state) in enumerate(steps):
        if day:
            yield Event(on=day, kind=kind, title=title, icon=icon, state=state, note=note, by=by, pk=pk, rank=rank)


def paperwork(rows: FileRows, on: date) -> Iterator[Event]:
    """The steps of each paper, on their days."""
    for row in rows.papers:
        name = {"paper": row.get_kind_display()}
        steps = [
            (row.needed_on, _("%(paper)s: needed") % name, row.note, ""),
            (row.submitted_on, _("%(paper)s: submitted") % name, row.office, ""),
            (row.issued_on, _("%(paper)s: issued") % name, "", ""),
            (row.handed_over_on, _("%(paper)s: handed over") % name, "", ""),
            (row.refused_on, _("%(paper)s: refused") % name, row.refusal_reason, ""),
        ]
        yield from _steps("paperwork", "file-earmark-text", row.pk, steps)


def referrals(rows: FileRows, on: date) -> Iterator[Event]:
    """What became of each job a person was referred to, on the days it did."""
    for row in rows.referrals:
        name = {"job": f"{row.job}, {row.employer.name}"}
        income = _("%(income)s đồng a month") % {"income": _dots(row.monthly_income)} if row.monthly_income else ""
        steps = [
            (row.referred_on, _referred(row) % name, row.note, ""),
            (row.accepted_on, _("Accepted: %(job)s") % name, "", ""),
            (row.refused_on, _("Not accepted: %(job)s") % name, row.get_refusal_reason_display(), ""),
            (row.started_on, _("Started work: %(job)s") % name, income, ""),
            (row.ended_on, _("Work ended: %(job)s") % name, row.end_reason, ""),
        ]
        yield from _steps("work", "briefcase", row.pk, steps)


def _referred(row: JobReferral) -> str:
    return _("At work, begin not known: %(job)s") if row.begin_unknown else _("Referred to work: %(job)s")


def job_checks(rows: FileRows, on: date) -> Iterator[Event]:
    """The checks whether a job is still held."""
    for row in rows.job_checks:
        chip = (
            Chip(_("Still working"), "leaf", "check-circle")
            if row.still_working
            else Chip(_("Left"), "amber", "x-circle")
        )
        yield Event(
            on=row.on,
            kind="work",
            title=_("%(employer)s: check after %(day)d days")
            % {"employer": row.referral.employer.name, "day": row.day},
            icon="briefcase",
            chips=(chip,),
            note=row.note,
            pk=row.pk,
        )


def trainings(rows: FileRows, on: date) -> Iterator[Event]:
    """The begin and end of each course, and the referral to it."""
    for row in rows.trainings:
        name = {"course": row.course}
        steps = [
            (row.referred_on, _("Referred to a course: %(course)s") % name, join_parts(row.school, row.note), ""),
            (row.started_on, _("Course started: %(course)s") % name, "", ""),
            (row.ended_on, _("Course ended: %(course)s") % name, row.result, ""),
        ]
        yield from _steps("work", "mortarboard", row.pk, steps)


def loans(rows: FileRows, on: date) -> Iterator[Event]:
    """The steps of each loan; sums in đồng."""
    for row in rows.loans:
        name = {"lender": row.lender, "amount": _dots(row.amount)}
        steps = [
            (row.requested_on, _("Loan requested: %(lender)s, %(amount)s đồng") % name, row.note, ""),
            (row.paid_out_on, _("Loan paid out: %(lender)s, %(amount)s đồng") % name, "", ""),
            (row.refused_on, _("Loan refused: %(lender)s") % name, row.refusal_reason, ""),
        ]
        yield from _steps("work", "cash-coin", row.pk, steps)


def file_days(rows: FileRows, on: date) -> Iterator[Event]:
    """Completion, presenting, closing."""
    returnee = rows.returnee
    reason = returnee.get_close_reason_display()
    steps = [
        (returnee.completed_on, _("Completed the sentence and came home"), returnee.prison, ""),
        (returnee.presented_on, _("Presented at the commune"), "", ""),
        (returnee.closed_on, _("File closed: %(reason)s") % {"reason": reason}, returnee.close_note, ""),
    ]
    yield from _steps("file", "folder2-open", returnee.pk, steps)


def placements(rows: FileRows, on: date) -> Iterator[Event]:
    """Handed over to another unit, or the unit was reorganised; the first place is the completion itself."""
    for row in rows.placements:
        if row.reason == Placement.Reason.INTAKE:
            continue
        title = f"{row.get_reason_display()}: {row.unit.name}"
        yield Event(on=row.since, kind="file", title=title, icon="arrow-left-right", pk=row.pk)


def groups(rows: FileRows, on: date) -> Iterator[Event]:
    """The days between which each 5+1 group stood."""
    for row in rows.groups:
        steps = [
            (row.since, _("5+1 group formed"), _("Lead officer: %(name)s") % {"name": row.lead.full_name}, ""),
            (row.until, _("5+1 group ended"), "", ""),
        ]
        yield from _steps("file", "people", row.pk, steps)


def needs(rows: FileRows, on: date) -> Iterator[Event]:
    """The last word on each need."""
    for row in rows.needs:
        title = f"{row.get_pathway_display()}: {row.text}"
        chips = (Chip(row.get_state_display()),)
        yield Event(on=row.state_on, kind="file", title=title, icon="clipboard-check", chips=chips, pk=row.pk)


def assessments(rows: FileRows, on: date) -> Iterator[Event]:
    """The groups A to D a person was put into, proposed or approved."""
    for row in rows.assessments:
        chip = (
            Chip(_("Approved"), "leaf", "check-circle")
            if row.approved_on
            else Chip(_("Proposed"), "amber", "hourglass-split")
        )
        title = _("Assessed as group %(group)s") % {"group": row.group}
        yield Event(
            on=row.on,
            kind="file",
            title=title,
            icon="clipboard-data",
            chips=(chip,),
            note=row.reason,
            by=row.created_by.full_name,
            pk=row.pk,
        )


def court_applications(rows: FileRows, on: date) -> Iterator[Event]:
    """The applications to the court to clear the record, and its refusals."""
    for row in rows.court_applications:
        steps = [
            (row.filed_on, _("Application to clear the record sent to the court"), row.court, ""),
            (row.refused_on, _("The court refused to clear the record"), join_parts(row.reference, row.note), ""),
        ]
        yield from _steps("file", "bank", row.pk, steps)


def violations(rows: FileRows, on: date) -> Iterator[Event]:
    """Administrative violations and new crimes, on the day of the act."""
    event = partial(Event, kind="violation", icon="exclamation-triangle", state="violation")
    for row in rows.administrative_violations:
        title = _("Administrative violation: %(behaviour)s") % {"behaviour": row.behaviour}
        yield event(on=row.act_on, title=title, note=row.note, pk=row.pk)
    for row in rows.crimes:
        title = _("New crime: %(offence)s") % {"offence": row.offence}
        chips = (Chip(row.get_stage_display(), "brick", "exclamation-triangle"),)
        yield event(on=row.act_on, title=title, chips=chips, note=row.note, pk=row.pk)
    for row in rows.recidivism_findings:
        title = _("The court found: %(finding)s") % {"finding": row.get_kind_display().lower()}
        yield event(on=row.found_on, title=title, note=join_parts(row.court, row.note), pk=row.pk)
    for row in rows.confinements:
        steps = [
            (row.begun_on, _("Held: %(what)s") % {"what": row.get_kind_display().lower()}, row.decision_number, ""),
            (row.ended_on, _("Released: %(what)s") % {"what": row.get_kind_display().lower()}, "", ""),
        ]
        yield from _steps("violation", "exclamation-triangle", row.pk, steps)


def _dots(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


SOURCES = [
    paperwork,
    referrals,
    job_checks,
    trainings,
    loans,
    file_days,
    placements,
    groups,
    needs,
    assessments,
    court_applications,
    violations,
]
