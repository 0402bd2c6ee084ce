"""What is due for the people of a user's scope: a fixed number of queries, however many people there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from cases.law.duty_rules import Agreed, Duty, DutyFacts, DutyKind, DutyPerson, Intervals, Job, PendingPaper, duties_of
from cases.lib.optional import require
from cases.models import (
    Activity,
    Appointment,
    Assessment,
    DeadlineVersion,
    JobCheck,
    JobReferral,
    Notice,
    PaperworkRequest,
    Placement,
    Returnee,
    Snooze,
    User,
)
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
    return due(case_facts(user, on, people_of(user, on, mine)), user, on)


def due(facts: Iterable[DutyFacts], user: User, on: date) -> list[Duty]:
    """The duties of these cases that `user` may know of, most pressing first."""
    rules = intervals(on)
    kinds = HELPER_KINDS if user.is_helper else frozenset(DutyKind)
    found = [duty for case in facts for duty in duties_of(case, on, rules) if duty.kind in kinds]
    if user.is_helper:  # since when somebody has presented is not a helper's to know
        found = [replace(duty, reason="unmet") if duty.reason == "never_met" else duty for duty in found]
    return sorted(found, key=lambda duty: duty.order)


def duties_for(returnee: Returnee, user: User, on: date, with_snoozed: bool = False) -> list[Duty]:
    """What is due for one person, most pressing first; nothing where the file is closed."""
    people = people_of(user, on).filter(pk=returnee.pk)
    return due(case_facts(user, on, people, with_snoozed=with_snoozed), user, on)


def people_of(user: User, on: date, mine: bool = False) -> QuerySet[Returnee]:
    """People who have come home, or are announced, and whose file is open on `on`, with lead and last contact.

    `mine`: those the user leads, and whom nobody leads unless the notice of them was given to a colleague here.
    """
    notices = Notice.objects.awaited().filter(returnee=OuterRef("pk"), received_on__lte=on)
    people = Returnee.objects.visible_to(user).kept().open(on).with_lead()
    people = people.filter(Q(completed_on__lte=on) | Exists(notices))
    if mine:
        colleagues = User.objects.leading(user.scope, on).exclude(pk=user.pk)
        elsewhere = notices.filter(assigned_to__in=colleagues)
        people = people.filter(Q(lead_id=user.pk) | Q(~Exists(elsewhere), lead_id__isnull=True))
    return people.with_last_contact()


def case_facts(user: User, on: date, people: QuerySet[Returnee], with_snoozed: bool = False) -> list[DutyFacts]:
    """The facts behind the duties of `people` (see people_of), in thirteen queries."""
    rows = list(people)
    known = {"returnee__in": [row.pk for row in rows]} if len(rows) <= FEW else {}
    appointments, papers = _appointments(user, known), _papers(user, known)
    jobs, assessed = _jobs(user, on, known), _assessed(user, known)
    taken_over = _taken_over(user, known)
    records = clearance.due_days(user, on, known)
    checks = residence.open_checks(Notice.objects.visible_to(user).filter(**known), on)
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
            presented_on=row.presented_on,
            last_contact_on=row.last_contact_on,
            last_assessed_on=assessed.get(row.pk, (None, False))[0],
            in_custody=assessed.get(row.pk, (None, False))[1],
            taken_over_on=taken_over.get(row.pk),
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
    referrals = list(JobReferral.objects.visible_to(user).working(on).filter(**known))
    checked = defaultdict(set)
    answered = JobCheck.objects.visible_to(user).filter(referral__ended_on__isnull=True)
    for referral, day in answered.values_list("referral", "day"):
        checked[referral].add(day)
    found = defaultdict(list)
    for row in referrals:
        found[row.returnee_id].append(Job(row.pk, require(row.started_on), frozenset(checked[row.pk])))
    return found


def _assessed(user: User, known: dict) -> dict[int, tuple[date, bool]]:
    """When each person was assessed last, and whether as held in custody.

    Proposed ones count as assessed: what is left is the chief's to do, not the officer's. Group D counts once approved.
    """
    rows = Assessment.objects.visible_to(user).kept().filter(**known).order_by()
    approved = Q(approved_on__isnull=False)
    in_custody = Max("on", filter=approved & Q(group=Assessment.Group.D))
    found = rows.values_list("returnee").annotate(last=Max("on"), counts=Max("on", filter=approved), held=in_custody)
    return {pk: (last, held is not None and held == counts) for pk, last, counts, held in found}


def _taken_over(user: User, known: dict) -> dict[int, date]:
    """Since when people are held who came by a handover."""
    held = Placement.objects.visible_to(user).filter(until__isnull=True, reason=Placement.Reason.TRANSFER, **known)
    return dict(held.order_by().values_list("returnee", "since"))


def _snoozed(user: User, on: date, known: dict) -> dict[int, list[str]]:
    found = defaultdict(list)
    rows = Snooze.objects.visible_to(user).in_force(on).filter(**known)
    for returnee, key in rows.values_list("returnee", "duty"):
        found[returnee].append(key)
    return found
