"""A drawn register put into the tables, past the actions: it may say what no page would let anybody say."""

from datetime import timedelta

from django.utils import timezone

from cases.models import (
    Activity,
    ActivityEntry,
    AdministrativeViolation,
    Assessment,
    Attendance,
    Crime,
    Employer,
    Expungement,
    GroupMeeting,
    JobReferral,
    Judgment,
    Loan,
    Obligation,
    Offence,
    Placement,
    Returnee,
    TrainingReferral,
    Transfer,
    Unit,
    User,
)
from tests.reports.register import LONG_AGO

OFFENCES = {
    "automatic": {"article": 173, "chapter": "XVI", "fault": "deliberate", "severity": 2},
    "court": {"article": 109, "chapter": "XIII", "fault": "deliberate", "severity": 4},
    "negligent": {"article": 260, "chapter": "XXI", "fault": "negligent", "severity": 2},
}


def write(register, lands, by):
    """Put the register into the tables."""
    stamps = {"created_by": by, "changed_by": by}
    for number, person in enumerate(register.people):
        person.pk = _write_person(person, number, lands, stamps).pk
        _write_records(person, stamps)
    for meeting in register.meetings:
        row = GroupMeeting.objects.create(
            unit=getattr(lands, meeting.unit),
            on=meeting.on,
            place="x",
            topic="x",
            attendance_taken_at=timezone.now() if meeting.taken else None,
            **stamps,
            **_withdrawal(meeting, by),
        )
        for person, present in zip(register.people, meeting.present, strict=False):
            Attendance.objects.create(meeting=row, returnee_id=person.pk, present=present)


def _withdrawal(row, by):
    return {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_reason": "x"} if row.withdrawn else {}


def _write_person(person, number, lands, stamps):
    row = Returnee.objects.create(
        file_number=f"{number}",
        full_name=f"Người Thứ {number}",
        sex="male",
        born_on="1975",
        unit=getattr(lands, person.placements[-1][2]),
        completed_on=person.completed_on,
        presented_on=person.presented_on,
        closed_on=person.closed_on,
        close_reason="other" if person.closed_on else "",
        **stamps,
        **_withdrawal(person, stamps["created_by"]),
    )
    for since, until, unit in person.placements:
        reason = "intake" if since == person.completed_on else "transfer"
        Placement.objects.create(
            returnee=row, unit=getattr(lands, unit), since=since, until=until, reason=reason, **stamps
        )
    _write_transfers(row, person, lands, stamps)
    return row


def _write_transfers(row, person, lands, stamps):
    """Each move to another unit was proposed and accepted: the figures come from the placements alone."""
    for (_since, _until, old), (since, _end, new) in zip(person.placements, person.placements[1:], strict=False):
        if old != new:
            units = {"from_unit": getattr(lands, old), "to_unit": getattr(lands, new)}
            facts = {"reason": "x", "sender_name": "x", "sender_phone": "x", "direction": "offered"}
            Transfer.objects.create(
                returnee=row, on=since, accepted_on=since, state="accepted", **units, **facts, **stamps
            )


def _write_records(person, stamps):
    by = stamps["created_by"]
    for rows, write_one in (
        (person.contacts, _contact),
        (person.crimes, _crime),
        (person.jobs, _job),
        (person.loans, _loan),
        (person.trainings, _training),
        (person.administrative, _administrative),
        (person.assessments, _assessment),
        (person.judgments, _judgment),
        (person.evidence, _evidence),
    ):
        for row in rows:
            write_one(person.pk, {**stamps, **_withdrawal(row, by)}, *row.facts)


def _contact(pk, facts, on, kind, paper, outcome):
    row = Activity.objects.create(on=on, kind=kind, detail=paper if kind == "paperwork" else "", **facts)
    ActivityEntry.objects.create(activity=row, returnee_id=pk, outcome=outcome)


def _crime(pk, facts, on, severity, stage):
    Crime.objects.create(returnee_id=pk, act_on=on, severity=severity, stage=stage, offence="x", **facts)


def _job(pk, facts, on, income, started):
    stamps = {key: facts[key] for key in ("created_by", "changed_by")}
    employer = Employer.objects.first() or Employer.objects.create(unit=Unit.objects.first(), name="x", **stamps)
    begun = {"accepted_on": on, "started_on": on} if started else {}
    facts = {"job": "x", "referred_on": on, "monthly_income": income, **begun, **facts}
    JobReferral.objects.create(returnee_id=pk, employer=employer, **facts)


def _loan(pk, facts, on, amount):
    Loan.objects.create(returnee_id=pk, lender="x", amount=amount, requested_on=LONG_AGO, paid_out_on=on, **facts)


def _training(pk, facts, on):
    TrainingReferral.objects.create(returnee_id=pk, course="x", referred_on=on, **facts)


def _administrative(pk, facts, on):
    AdministrativeViolation.objects.create(returnee_id=pk, act_on=on, behaviour="x", **facts)


def _assessment(pk, facts, on, group, approved):
    approval = {"approved_on": max(on, approved), "approved_by": facts["created_by"]} if approved else {}
    Assessment.objects.create(returnee_id=pk, group=group, on=on, reason="x", **approval, **facts)


def _judgment(pk, facts, judged):
    kind, months = judged.penalty
    penalty = {"main_penalty": kind, "months": months, "main_done_on": judged.done_on}
    effective_on = judged.act_on + timedelta(days=200)
    row = Judgment.objects.create(returnee_id=pk, effective_on=effective_on, **penalty, **facts)
    Offence.objects.create(judgment=row, name="x", clause=1, act_on=judged.act_on, **OFFENCES[judged.law])
    if judged.settled:
        state, done_on = judged.settled
        Obligation.objects.create(judgment=row, kind="compensation", state=state, done_on=done_on)


def _evidence(pk, facts, on, confirmed):
    another, _ = User.objects.get_or_create(username="another", defaults={"full_name": "Người Xác Nhận"})
    confirmation = {"confirmed_on": on, "confirmed_by": another} if confirmed else {}
    Expungement.objects.create(returnee_id=pk, evidence="slip_1", evidence_on=on, **confirmation, **facts)
