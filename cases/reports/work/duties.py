"""What is due for the people of a user's scope: a fixed number of queries, however many people there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.law.deadlines import Deadline, WorkCalendar
from cases.law.duty_rules import AgreedMeeting, Duty, DutyFacts, DutyKind, DutyPerson, Job, PendingPaper, duties_of
from cases.law.intervals import Intervals
from cases.lib.optional import require
from cases.models import (
    Activity,
    Appointment,
    Assessment,
    DeadlineVersion,
    JobReferral,
    Notice,
    PaperworkRequest,
    Returnee,
    Snooze,
    User,
)
from cases.models.deadline_version import deadline_table
from cases.models.employment import ReferralQuerySet
from cases.models.joint_read import read_jointly
from cases.reports.casefile import clearance, residence
from cases.reports.dossier.first_papers import DossierRows

HELPER_KINDS = frozenset({DutyKind.CONTACT, DutyKind.APPOINTMENT, DutyKind.OUTCOME})

FEW = 100  # so many people are named one by one; for more, the scope alone is the faster question


def intervals(on: date) -> Intervals:
    """The deadlines in force on `on`, those entered by an administrator too, in one query."""
    return Intervals.in_force(on, DeadlineVersion.objects.table())


def duties(user: User, on: date, mine: bool = False, entered: QuerySet[DeadlineVersion] | None = None) -> list[Duty]:
    """Everything due for the people `user` may see, most pressing first.

    `mine` keeps those the user leads or whom nobody leads. A helper gets meetings only: no papers, no assessments.
    `entered` as in duties_among.
    """
    return duties_among(people_of(user, on, mine), user, on, entered)


def duties_among(
    people: Sequence[Returnee] | QuerySet[Returnee],
    user: User,
    on: date,
    entered: QuerySet[DeadlineVersion] | None = None,
) -> list[Duty]:
    """What is due for `people` (of people_of), most pressing first; one query, and one to read them.

    `entered`: the deadlines entered by an administrator, where somebody needs them beside: they are read here.
    """
    rows = DutyRows(user, on, {"returnee__in": [row.pk for row in people]} if len(people) <= FEW else {})
    entered = DeadlineVersion.objects.of_duties() if entered is None else entered
    read_jointly(entered, *rows.questions)
    table = deadline_table(entered)
    return due(case_facts(people, rows, table), user, on, table, rows.calendar)


def due(
    facts: Iterable[DutyFacts], user: User, on: date, table: Sequence[Deadline], calendar: WorkCalendar
) -> list[Duty]:
    """The duties of these cases that `user` may know of, most pressing first; `table`: of all deadlines."""
    rules = Intervals.in_force(on, table, calendar)
    kinds = HELPER_KINDS if user.is_helper else frozenset(DutyKind)
    found = [duty for case in facts for duty in duties_of(case, on, rules) if duty.kind in kinds]
    if user.is_helper:  # since when somebody has presented is not a helper's to know
        found = [replace(duty, reason="unmet") if duty.reason == "never_met" else duty for duty in found]
    return sorted(found, key=lambda duty: duty.order)


def duties_for(returnee: Returnee, user: User, on: date, with_snoozed: bool = False) -> list[Duty]:
    """What is due for one person, most pressing first; nothing where the file is closed."""
    rows = PersonRows(returnee, user, on, with_snoozed)
    read_jointly(*rows.questions)
    return rows.duties()


def people_of(user: User, on: date, mine: bool = False) -> QuerySet[Returnee]:
    """People who have come home, or are announced, and whose file is open on `on`, with the facts kept of them.

    `mine`: those the user leads, and whom nobody leads unless the notice of them was given to a colleague here.
    """
    known = Notice.objects if user.is_helper else Notice.objects.visible_to(user)  # of these units, not of the country
    notices = known.awaited().filter(returnee=OuterRef("pk"), received_on__lte=on)
    people = Returnee.objects.visible_to(user).kept().open(on).with_facts()
    people = people.filter(Q(completed_on__lte=on) | Exists(notices))
    if mine:
        colleagues = User.objects.leading(user.scope, on).exclude(pk=user.pk)
        elsewhere = notices.filter(assigned_to__in=colleagues)
        people = people.filter(Q(lead_id=user.pk) | Q(~Exists(elsewhere), lead_id__isnull=True))
    return people


def jobs_to_check(jobs: ReferralQuerySet, on: date) -> QuerySet[JobReferral, Any]:
    """Jobs somebody is at work in, one row for each check of them; of one whose begin nobody knows no check is due."""
    return jobs.working(on).exclude(started_on=None).values_list("returnee", "pk", "started_on", "checks__day")


class DutyRows:
    """The rows behind the duties of people, whom `known` narrows: query sets to be read beside others (`questions`).

    `with_snoozed`: nobody asks what was put off.
    """

    def __init__(self, user: User, on: date, known: dict, with_snoozed: bool = False) -> None:
        self.appointments = Appointment.objects.visible_to(user).pending().filter(**known)
        self.papers = PaperworkRequest.objects.visible_to(user).pending().filter(**known)
        self.jobs = jobs_to_check(JobReferral.objects.visible_to(user).filter(**known), on)
        self.records = clearance.due_soon(user, on, known)
        self.checks = residence.CheckRows(Notice.objects.visible_to(user).filter(**known), on)
        self.dossiers = DossierRows(user, known, on)
        snoozed = Snooze.objects.visible_to(user).in_force(on).filter(**known).values_list("returnee", "duty")
        self.snoozed = snoozed.none() if with_snoozed else snoozed
        self.questions = (
            *(self.appointments, self.papers, self.jobs, self.records, self.snoozed),
            *self.checks.questions,
            self.dossiers.lying,
        )

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The days off that were read beside the rest."""
        return self.checks.calendar


