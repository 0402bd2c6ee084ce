"""What stands at a unit on a day, read once, in a fixed number of queries: people, papers, jobs, records, entries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from cases.law.expungement import status_and_day
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
    RuleVersion,
    Unit,
)
from cases.models.joint_read import read_jointly
from cases.models.law_facts import FactRows
from cases.models.rule_version import add_to_law
from cases.reports.periodic import dated, flow, held, outcomes, work
from cases.reports.periodic.held import is_absent, is_open
from cases.reports.periodic.report_line import ReportLine, events
from cases.reports.periodic.report_records import RecordReading, ReportRecords, Source, read_records
from cases.reports.periodic.report_scope import OUTSIDE, ReportScope

# The figures of the caseload that stand on the page; each year ends on the day the page shows
FLOW: dict[str, Source] = {
    "managed_start": flow.managed_start,
    "received": flow.presentations,
    "transferred_in": flow.arrivals,
    "closed": flow.closures,
    "transferred_out": flow.departures,
    "managed_end": flow.managed_end,
}
JOBS_DAYS, ENTRIES_DAYS = 730, 90  # how far back jobs and entries are looked at
YEAR = 12  # months whose comings and goings are counted


class OverviewDays:
    """The days that the parts of a unit's dashboard are of."""

    def __init__(self, unit: Unit, on: date) -> None:
        self.unit, self.on = unit, on

    @cached_property
    def year(self) -> Period:
        """The twelve months up to the day; of a younger unit, since it began."""
        begun = add_months(self.on, -YEAR) + timedelta(days=1)
        return Period(min(max(begun, self.unit.valid_from), self.on), self.on)

    def last(self, days: int) -> Period:
        """So many days up to the day, the day included."""
        return Period(self.on - timedelta(days=days - 1), self.on)


