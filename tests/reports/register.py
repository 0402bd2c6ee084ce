"""Small registers drawn at random, written to the database, and counted again in plain Python."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone
from hypothesis import strategies as st

from cases.lib.period import Period
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
    Loan,
    Placement,
    Returnee,
    TrainingReferral,
    Transfer,
    Unit,
    User,
)

PERIOD = Period(date(2025, 6, 28), date(2025, 7, 3))  # across the day on which the units were reorganised
TODAY = date(2025, 8, 1)
KINDS = ("encouragement", "review", "counselling_psychological", "counselling_vocational", "legal_aid", "paperwork")

days = st.integers(-2, 6).map(lambda number: PERIOD.start + timedelta(days=number))
later = st.integers(0, 4)
soon = st.integers(0, 2)
# The communes of the old map (see `lands` in conftest) and of the new one
communes = st.sampled_from(["left", "right", "divided", "north", "south", "far"])


@dataclass
class Person:
    completed_on: date
    presented_after: int | None
    closed_after: int | None
    homes: list[tuple[int, str]]  # days after the one before, unit; the first is held from completion
    contacts: list[tuple[date, str, str, str]]  # day, kind, paper, outcome
    crimes: list[tuple[date, int, str]]  # day of the act, class, stage
    jobs: list[tuple[date, int | None]]
    loans: list[tuple[date | None, int]]
    trainings: list[date]
    administrative: list[date]
    assessments: list[tuple[date, str, int | None]]  # day, group, approved so many days later
    evidence: date | None
    withdrawn: bool = False
    pk: int = 0

    @property
    def presented_on(self):
        return None if self.presented_after is None else self.completed_on + timedelta(days=self.presented_after)

    @property
    def closed_on(self):
        first = self.presented_on or self.completed_on
        return None if self.closed_after is None else first + timedelta(days=self.closed_after)

    def placements(self):
        """(since, until, unit): one after the other, the last without an end."""
        starts, since = [], self.completed_on
        for number, (gap, unit) in enumerate(self.homes):
            since += timedelta(days=0 if number == 0 else gap + 1)
            starts.append((since, unit))
        ends = [since - timedelta(days=1) for since, _ in starts[1:]] + [None]
        return [(since, until, unit) for (since, unit), until in zip(starts, ends, strict=True)]

    def unit_on(self, day):
        return next(
            (u for since, until, u in self.placements() if since <= day and (until is None or day <= until)), None
        )

    def is_open(self, day):
        opened = self.presented_on is not None and self.presented_on <= day
        return opened and (self.closed_on is None or day < self.closed_on)


def few(strategy):
    return st.lists(strategy, max_size=3)


contact_rows = st.tuples(
    days,
    st.sampled_from(KINDS),
    st.sampled_from(["identity", "insurance", "other"]),
    st.sampled_from(["met", "family", "absent"]),
)
stages = st.sampled_from(["reported", "charged", "prosecuted", "convicted"])
people = st.builds(
    Person,
    completed_on=days,
    presented_after=st.none() | soon,
    closed_after=st.none() | later,
    homes=st.lists(st.tuples(soon, communes), min_size=1, max_size=4),
    contacts=few(contact_rows),
    crimes=few(st.tuples(days, st.integers(1, 4), stages)),
    jobs=few(st.tuples(days, st.none() | st.integers(0, 9))),
    loans=few(st.tuples(st.none() | days, st.integers(0, 9))),
    trainings=few(days),
    administrative=few(days),
    assessments=few(st.tuples(days, st.sampled_from("ABCD"), st.none() | later)),
    evidence=st.none() | days,
    withdrawn=st.integers(0, 7).map(lambda number: number == 0),
)


@dataclass
class Meeting:
    on: date
    unit: str
    taken: bool
    present: list[bool] = field(default_factory=list)


meetings = st.builds(
    Meeting, on=days, unit=communes, taken=st.booleans(), present=st.lists(st.booleans(), min_size=5, max_size=5)
)
registers = st.builds(
    lambda people, meetings: SimpleNamespace(people=people, meetings=meetings),
    st.lists(people, max_size=5),
    st.lists(meetings, max_size=2),
)


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
        )
        for person, present in zip(register.people, meeting.present, strict=False):
            Attendance.objects.create(meeting=row, returnee_id=person.pk, present=present)


def _write_person(person, number, lands, stamps):
    row = Returnee.objects.create(
        file_number=f"{number}",
        full_name=f"Người Thứ {number}",
        sex="male",
        born_on="1985",
        unit=getattr(lands, person.homes[-1][1]),
        completed_on=person.completed_on,
        presented_on=person.presented_on,
        closed_on=person.closed_on,
        close_reason="other" if person.closed_on else "",
        **stamps,
        **(
            {"withdrawn_at": timezone.now(), "withdrawn_by": stamps["created_by"], "withdrawn_reason": "x"}
            if person.withdrawn
            else {}
        ),
    )
    for since, until, unit in person.placements():
        reason = "intake" if since == person.completed_on else "transfer"
        Placement.objects.create(
            returnee=row, unit=getattr(lands, unit), since=since, until=until, reason=reason, **stamps
        )
    _write_transfers(row, person, lands, stamps)
    return row


def _write_transfers(row, person, lands, stamps):
    """Each move to another unit was proposed and accepted: the figures come from the placements alone."""
    placements = person.placements()
    for (_since, _until, old), (since, _end, new) in zip(placements, placements[1:], strict=False):
        if old != new:
            units = {"from_unit": getattr(lands, old), "to_unit": getattr(lands, new)}
            facts = {"reason": "x", "sender_name": "x", "sender_phone": "x", "direction": "offered"}
            Transfer.objects.create(
                returnee=row, on=since, accepted_on=since, state="accepted", **units, **facts, **stamps
            )


def _write_records(person, stamps):
    facts = {"returnee_id": person.pk, **stamps}
    for on, kind, paper, outcome in person.contacts:
        row = Activity.objects.create(on=on, kind=kind, detail=paper if kind == "paperwork" else "", **stamps)
        ActivityEntry.objects.create(activity=row, returnee_id=person.pk, outcome=outcome)
    for on, severity, stage in person.crimes:
        Crime.objects.create(act_on=on, severity=severity, stage=stage, offence="x", **facts)
    for on, income in person.jobs:
        _write_job(on, income, facts)
    for on, amount in person.loans:
        Loan.objects.create(lender="x", amount=amount, requested_on=date(2025, 1, 1), paid_out_on=on, **facts)
    _write_assessments(person, facts)
    for on in person.trainings:
        TrainingReferral.objects.create(course="x", referred_on=on, **facts)
    for on in person.administrative:
        AdministrativeViolation.objects.create(act_on=on, behaviour="x", **facts)
    if person.evidence:
        another, _ = User.objects.get_or_create(username="another", defaults={"full_name": "Người Xác Nhận"})
        confirmed = {"confirmed_on": person.evidence, "confirmed_by": another}
        Expungement.objects.create(evidence="slip_1", evidence_on=person.evidence, **confirmed, **facts)


def _write_assessments(person, facts):
    for on, group, after in person.assessments:
        approved = (
            {} if after is None else {"approved_on": on + timedelta(days=after), "approved_by": facts["created_by"]}
        )
        Assessment.objects.create(group=group, on=on, reason="x", **approved, **facts)


def _write_job(on, income, facts):
    stamps = {key: facts[key] for key in ("created_by", "changed_by")}
    employer = Employer.objects.first() or Employer.objects.create(unit=Unit.objects.first(), name="x", **stamps)
    JobReferral.objects.create(
        employer=employer, job="x", referred_on=on, accepted_on=on, started_on=on, monthly_income=income, **facts
    )
