"""The sheets that speak of people: each row becomes the record that a form would have made."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cases import actions
from cases.importing import check_work, columns
from cases.importing.columns import ATTENDANCE, JUDGMENTS, MEETINGS, VIOLATIONS, WORK, plain
from cases.importing.rows import CHANGE, Row
from cases.lib.text import match_key, normalise_name
from cases.models import (
    Activity,
    AdditionalPenalty,
    AdministrativeViolation,
    Attendance,
    Crime,
    Employer,
    GroupMeeting,
    JobReferral,
    Judgment,
    Loan,
    Obligation,
    Offence,
    Returnee,
    TrainingReferral,
)

if TYPE_CHECKING:
    from cases.importing.load import Loader

DONE_HOW = {
    Returnee.SubjectType.COMPLETED: Judgment.DoneHow.SERVED,
    Returnee.SubjectType.AMNESTIED: Judgment.DoneHow.AMNESTY,
    Returnee.SubjectType.CONDITIONAL: Judgment.DoneHow.CONDITIONAL,
}


def load_judgments(loader: "Loader") -> None:
    """Rows that name one judgment are its offences; one that stands in the file already gets what it lacks."""
    groups: dict[tuple, list[Row]] = {}
    for row in loader.register.good(JUDGMENTS):
        groups.setdefault(row.about, []).append(row)
    for rows in groups.values():
        person = loader.person(rows[0])
        judgment = _standing(rows[0], person)
        if judgment:
            stored = _stored(judgment)
            parts = _unlike(stored, [part for row in rows for part in parts_of(row)])
            if parts:
                actions.judgment.correct(judgment=judgment, parts=stored + parts, by=loader.by)
        else:
            parts = _unlike([], [part for row in rows for part in parts_of(row)])
            judgment = actions.judgment.add(judgment=judgment_of(rows[0], person), parts=parts, by=loader.by)
        for row in rows:
            loader.remember(row, judgment, check_work.said(row))
        loader.step(len(rows))


def _stored(judgment: Judgment) -> list:
    return [*judgment.offences.all(), *judgment.additional_penalties.all(), *judgment.obligations.all()]


def _standing(row: Row, person: Returnee) -> Judgment | None:
    """The judgment of that number in the person's file."""
    if not row["number"]:
        return None
    number = plain(row["number"])
    return next((each for each in person.judgments.kept() if plain(each.number) == number), None)


def _unlike(stored: list, parts: list) -> list:
    """Parts that are not there yet: an offence by its name and clause, anything else by its kind."""
    there = {_mark(part) for part in stored}
    fresh = []
    for part in parts:
        if _mark(part) not in there:
            there.add(_mark(part))
            fresh.append(part)
    return fresh


def _mark(part) -> tuple:
    if isinstance(part, Offence):
        return plain(part.name), part.article, part.clause, part.act_on
    return type(part), part.kind


def judgment_of(row: Row, person: Returnee) -> Judgment:
    how = ""
    if row["main_done_on"]:
        probation = row["main_penalty"] == Judgment.MainPenalty.SUSPENDED
        how = Judgment.DoneHow.PROBATION if probation else DONE_HOW[person.subject_type]
    return Judgment(
        returnee=person,
        number=row["number"] or "",
        court=row["court"] or "",
        effective_on=row["effective_on"],
        main_penalty=row["main_penalty"],
        months=row["months"],
        main_done_on=row["main_done_on"],
        main_done_how=how,
    )


def parts_of(row: Row) -> list:
    """The offence of a row, the additional penalty, and what is known of fees and compensation: nothing is guessed."""
    offence = Offence(
        name=row["offence"],
        article=row["article"] or "",
        clause=row["clause"],
        chapter=row["chapter"] or "",
        fault=row["fault"] or "",
        severity=row["severity"],
        act_on=row["act_on"],
    )
    parts, kind, done_on = [offence], check_work.extra_of(row), row["additional_done_on"]
    if isinstance(kind, AdditionalPenalty.Kind):
        parts.append(AdditionalPenalty(kind=kind, done_on=done_on))
    elif kind:
        state = Obligation.State.DONE if done_on else Obligation.State.UNKNOWN
        parts.append(Obligation(kind=kind, state=state, done_on=done_on))
    if row["dues"] != columns.NO_DUES:
        state = row["dues"] or Obligation.State.UNKNOWN
        parts.append(Obligation(kind=Obligation.Kind.COURT_FEE, state=state, done_on=row["dues_done_on"]))
    return parts


def load_work(loader: "Loader") -> None:
    """Visits and papers are activities; courses, jobs and loans are records of their own."""
    employers = Employers(loader)
    fresh: dict[type, list[tuple[Row, object]]] = {Activity: [], TrainingReferral: [], JobReferral: [], Loan: []}
    for row in loader.register.good(WORK):
        person = loader.person(row)
        facts = work_facts(row, employers, person)
        kind = MODELS.get(row["kind"], Activity)
        if row.state == CHANGE:
            correct_work(loader, row, kind, facts)
            loader.step()
        else:
            whose = {} if kind is Activity else {"returnee": person}
            fresh[kind].append((row, kind(**facts, **whose)))
    visits = [(target, loader.person(row)) for row, target in fresh[Activity]]
    actions.activity.record_many(work=visits, by=loader.by)
    loader.step(len(visits))
    actions.training.refer_many(trainings=[target for _row, target in fresh[TrainingReferral]], by=loader.by)
    actions.employment.refer_many(referrals=[target for _row, target in fresh[JobReferral]], by=loader.by)
    actions.loan.request_many(loans=[target for _row, target in fresh[Loan]], by=loader.by)
    for made in fresh.values():
        for row, target in made:
            loader.remember(row, target, check_work.said(row))


