"""What stands at a unit on a day, read once, in a fixed number of queries: people, papers, jobs, records, entries."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.law.expungement import evaluate
from cases.lib.dates import add_months
from cases.lib.optional import require
from cases.lib.period import Period
from cases.models import (
    ActivityEntry,
    CurrentFacts,
    Expungement,
    GroupMember,
    JobCheck,
    JobReferral,
    LastContact,
    Organisation,
    PaperworkRequest,
    Placement,
    Returnee,
    RuleVersion,
    Unit,
)
from cases.models.law_facts import facts_of
from cases.reports.periodic import outcomes
from cases.reports.periodic.report_line import ReportLine, events, of_events, of_people, placement_overlaps
from cases.reports.periodic.report_scope import OUTSIDE, ReportScope

JOBS_DAYS, ENTRIES_DAYS = 730, 90  # how far back jobs and entries are looked at
YEAR = 12  # months whose comings and goings are counted


class UnitSnapshot:
    """The facts a dashboard counts, each read when it is first asked for."""

    def __init__(self, where: ReportScope, on: date) -> None:
        self.where, self.on = where, on

    @cached_property
    def managed(self) -> list[ReportLine]:
        """Files open on the day; `day` is that of presenting."""
        people = Returnee.objects.kept().managed(self.on)
        return of_people(people, self.where, first=self.on, last=self.on, day="presented_on")

    @cached_property
    def year(self) -> Period:
        """The twelve months up to the day; of a younger unit, since it began."""
        begun = add_months(self.on, -YEAR) + timedelta(days=1)
        return Period(min(max(begun, self.where.unit.valid_from), self.on), self.on)

    def last(self, days: int) -> Period:
        """So many days up to the day, the day included."""
        return Period(self.on - timedelta(days=days - 1), self.on)

    @cached_property
    def nobody(self) -> list[ReportLine]:
        """Released by the day and held by nobody, at the unit that should know; `day` is that of release.

        Whoever an ended unit still has counts at the unit in its place, or at the one asked about where it was divided.
        """
        inside, ended = Q(pk__in=self.where.inside), Q(valid_to__lt=self.on)
        heirs = Unit.objects.standing_under(self.where.unit).filter(ended)
        units = Unit.objects.filter(inside | Q(pk__in=heirs.values("pk")))
        people = Returnee.objects.kept().held_by_nobody(self.on)
        rows = people.filter(
            placement_overlaps(self.on, self.on, "placements"), placements__unit__in=units.values("pk")
        ).order_by("completed_on", "pk")
        columns = ("placements__unit", "placements__unit__valid_to", "placements__unit__standing", "pk", "completed_on")
        return [
            ReportLine(self._answering(unit, ended_on, heir), person, person, day)
            for unit, ended_on, heir, person, day in rows.values_list(*columns)
        ]

    def _answering(self, unit: int, ended_on: date | None, heir: int | None) -> int:
        known = [heir, unit] if heir and ended_on and ended_on < self.on else [unit]
        return next((each for each in known if self.where.row_of(each) != OUTSIDE), self.where.unit.pk)

    @cached_property
    def everybody(self) -> list[ReportLine]:
        """Everybody the unit answers for: under management, or released and held by nobody."""
        return list({line.person: line for line in [*self.managed, *self.nobody]}.values())

    @cached_property
    def contacted(self) -> list[ReportLine]:
        """Everybody managed with the day of the last contact, or of presenting (`mark` "never") where nobody came."""
        last = self._last(CurrentFacts.objects.values_list("returnee", "last_contact_on"), "returnee")
        return [
            line._replace(day=last.get((line.person,), line.day), mark="" if (line.person,) in last else "never")
            for line in self.managed
        ]

    def _last(self, kept: QuerySet, *by: str) -> dict:
        """The last contact up to the day, from what is kept of today; who was met since then is looked up."""
        days = {tuple(key): day for *key, day in kept.filter(returnee__in=self._people).order_by() if day}
        if any(day > self.on for day in days.values()):
            rows = ActivityEntry.objects.met().filter(activity__on__lte=self.on, returnee__in=self._people)
            rows = rows.filter(returnee__facts__last_contact_on__gt=self.on).order_by()
            earlier = rows.values(*by).annotate(last=Max("activity__on")).values_list(*by, "last")
            days = {key: day for key, day in days.items() if day <= self.on}
            days |= {tuple(key): day for *key, day in earlier}
        return days

    @cached_property
    def _people(self) -> QuerySet:
        """Everybody ever placed at a unit of the report, as a subquery."""
        return Placement.objects.filter(unit__in=self.where.inside).values("returnee")

    @cached_property
    def organisations(self) -> list[Organisation]:
        return list(Organisation.objects.all())

    @cached_property
    def helped(self) -> dict[int, list[ReportLine]]:
        """By organisation: everybody managed whom a member of it helps, with the day of its last contact.

        Where the organisation never met the person the day is that on which its member began, `mark` "never".
        """
        kept = LastContact.objects.values_list("organisation", "returnee", "on")
        last = self._last(kept, "activity__organisations", "returnee")
        members = GroupMember.objects.filter(
            Q(until__isnull=True) | Q(until__gte=self.on),
            Q(group__until__isnull=True) | Q(group__until__gte=self.on),
            since__lte=self.on,
            group__returnee__in=self._people,
        )
        managed = {line.person: line for line in self.managed}
        began: dict[tuple[int, int], date] = {}
        for organisation, person, since in members.values_list("organisation", "group__returnee", "since"):
            if person in managed:
                began[organisation, person] = min(since, began.get((organisation, person), since))
        found = defaultdict(list)
        for (organisation, person), since in began.items():
            day = last.get((organisation, person))
            mark = "" if day else "never"
            found[organisation].append(managed[person]._replace(day=day or since, mark=mark))
        return found

    @cached_property
    def papers(self) -> list[ReportLine]:
        """Papers on their way on the day, each since its last step; `mark` is kind and office."""
        rows = (
            PaperworkRequest.objects.kept()
            .filter(needed_on__lte=self.on, returnee__in=self._people)
            .exclude(handed_over_on__lte=self.on)
            .exclude(refused_on__lte=self.on)
        )
        managed = {line.person: line for line in self.managed}
        return [
            managed[row.returnee_id]._replace(record=row.pk, day=_last_step(row, self.on), mark=(row.kind, row.office))
            for row in rows.order_by("pk")
            if row.returnee_id in managed
        ]

    @cached_property
    def jobs(self) -> list[ReportLine]:
        """Jobs begun in the two years up to the day, at the unit of that day.

        `amount` is the last known income; a job that has ended earns nothing any more.
        """
        lines = of_events(
            JobReferral.objects.kept(), self.where, self.last(JOBS_DAYS), day="started_on", amount="monthly_income"
        )
        incomes, ended = self._incomes, self.jobs_ended
        return [
            line._replace(amount=None if line.record in ended else incomes.get(line.record, line.amount))
            for line in lines
        ]

    @cached_property
    def _incomes(self) -> dict[int, int | None]:
        checks = JobCheck.objects.filter(on__lte=self.on, monthly_income__isnull=False, still_working=True)
        return dict(
            checks.filter(referral__returnee__in=self._people)
            .order_by("on", "pk")
            .values_list("referral", "monthly_income")
        )

    @cached_property
    def jobs_ended(self) -> dict[int, date]:
        """The day each job ended: as reported, or as the first check showed that found nobody there.

        A job that did not last until a check has at the latest the day before it as its last.
        """
        gone = JobCheck.objects.filter(on__lte=self.on, still_working=False, referral__returnee__in=self._people)
        gone = gone.filter(referral__started_on__isnull=False)
        found: dict[int, date] = {}
        for referral, began, day, on in gone.values_list("referral", "referral__started_on", "day", "on"):
            started = require(began)
            last = min(on, max(started, started + timedelta(days=day - 1)))
            found[referral] = min(last, found.get(referral, last))
        ended = JobReferral.objects.kept().filter(ended_on__lte=self.on, returnee__in=self._people)
        return found | {pk: require(day) for pk, day in ended.order_by().values_list("pk", "ended_on")}

    @cached_property
    def jobs_seen(self) -> dict[int, date]:
        """The last day on which a check found the person at work there: that of the check, or the one it asks about."""
        checks = JobCheck.objects.filter(on__lte=self.on, still_working=True, referral__returnee__in=self._people)
        checks = checks.filter(referral__started_on__isnull=False)
        found: dict[int, date] = {}
        for referral, began, day, on in checks.values_list("referral", "referral__started_on", "day", "on"):
            started = require(began)
            found[referral] = max(on, started + timedelta(days=day), found.get(referral, started))
        return found

    def job_lasted(self, line: ReportLine) -> date:
        """The last day on which the job of a line is known to have lasted."""
        return self.jobs_ended.get(line.record) or self.jobs_seen.get(line.record, line.day)

    @cached_property
    def groups(self) -> list[ReportLine]:
        return outcomes.groups(self.where, Period(self.on, self.on))

    @cached_property
    def records(self) -> list[ReportLine]:
        """Open files of people who completed the sentence, without confirmed evidence; `day` is the day it is due."""
        evidence = Expungement.objects.confirmed().filter(returnee=OuterRef("pk"), evidence_on__lte=self.on)
        people = Returnee.objects.kept().open(self.on).filter(~Exists(evidence), completed_on__lte=self.on)
        lines = of_people(people, self.where, first=self.on, last=self.on, day="completed_on")
        facts = facts_of(people.filter(pk__in=self._people).order_by())  # of open files alone: most are closed
        rules = RuleVersion.objects.rule_sets()
        verdicts = [(line, evaluate(facts[require(line.person)], self.on, rules)) for line in lines]
        return [line._replace(day=said.due_on or line.day, mark=said.status) for line, said in verdicts]

    @cached_property
    def waiting_evidence(self) -> set[int]:
        """People whose evidence no chief had confirmed by the day."""
        rows = Expungement.objects.kept().filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__gt=self.on))
        return set(rows.filter(evidence_on__lte=self.on).values_list("returnee", flat=True))

    @cached_property
    def entries(self) -> list[ReportLine]:
        """Work of the 90 days up to the day, one line a person and event; `amount` is the days until it was logged."""
        rows = events(ActivityEntry.objects.kept(), self.where, self.last(ENTRIES_DAYS), day="activity__on")
        columns = ("returnee__placements__unit", "pk", "returnee", "activity__on", "activity__created_at")
        return [
            ReportLine(unit, record, person, day, amount=max(0, (timezone.localdate(logged) - day).days))
            for unit, record, person, day, logged in rows.order_by().values_list(*columns)
        ]


def _last_step(row: PaperworkRequest, on: date) -> date:
    steps = [getattr(row, f"{step}_on") for step in PaperworkRequest.STEPS]
    return max(step for step in steps if step and step <= on)


def caseload(where: ReportScope, days: list[date]) -> list[int | None]:
    """How many people the unit managed at the end of each day; None where it did not exist yet. One query."""
    rows = Placement.objects.filter(
        unit__in=where.inside, returnee__withdrawn_at__isnull=True, returnee__presented_on__isnull=False
    )
    columns = ("returnee", "since", "until", "returnee__presented_on", "returnee__closed_on")
    spans = list(rows.annotate(person=F("returnee")).order_by().values_list(*columns))
    return [
        len({person for person, *span in spans if _covers(day, *span)}) if where.existed(day) else None for day in days
    ]


def _covers(day: date, since: date, until: date | None, presented: date, closed: date | None) -> bool:
    return since <= day and presented <= day and (until is None or day <= until) and (closed is None or day < closed)