class UnitSnapshot(OverviewDays):
    """The facts a dashboard counts, each read when it is first asked for."""

    def __init__(self, where: ReportScope, on: date) -> None:
        super().__init__(where.unit, on)
        self.where = where

    @cached_property
    def counted(self) -> ReportRecords:
        """What the figures of the report that stand here are cut out of."""
        return ReportRecords(self.where, self.year, sources=(*FLOW.values(), outcomes.groups, outcomes.uncleared))

    def read(self, beside: Mapping[ReportRecords, Iterable[RecordReading]] | None = None) -> None:
        """Read in one statement what nearly every figure is made of; entries alone are read when they are asked for.

        `beside`: what else the page shows.
        """
        own = {self.counted: (held.LINES, held.LINES_ONCE, flow.MOVES), self._jobs_begun: (dated.LINES,)}
        read_records(
            {**own, **(beside or {})},
            *(self._organisations, self._last_days, self._last_days_by_force, self._members, self._paper_rows),
            *(self._answers, self._jobs_over, self._evidence, self._held_by_nobody),
        )

    def flow(self, key: str) -> list[ReportLine]:
        """The lines of a figure of the caseload, of the twelve months up to the day."""
        return FLOW[key](self.counted, self.year)

    @property
    def managed(self) -> list[ReportLine]:
        """Files open on the day; `day` is that of presenting."""
        return self.flow("managed_end")

    @cached_property
    def nobody(self) -> list[ReportLine]:
        """Released by the day and held by nobody, at the unit that should know; `day` is that of release.

        Whoever an ended unit still has counts at the unit in its place, or at the one asked about where it was divided.
        """
        return [
            ReportLine(self._answering(unit, ended_on, heir), person, person, day)
            for unit, ended_on, heir, person, day in self._held_by_nobody
        ]

    @cached_property
    def _held_by_nobody(self) -> QuerySet:
        heirs = Unit.objects.standing_under(self.where.unit).filter(valid_to__lt=self.on).order_by()
        units = [*self.where.inside, *heirs.values_list("pk", flat=True)]
        ended = Q(unit__valid_from__gt=self.on) | Q(unit__valid_to__lt=self.on)
        rows = Placement.objects.filter(
            is_open(self.on) & (is_absent(self.on) | ended),
            unit__in=units,
            returnee__completed_on__lte=self.on,
            returnee__withdrawn_at__isnull=True,
            **self.where.people.condition("returnee"),
        ).order_by("returnee__completed_on", "returnee")
        return rows.values_list("unit", "unit__valid_to", "unit__standing", "returnee", "returnee__completed_on")

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
        last = self._last(self._last_days, "returnee")
        return [
            line._replace(day=last.get((line.person,), line.day), mark="" if (line.person,) in last else "never")
            for line in self.managed
        ]

    @cached_property
    def _last_days(self) -> QuerySet:
        rows = CurrentFacts.objects.filter(returnee__in=self._people).order_by()
        return rows.values_list("returnee", "last_contact_on")

    @cached_property
    def _last_days_by_force(self) -> QuerySet:
        rows = LastContact.objects.filter(returnee__in=self._people).order_by()
        return rows.values_list("organisation", "returnee", "on")

    def _last(self, kept: QuerySet, *by: str) -> dict:
        """The last contact up to the day, from what is kept of today; who was met since then is looked up."""
        days = {tuple(key): day for *key, day in kept if day}
        if any(day > self.on for day in days.values()):
            rows = ActivityEntry.objects.met().filter(kept_on__lte=self.on, returnee__in=self._people)
            rows = rows.filter(returnee__facts__last_contact_on__gt=self.on).order_by()
            earlier = rows.values(*by).annotate(last=Max("kept_on")).values_list(*by, "last")
            days = {key: day for key, day in days.items() if day <= self.on}
            days |= {tuple(key): day for *key, day in earlier}
        return days

    @cached_property
    def _people(self) -> QuerySet:
        """Everybody ever placed at a unit of the report, as a subquery."""
        rows = Placement.objects.filter(unit__in=self.where.among, **self.where.people.condition("returnee"))
        return rows.values("returnee")

    @cached_property
    def _organisations(self) -> QuerySet[Organisation]:
        return Organisation.objects.all()

    @property
    def organisations(self) -> list[Organisation]:
        return list(self._organisations)

    @cached_property
    def helped(self) -> dict[int, list[ReportLine]]:
        """By organisation: everybody managed whom a member of it helps, with the day of its last contact.

        Where the organisation never met the person the day is that on which its member began, `mark` "never".
        """
        last = self._last(self._last_days_by_force, "activity__organisations", "returnee")
        managed = {line.person: line for line in self.managed}
        began: dict[tuple[int, int], date] = {}
        for organisation, person, since in self._members:
            if person in managed:
                began[organisation, person] = min(since, began.get((organisation, person), since))
        found = defaultdict(list)
        for (organisation, person), since in began.items():
            day = last.get((organisation, person))
            mark = "" if day else "never"
            found[organisation].append(managed[person]._replace(day=day or since, mark=mark))
        return found

    @cached_property
    def _members(self) -> QuerySet:
        members = GroupMember.objects.filter(
            Q(until__isnull=True) | Q(until__gte=self.on),
            Q(group__until__isnull=True) | Q(group__until__gte=self.on),
            since__lte=self.on,
            group__returnee__in=self._people,
        )
        return members.values_list("organisation", "group__returnee", "since")

    @cached_property
    def _paper_rows(self) -> QuerySet[PaperworkRequest]:
        rows = PaperworkRequest.objects.kept().filter(needed_on__lte=self.on, returnee__in=self._people)
        return rows.exclude(handed_over_on__lte=self.on).exclude(refused_on__lte=self.on).order_by("pk")

    @cached_property
    def papers(self) -> list[ReportLine]:
        """Papers on their way on the day, each since its last step; `mark` is kind and office."""
        managed = {line.person: line for line in self.managed}
        return [
            managed[row.returnee_id]._replace(record=row.pk, day=_last_step(row, self.on), mark=(row.kind, row.office))
            for row in self._paper_rows
            if row.returnee_id in managed
        ]

    @cached_property
    def _jobs_begun(self) -> ReportRecords:
        return ReportRecords(self.where, self.last(JOBS_DAYS), sources=[work.jobs])

    @cached_property
    def jobs(self) -> list[ReportLine]:
        """Jobs begun in the two years up to the day, at the unit of that day.

        `amount` is the last known income; a job that has ended earns nothing any more.
        """
        lines = work.jobs(self._jobs_begun, self.last(JOBS_DAYS))
        incomes, ended = self._incomes, self.jobs_ended
        return [
            line._replace(amount=None if line.record in ended else incomes.get(line.record, line.amount))
            for line in lines
        ]

    @cached_property
    def _answers(self) -> QuerySet:
        """Every answer up to the day, the oldest first: of which job, begun when, asked after how many days, given
        when, still there or not, and for what income.
        """
        checks = JobCheck.objects.filter(on__lte=self.on, referral__returnee__in=self._people).order_by("on", "pk")
        columns = ("referral", "referral__started_on", "day", "on", "still_working", "monthly_income")
        return checks.values_list(*columns)

    @cached_property
    def _incomes(self) -> dict[int, int]:
        return {job: income for job, _began, _day, _on, there, income in self._answers if there and income is not None}

    @cached_property
    def jobs_ended(self) -> dict[int, date]:
        """The day each job ended: as reported, or as the first check showed that found nobody there.

        A job that did not last until a check has at the latest the day before it as its last.
        """
        found: dict[int, date] = {}
        for job, began, day, on, there, _income in self._answers:
            if began and not there:
                last = min(on, max(began, began + timedelta(days=day - 1)))
                found[job] = min(last, found.get(job, last))
        return found | {pk: require(day) for pk, day in self._jobs_over}

    @cached_property
    def _jobs_over(self) -> QuerySet:
        ended = JobReferral.objects.kept().filter(ended_on__lte=self.on, returnee__in=self._people)
        return ended.order_by().values_list("pk", "ended_on")

    @cached_property
    def jobs_seen(self) -> dict[int, date]:
        """The last day on which a check found the person at work there: that of the check, or the one it asks about."""
        found: dict[int, date] = {}
        for job, began, day, on, there, _income in self._answers:
            if began and there:
                found[job] = max(on, began + timedelta(days=day), found.get(job, began))
        return found

    def job_lasted(self, line: ReportLine) -> date:
        """The last day on which the job of a line is known to have lasted."""
        return self.jobs_ended.get(line.record) or self.jobs_seen.get(line.record, line.day)

    @cached_property
    def groups(self) -> list[ReportLine]:
        return outcomes.groups(self.counted, self.year)

    @cached_property
    def records(self) -> list[ReportLine]:
        """Open files of people who completed the sentence, without confirmed evidence; `day` is the day it is due."""
        lines = outcomes.uncleared(self.counted, self.year)
        rows, entered = FactRows([require(line.person) for line in lines]), RuleVersion.objects.oldest_first()
        read_jointly(entered, *rows.questions)
        facts, rules = rows.facts(), add_to_law(entered)
        told = [(line, status_and_day(facts[require(line.person)], self.on, rules)) for line in lines]
        return [line._replace(day=due_on or line.day, mark=status) for line, (status, due_on) in told]

    @cached_property
    def waiting_evidence(self) -> set[int]:
        """People whose evidence no chief had confirmed by the day."""
        return set(self._evidence)

    @cached_property
    def _evidence(self) -> QuerySet:
        rows = Expungement.objects.kept().filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__gt=self.on))
        rows = rows.filter(evidence_on__lte=self.on, returnee__in=self._people)
        return rows.order_by().values_list("returnee", flat=True)

    @cached_property
    def entries(self) -> list[ReportLine]:
        """Work of the 90 days up to the day, one line a person and event; `amount` is the days until it was logged."""
        rows = events(ActivityEntry.objects.kept(), self.where, self.last(ENTRIES_DAYS), day="kept_on")
        columns = ("returnee__placements__unit", "pk", "returnee", "kept_on", "activity__created_at")
        return [
            ReportLine(unit, record, person, day, amount=max(0, (timezone.localdate(logged) - day).days))
            for unit, record, person, day, logged in rows.order_by().values_list(*columns)
        ]


def _last_step(row: PaperworkRequest, on: date) -> date:
    steps = [getattr(row, f"{step}_on") for step in PaperworkRequest.STEPS]
    return max(step for step in steps if step and step <= on)


def caseload_records(where: ReportScope, days: list[date]) -> ReportRecords:
    """What `caseload` is counted from."""
    return ReportRecords(where, *(Period(day, day) for day in days), sources=[flow.managed_end])


def caseload(where: ReportScope, days: list[date], records: ReportRecords | None = None) -> list[int | None]:
    """How many people the unit managed at the end of each day; None where it did not exist yet.

    One query, none where the `caseload_records` of these days were read.
    """
    records, ends = records or caseload_records(where, days), [Period(day, day) for day in days]
    return [
        sum(each.total() for each in flow.managed_end.counts(records, end).values())
        if where.existed(end.start)
        else None
        for end in ends
    ]