class PersonRows:
    """The rows behind the duties of one person."""

    def __init__(self, returnee: Returnee, user: User, on: date, with_snoozed: bool = False) -> None:
        self.user, self.on = user, on
        self.people = people_of(user, on).filter(pk=returnee.pk)
        self.rows = DutyRows(user, on, {"returnee": returnee}, with_snoozed)
        self.entered = DeadlineVersion.objects.of_duties()
        self.questions = (self.people, self.entered, *self.rows.questions)

    def duties(self) -> list[Duty]:
        table = deadline_table(self.entered)
        return due(case_facts(self.people, self.rows, table), self.user, self.on, table, self.rows.calendar)


def case_facts(people: Iterable[Returnee], rows: DutyRows, table: Sequence[Deadline]) -> list[DutyFacts]:
    """The facts behind the duties of `people` (see people_of), in one query where `rows` are not read yet."""
    read_jointly(*rows.questions)
    people = list(people)
    appointments, papers, jobs = _appointments(rows.appointments), _papers(rows.papers), _jobs(rows.jobs)
    records, checks, snoozed = clearance.due_days(rows.records), rows.checks.found(table), _snoozed(rows.snoozed)
    gaps = rows.dossiers.gaps(people, rows.calendar, table)
    return [
        DutyFacts(
            person=DutyPerson(
                pk=row.pk,
                name=row.full_name,
                birth_year=row.birth_year,
                hamlet=row.hamlet,
                unit_id=row.unit_id,
                lead_id=row.lead_id,
                sort_key=row.sort_key,
            ),
            completed_on=row.completed_on,
            presents_by=row.presents_by,
            presented_on=row.presented_on,
            last_contact_on=row.last_contact_on,
            # Proposed groups count as assessed: what is left is the chief's to do, not the officer's.
            last_assessed_on=row.last_assessed_on,
            in_custody=row.group == Assessment.Group.D,
            taken_over_on=row.taken_over_on,
            appointments=tuple(appointments.get(row.pk, ())),
            papers=tuple(papers.get(row.pk, ())),
            jobs=tuple(jobs.get(row.pk, ())),
            record_due_on=records.get(row.pk, (None, False))[0],
            record_by_court=records.get(row.pk, (None, False))[1],
            dossier_missing=gaps[row.pk].missing if row.pk in gaps else 0,
            dossier_by=gaps[row.pk].by if row.pk in gaps else None,
            proposal_by=gaps[row.pk].proposal_by if row.pk in gaps else None,
            check_since=checks[row.pk].since if row.pk in checks else None,
            check_by=checks[row.pk].by if row.pk in checks else None,
            snoozed=frozenset(snoozed.get(row.pk, ())),
        )
        for row in people
    ]


def _appointments(rows: Iterable[Appointment]) -> dict[int, list[AgreedMeeting]]:
    found = defaultdict(list)
    for row in rows:
        found[row.returnee_id].append(AgreedMeeting(row.pk, row.kind, str(Activity.Kind(row.kind).label), row.on))
    return found


def _papers(rows: Iterable[PaperworkRequest]) -> dict[int, list[PendingPaper]]:
    found = defaultdict(list)
    for row in rows:
        found[row.returnee_id].append(PendingPaper(row.pk, row.get_kind_display(), row.last_step_on))
    return found


def _jobs(rows: Iterable[tuple]) -> dict[int, list[Job]]:
    checked: dict[tuple[int, int, date], set[int]] = defaultdict(set)
    for returnee, pk, started_on, day in rows:
        checked[returnee, pk, require(started_on)].update([] if day is None else [day])
    found = defaultdict(list)
    for (returnee, pk, started_on), days in checked.items():
        found[returnee].append(Job(pk, started_on, frozenset(days)))
    return found


def _snoozed(rows: Iterable[tuple]) -> dict[int, list[str]]:
    found = defaultdict(list)
    for returnee, key in rows:
        found[returnee].append(key)
    return found
