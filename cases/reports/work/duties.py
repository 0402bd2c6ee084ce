"""What is due for the people of a user's scope: a fixed number of queries, however many people there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.law.deadlines import PLAIN_WEEKS, Deadline
from cases.law.duty_rules import Agreed, Duty, DutyFacts, DutyKind, DutyPerson, Job, PendingPaper, duties_of
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
from cases.reports.administration.days_off import work_calendar
from cases.reports.casefile import clearance, residence

HELPER_KINDS = frozenset({DutyKind.CONTACT, DutyKind.APPOINTMENT, DutyKind.OUTCOME})

FEW = 100  # so many people are named one by one; for more, the scope alone is the faster question


def intervals(on: date) -> Intervals:
    """The deadlines in force on `on`, those entered by an administrator too, in one query."""
    return Intervals.in_force(on, DeadlineVersion.objects.table())


def duties(user: User, on: date, mine: bool = False) -> list[Duty]:
    """Everything due for the people `user` may see, most pressing first.

    `mine` keeps those the user leads or whom nobody leads. A helper gets meetings only: no papers, no assessments.
    """
    table = DeadlineVersion.objects.table()
    return due(case_facts(user, on, people_of(user, on, mine), table), user, on, table)


def due(facts: Iterable[DutyFacts], user: User, on: date, table: Sequence[Deadline]) -> list[Duty]:
    """The duties of these cases that `user` may know of, most pressing first; `table`: of all deadlines."""
    facts = list(facts)
    unled = any(case.taken_over_on and case.person.lead_id is None for case in facts)
    rules = Intervals.in_force(on, table, work_calendar() if unled else PLAIN_WEEKS)
    kinds = HELPER_KINDS if user.is_helper else frozenset(DutyKind)
    found = [duty for case in facts for duty in duties_of(case, on, rules) if duty.kind in kinds]
    if user.is_helper:  # since when somebody has presented is not a helper's to know
        found = [replace(duty, reason="unmet") if duty.reason == "never_met" else duty for duty in found]
    return sorted(found, key=lambda duty: duty.order)


def duties_for(
    returnee: Returnee, user: User, on: date, with_snoozed: bool = False, table: Sequence[Deadline] | None = None
) -> list[Duty]:
    """What is due for one person, most pressing first; nothing where the file is closed. `table`: of all deadlines."""
    people = people_of(user, on).filter(pk=returnee.pk)
    table = DeadlineVersion.objects.table() if table is None else table
    return due(case_facts(user, on, people, table, with_snoozed=with_snoozed), user, on, table)


def people_of(user: User, on: date, mine: bool = False) -> QuerySet[Returnee]:
    """People who have come home, or are announced, and whose file is open on `on`, with the facts kept of them.

    `mine`: those the user leads, and whom nobody leads unless the notice of them was given to a colleague here.
    """
    notices = Notice.objects.awaited().filter(returnee=OuterRef("pk"), received_on__lte=on)
    people = Returnee.objects.visible_to(user).kept().open(on).with_facts()
    people = people.filter(Q(completed_on__lte=on) | Exists(notices))
    if mine:
        colleagues = User.objects.leading(user.scope, on).exclude(pk=user.pk)
        elsewhere = notices.filter(assigned_to__in=colleagues)
        people = people.filter(Q(lead_id=user.pk) | Q(~Exists(elsewhere), lead_id__isnull=True))
    return people


def case_facts(
    user: User, on: date, people: QuerySet[Returnee], table: Sequence[Deadline], with_snoozed: bool = False
) -> list[DutyFacts]:
    """The facts behind the duties of `people` (see people_of): six queries, up to three more where notices wait."""
    rows = list(people)
    known = {"returnee__in": [row.pk for row in rows]} if len(rows) <= FEW else {}
    appointments, papers = _appointments(user, known), _papers(user, known)
    jobs = _jobs(user, on, known)
    records = clearance.due_days(user, on, known)
    checks = {}
    if any(row.presented_on is None for row in rows):
        checks = residence.open_checks(Notice.objects.visible_to(user).filter(**known), on, table=table)
    snoozed = {} if with_snoozed else _snoozed(user, on, known)
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
            check_since=checks[row.pk].since if row.pk in checks else None,
            check_by=checks[row.pk].by if row.pk in checks else None,
            snoozed=frozenset(snoozed.get(row.pk, ())),
        )
        for row in rows
    ]


def _appointments(user: User, known: dict) -> dict[int, list[Agreed]]:
    found = defaultdict(list)
    for row in Appointment.objects.visible_to(user).pending().filter(**known):
        found[row.returnee_id].append(Agreed(row.pk, row.kind, str(Activity.Kind(row.kind).label), row.on))
    return found


def _papers(user: User, known: dict) -> dict[int, list[PendingPaper]]:
    found = defaultdict(list)
    for row in PaperworkRequest.objects.visible_to(user).pending().filter(**known):
        found[row.returnee_id].append(PendingPaper(row.pk, row.get_kind_display(), row.last_step_on))
    return found


def _jobs(user: User, on: date, known: dict) -> dict[int, list[Job]]:
    rows = JobReferral.objects.visible_to(user).working(on).filter(**known)
    checked: dict[tuple[int, int, date], set[int]] = defaultdict(set)
    for returnee, pk, started_on, day in rows.values_list("returnee", "pk", "started_on", "checks__day"):
        checked[returnee, pk, require(started_on)].update([] if day is None else [day])
    found = defaultdict(list)
    for (returnee, pk, started_on), days in checked.items():
        found[returnee].append(Job(pk, started_on, frozenset(days)))
    return found


def _snoozed(user: User, on: date, known: dict) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows = Snooze.objects.visible_to(user).in_force(on).filter(**known)
    for returnee, key in rows.values_list("returnee", "duty"):
        found[returnee].append(key)
    return found