MODELS = {columns.TRAINING: TrainingReferral, columns.JOB: JobReferral, columns.LOAN: Loan}


def work_facts(row: Row, employers: "Employers", person: Returnee) -> dict[str, object]:
    """The fields of the record a row becomes."""
    stated = _("Not stated in the register")
    note = " ".join(filter(None, (row["result"], row["note"])))
    if row["kind"] == columns.TRAINING:
        return {
            "course": row["detail"] or stated,
            "school": row["place"] or "",
            "referred_on": row["on"],
            "started_on": row["started_on"],
            "note": note,
        }
    if row["kind"] == columns.JOB:
        return {
            "employer": employers.named(row["place"] or stated, person),
            "job": row["detail"] or stated,
            "referred_on": row["on"],
            "accepted_on": row["started_on"],
            "started_on": row["started_on"],
            "monthly_income": row["income"],
            "note": note,
        }
    if row["kind"] == columns.LOAN:
        return {
            "lender": row["place"] or stated,
            "amount": row["amount"],
            "requested_on": row["on"],
            "paid_out_on": row["started_on"],
            "note": note,
        }
    return visit_facts(row)


def visit_facts(row: Row) -> dict[str, object]:
    """The detail of a visit that is no paper is told in its note."""
    paper = row["kind"] == Activity.Kind.PAPERWORK
    told = [row["note"], *([] if paper else [row["detail"]]), row["place"]]
    return {
        "kind": row["kind"],
        "detail": columns.PAPERS.get(plain(row["detail"] or ""), Activity.Detail.OTHER) if paper else "",
        "on": row["on"],
        "place": Activity.Place.OFFICE if paper else Activity.Place.HOME,
        "result": row["result"] or "",
        "note": " · ".join(part for part in told if part),
    }


def correct_work(loader: "Loader", row: Row, kind: type, facts: dict[str, object]) -> None:
    """A row of a known code that says something else now."""
    target = kind.objects.get(pk=row["before"].target_id)
    for name, value in facts.items():
        setattr(target, name, value)
    if kind is Activity:
        actions.activity.correct(activity=target, by=loader.by)
    else:
        actions.row.correct(row=target, by=loader.by)
    loader.remember(row, target, check_work.said(row))


class Employers:
    """The directory of places of work by commune and name; a new name is put in."""

    def __init__(self, loader: "Loader") -> None:
        self.loader = loader
        self.known: dict[tuple[int, str], Employer] = {}
        rows = Employer.objects.kept().filter(unit__in=loader.register.known.scope)
        for employer in rows.order_by("-pk"):
            self.known[employer.unit_id, match_key(employer.name)] = employer

    def named(self, name: str, person: Returnee) -> Employer:
        mark = (person.unit_id, match_key(name))
        if mark not in self.known:
            employer = Employer(unit_id=person.unit_id, name=normalise_name(name))
            self.known[mark] = actions.employment.add_employer(employer=employer, by=self.loader.by)
        return self.known[mark]


def load_meetings(loader: "Loader") -> None:
    """A meeting of the past has taken place: its attendance counts as taken, by whoever stands in Điểm danh."""
    guests: dict[Row, list[Returnee]] = {}
    for row in loader.register.good(ATTENDANCE):
        if isinstance(row.about[1], Row):
            guests.setdefault(row.about[1], []).append(loader.person(row))
    for row in loader.register.good(MEETINGS):
        facts = meeting_facts(row)
        if row.state == CHANGE:
            meeting = GroupMeeting.objects.get(pk=row["before"].target_id)
            for name, value in facts.items():
                setattr(meeting, name, value)
            actions.meeting.correct(meeting=meeting, by=loader.by)
        else:
            people = guests.get(row, [])
            meeting = GroupMeeting(unit=row.about.unit, **facts)
            actions.meeting.plan(meeting=meeting, invited=people, by=loader.by)
            if row["on"] <= loader.register.known.on:
                actions.meeting.take_attendance(meeting=meeting, present={person.pk for person in people}, by=loader.by)
        row.values["made"] = meeting
        loader.remember(row, meeting, check_work.said(row), code=row["meeting"], unit=row.about.unit)
        loader.step()


def meeting_facts(row: Row) -> dict[str, object]:
    return {"on": row["on"], "place": row["place"] or "", "topic": row["topic"] or _("Periodic group meeting")}


def load_attendance(loader: "Loader") -> None:
    """Those of new meetings are in already; others are added to the meeting they came to."""
    late: dict[int, list[Returnee]] = {}
    rows = loader.register.good(ATTENDANCE)
    meetings = {row: _meeting_id(row) for row in rows}
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


def _meeting_id(row: Row) -> int:
    meeting = row.about[1]
    if not isinstance(meeting, Row):
        return meeting
    return meeting["made"].pk if "made" in meeting.values else meeting["before"].target_id


def load_violations(loader: "Loader") -> None:
    for row in loader.register.good(VIOLATIONS):
        person = loader.person(row)
        shared = {"returnee": person, "act_on": row["act_on"], "note": row["note"] or ""}
        if row["kind"] == columns.CRIME:
            violation = Crime(
                offence=row["offence"],
                article=row["article"] or "",
                clause=row["clause"],
                severity=row["severity"],
                stage=row["stage"] or Crime.Stage.REPORTED,
                stage_on=row["stage_on"],
                **shared,
            )
        else:
            violation = AdministrativeViolation(behaviour=row["offence"], decided_on=row["stage_on"], **shared)
        actions.violation.record(violation=violation, by=loader.by)
        loader.remember(row, violation, check_work.said(row))
        loader.step()
