"""The sheets that speak of people: each row becomes the record that a form would have made."""

from typing import Any

from cases import actions
from cases.importing import check_work, judgments
from cases.importing.columns import ATTENDANCE, CRIME, JUDGMENTS, MEETINGS, VIOLATIONS, WORK
from cases.importing.facts import fill_record, model_of
from cases.importing.judgment_draft import JudgmentDraft
from cases.importing.loader import AT_ONCE, Loader
from cases.importing.rows import CHANGE, RegisterRow
from cases.lib.text import match_key, normalise_name
from cases.models import (
    Activity,
    AdministrativeViolation,
    Attendance,
    Crime,
    Employer,
    GroupMeeting,
    JobReferral,
    Loan,
    Returnee,
    TrainingReferral,
)
from cases.models.stamped import CaseRow


def load_judgments(loader: Loader) -> None:
    """Save the judgments as the check left them: new ones, and those that stand with what their rows changed."""
    drafts: dict[JudgmentDraft, list[RegisterRow]] = {}
    for row in loader.register.good(JUDGMENTS):
        drafts.setdefault(row.about, []).append(row)
    for draft, rows in drafts.items():
        judgment = draft.judgment
        judgment.returnee = loader.person(rows[0])
        judgment.main_done_how = judgments.done_how(judgment, judgment.returnee)
        if judgment.pk:
            actions.judgment.correct(judgment=judgment, parts=draft.parts, by=loader.by, vouched=True)
    fresh = [(draft.judgment, draft.parts) for draft in drafts if not draft.judgment.pk]
    actions.judgment.add_many(judgments=fresh, by=loader.by)
    for draft, rows in drafts.items():
        for row in rows:
            loader.remember(row, draft.judgment, row.content_key)
        loader.step(len(rows))


def load_work(loader: Loader) -> None:
    """Visits and papers are activities; courses, jobs and loans are records of their own. So many at a time."""
    employers = Employers(loader)
    rows = sorted(loader.register.good(WORK), key=lambda row: row["on"])  # an appointment is settled by the first visit
    for start in range(0, len(rows), AT_ONCE):
        _load_work(loader, rows[start : start + AT_ONCE], employers)


def _load_work(loader: Loader, rows: list[RegisterRow], employers: "Employers") -> None:
    fresh: dict[type[CaseRow], list[tuple[RegisterRow, Any]]] = {
        Activity: [],
        TrainingReferral: [],
        JobReferral: [],
        Loan: [],
    }
    for row in rows:
        person = loader.person(row)
        if row.state == CHANGE:
            correct_record(loader, row, employers)
            continue
        facts, kind = fill_record(row), model_of(row)
        if kind is JobReferral:
            facts["employer"] = employers.named(facts["employer"], person)
        whose = {} if kind is Activity else {"returnee": person}
        fresh[kind].append((row, kind(**facts, **whose)))
    visits = [(target, loader.person(row)) for row, target in fresh[Activity]]
    actions.activity.record_many(work=visits, by=loader.by)
    actions.training.refer_many(trainings=[target for _row, target in fresh[TrainingReferral]], by=loader.by)
    actions.employment.refer_many(referrals=[target for _row, target in fresh[JobReferral]], by=loader.by)
    actions.loan.request_many(loans=[target for _row, target in fresh[Loan]], by=loader.by)
    for made in fresh.values():
        for row, target in made:
            loader.remember(row, target, row.content_key, code=row["row_code"] or "")
    loader.step(len(rows))


def correct_record(loader: Loader, row: RegisterRow, employers: "Employers | None" = None) -> None:
    """Write what the check found to differ, and nothing else."""
    target = row.target
    for name, value in (row.sets or {}).items():
        setattr(target, name, employers.named(value, loader.person(row)) if employers and name == "employer" else value)
    if isinstance(target, Activity):
        actions.activity.correct(activity=target, by=loader.by, vouched=True)
    else:
        actions.row.correct(row=target, by=loader.by, vouched=True)
    loader.remember(row, target, row.content_key, code=row["row_code"] or "")


class Employers:
    """The directory of places of work by commune and name; a new name is put in."""

    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self.known: dict[tuple[int, str], Employer] = {}
        rows = Employer.objects.kept().filter(unit__in=loader.register.known.scope)
        for employer in rows.order_by("-pk"):
            self.known[employer.unit_id, match_key(employer.name)] = employer

    def named(self, name: str, person: Returnee) -> Employer:
        mark = (person.unit_id, match_key(name))
        if mark not in self.known:
            employer = Employer(unit_id=person.unit_id, name=normalise_name(name))
            self.known[mark] = actions.employment.add_employer(employer=employer, by=self.loader.by, vouched=True)
        return self.known[mark]


def load_meetings(loader: Loader) -> None:
    """A meeting of the past has taken place: its attendance counts as taken, by whoever stands in Điểm danh."""
    guests: dict[RegisterRow, list[Returnee]] = {}
    for row in loader.register.good(ATTENDANCE):
        if row.about.row:
            guests.setdefault(row.about.row, []).append(loader.person(row))
    for row in loader.register.good(MEETINGS):
        meeting = row.target
        if row.state == CHANGE:
            for name, value in (row.sets or {}).items():
                setattr(meeting, name, value)
            actions.meeting.correct(meeting=meeting, by=loader.by, vouched=True)
        else:
            people = guests.get(row, [])
            row.target = meeting = GroupMeeting(unit=row.about.unit, **fill_record(row))
            actions.meeting.plan(meeting=meeting, invited=people, by=loader.by, vouched=True)
            if row["on"] <= loader.register.known.on:
                actions.meeting.take_attendance(meeting=meeting, present={person.pk for person in people}, by=loader.by)
        loader.remember(row, meeting, row.content_key, code=row["meeting"], unit=row.about.unit)
        loader.step()


def load_attendance(loader: Loader) -> None:
    """Those of new meetings are in already; others are added to the meeting they came to."""
    late: dict[int, list[Returnee]] = {}
    rows = loader.register.good(ATTENDANCE)
    meetings = {row: pk for row in rows if (pk := check_work.meeting_id(row)) is not None}
    for row in rows:
        late.setdefault(meetings[row], []).append(loader.person(row))
    for pk, people in late.items():
        meeting = GroupMeeting.objects.get(pk=pk)
        there = set(Attendance.objects.filter(meeting=meeting, present=True).values_list("returnee", flat=True))
        if fresh := [person for person in people if person.pk not in there]:
            actions.meeting.take_attendance(meeting=meeting, present=there, walk_ins=fresh, by=loader.by)
    made = {(each.meeting_id, each.returnee_id): each for each in Attendance.objects.filter(meeting__in=late)}
    for row in rows:
        target = made[meetings[row], loader.person(row).pk]
        loader.remember(row, target, row.key)
    loader.step(len(rows))


def load_violations(loader: Loader) -> None:
    """Record or correct each good row of "Vi phạm"."""
    for row in loader.register.good(VIOLATIONS):
        if row.state == CHANGE:
            correct_record(loader, row)
        else:
            kind = Crime if row["kind"] == CRIME else AdministrativeViolation
            violation = kind(returnee=loader.person(row), **fill_record(row))
            actions.violation.record(violation=violation, by=loader.by, vouched=True)
            loader.remember(row, violation, row.content_key, code=row["row_code"] or "")
        loader.step()
