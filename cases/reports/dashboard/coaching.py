"""Five files a week that a reviewer talks over with those who lead them: each chosen by a rule, one of them to praise.

The choice is the same all week, whoever looks: it hangs on the week and the person. What was answered stays in sight.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.access.roles import is_chief, roles_that
from cases.models import ActivityEntry, JobReferral, Need, PersonalTask, Posting, Returnee, User, Verdict
from cases.models.id_list import IdList
from cases.models.joint_read import read_jointly
from cases.reports.dashboard import silence

FILES = 5
SEEN = 50  # of each rule so many are looked at: enough that the choice differs from week to week
LONG_SILENT = 45  # days
FAILED, FAILED_WITHIN = 3, 60  # visits at which nobody was met, within so many days
UNMET_FOR = 60  # days a need stands
AT_WORK_FROM, AT_WORK_UNTIL = 180, 365  # days in a job that are worth a word


class CoachingRule(StrEnum):
    """Why a file is talked over."""

    SILENT = "silent"
    FAILED = "failed"
    NEED = "need"
    UNKNOWN = "unknown"
    PRAISE = "praise"


RULE_WORDS = {
    CoachingRule.SILENT: _("Not met individually for 45 days or longer"),
    CoachingRule.FAILED: _("Nobody was met at three visits or more within 60 days"),
    CoachingRule.NEED: _("A need is unmet for 60 days or longer"),
    CoachingRule.UNKNOWN: _("The clock of the clean record lacks a fact"),
    CoachingRule.PRAISE: _("In work for half a year: worth a word of praise"),
}


@dataclass(frozen=True)
class CoachingFile:
    """A file to be talked over: why, who hears it, and what the reviewer already asked for this week, if anything."""

    person: Returnee
    rule: CoachingRule | None
    recipient: User | None
    task: PersonalTask | None = None


def week_start(on: date) -> date:
    """The Monday of the week."""
    return on - timedelta(days=on.weekday())


def queue(user: User, on: date) -> list[CoachingFile]:
    """The files of the week: those answered first, then the chosen; FILES of them where there are as many.

    None for who sees the whole country: there nobody is named, and the provinces talk files over.
    """
    if user.sees_everything:
        return []
    asked = list(asked_this_week(user, on))
    answered = {task.returnee_id for task in asked}
    chosen = _choose(_candidates(user, on), week_start(on), answered, FILES - len(answered))
    people = _people(user, chosen, on)
    chiefs = _chiefs({person.unit_id for person in people.values() if not person.lead_id}, on)
    leads = User.objects.filter(is_active=True).in_bulk({each.lead_id for each in people.values() if each.lead_id})
    answers = [CoachingFile(task.returnee, None, task.owner, task) for task in asked if task.returnee]
    return answers + [
        CoachingFile(person, rule, leads.get(person.lead_id) or chiefs.get(person.unit_id))
        for pk, rule in chosen.items()
        if (person := people.get(pk))
    ]


def recipient_of(user: User, person: Returnee, on: date) -> User | None:
    """Who hears what is asked about a person: who leads the case, else the chief of the commune; None of neither."""
    known = _people(user, [person.pk], on)
    if person.pk not in known or user.sees_everything:
        return None
    lead = known[person.pk].lead_id
    leading = lead and User.objects.filter(is_active=True, pk=lead).first()
    return leading or _chiefs({person.unit_id}, on).get(person.unit_id)


def asked_this_week(user: User, on: date) -> QuerySet[PersonalTask]:
    """What the user asked of others since Monday, the first first."""
    rows = PersonalTask.objects.asked_by(user).filter(first_on__gte=week_start(on))
    return rows.select_related("returnee__unit", "owner").order_by("pk")


def _people(user: User, people: Iterable[int], on: date) -> dict[int, Returnee]:
    rows = Returnee.objects.visible_to(user).kept().managed(on).with_facts().select_related("unit")
    return {row.pk: row for row in rows.filter(pk__in=list(people))}


def _chiefs(units: set[int], on: date) -> dict[int, User]:
    """A chief of each of these communes."""
    posted = Posting.objects.on(on).filter(role__in=roles_that(is_chief), asked_by=None, user__is_active=True)
    return {row.unit_id: row.user for row in posted.filter(unit__in=units).select_related("user").order_by("-pk")}


def _candidates(user: User, on: date) -> dict[CoachingRule, list[int]]:
    """The people each rule finds, no more than SEEN of each."""
    gaps = silence.contact_gaps(user, on)
    managed = {gap.pk for gap in gaps}
    long = [gap.pk for gap in gaps if gap.days >= LONG_SILENT]
    visits = ActivityEntry.objects.kept().filter(returnee__in=IdList(long), outcome=ActivityEntry.Outcome.ABSENT)
    failed = visits.filter(activity__on__gte=on - timedelta(days=FAILED_WITHIN)).order_by().values_list("returnee")
    needs = Need.objects.visible_to(user).pending().filter(state_on__lte=on - timedelta(days=UNMET_FOR))
    unknown = Verdict.objects.visible_to(user).newest().filter(status=Verdict.Status.INCOMPLETE)
    since, until = on - timedelta(days=AT_WORK_UNTIL), on - timedelta(days=AT_WORK_FROM)
    working = JobReferral.objects.visible_to(user).working(on).filter(started_on__range=(since, until))
    found = {
        CoachingRule.FAILED: failed.annotate(visits=Count("pk")).filter(visits__gte=FAILED).order_by("returnee"),
        CoachingRule.NEED: needs.order_by("state_on", "pk").values_list("returnee"),
        CoachingRule.UNKNOWN: unknown.order_by("pk").values_list("returnee"),
        CoachingRule.PRAISE: working.order_by("started_on", "pk").values_list("returnee"),
    }
    found = {rule: rows[:SEEN] for rule, rows in found.items()}
    read_jointly(*found.values())
    people = {rule: [row[0] for row in rows if row[0] in managed] for rule, rows in found.items()}
    return {CoachingRule.FAILED: people.pop(CoachingRule.FAILED), CoachingRule.SILENT: long[:SEEN], **people}


def _choose(
    candidates: dict[CoachingRule, list[int]], week: date, taken: set[int | None], count: int
) -> dict[int, CoachingRule]:
    """One person of each rule in turn until there are `count`, each person once."""
    waiting = [(rule, iter(sorted(people, key=lambda pk: _drawn(week, pk)))) for rule, people in candidates.items()]
    chosen: dict[int, CoachingRule] = {}
    while waiting and len(chosen) < count:
        for rule, people in list(waiting):
            found = _next_of(people, taken | chosen.keys())
            if found is None:
                waiting.remove((rule, people))
            elif len(chosen) < count:
                chosen[found] = rule
    return chosen


def _next_of(people: Iterator[int], taken: set[int | None]) -> int | None:
    return next((pk for pk in people if pk not in taken), None)


def _drawn(week: date, person: int) -> bytes:
    """The place of a person in the order of a week."""
    return hashlib.sha256(f"{week} {person}".encode()).digest()
