"""Who came home in which year and what is known of them since: read once, then counted without the database."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import F, QuerySet

from cases.lib.dates import add_months
from cases.lib.period import Period
from cases.lib.survival import YEAR, whole_months
from cases.models import Crime, Expungement, Placement, Returnee
from cases.reports.periodic import flow, held
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_records import ReportRecords, read_records
from cases.reports.periodic.report_scope import ReportScope

COHORTS = 11  # years of release looked back on


class Ending(StrEnum):
    """How one person's window ended."""

    REOFFENDED = "reoffended"
    FOLLOWED = "followed"  # to the end of the window, without a new crime
    UNSEEN = "unseen"  # never presented: no crime is known, and nobody followed
    CENSORED = "censored"  # no longer followed before the end: never counted as a success
    OPEN = "open"  # the window is not over


class LossReason(StrEnum):
    """Why somebody is no longer followed."""

    DIED = "died"
    MOVED = "moved"
    CLEARED = "cleared"
    OTHER = "other"


LOST_BY_CLOSING: dict[str, LossReason] = {
    Returnee.CloseReason.DIED: LossReason.DIED,
    Returnee.CloseReason.LEFT_COUNTRY: LossReason.MOVED,
    Returnee.CloseReason.EXPUNGED: LossReason.CLEARED,
}


@dataclass(frozen=True, slots=True)
class FollowedRelease:
    """One release: where and when, the first new crime since, the day from which nobody follows any more."""

    person: int
    unit: int
    released_on: date
    presented: bool
    crime_on: date | None = None
    convicted: bool = False
    lost_on: date | None = None
    lost: LossReason | None = None

    @property
    def cohort(self) -> int:
        return self.released_on.year

    def fell_on(self, on: date) -> date | None:
        """The day of the first new crime known on `on`, done while the person was still followed."""
        if self.crime_on is None or self.crime_on > on or (self.lost_on and self.lost_on < self.crime_on):
            return None
        return self.crime_on

    def ending(self, years: int, on: date) -> Ending:
        """How the window ended: from the day of release until the day before its anniversary `years` later."""
        end = add_months(self.released_on, YEAR * years)
        fell = self.fell_on(on)
        if fell and fell < end:
            return Ending.REOFFENDED
        if self.lost_on and self.lost_on <= on and self.lost_on < end:
            return Ending.CENSORED
        if end > on:
            return Ending.OPEN
        return Ending.FOLLOWED if self.presented else Ending.UNSEEN

    def time(self, on: date) -> tuple[int, bool]:
        """Whole months followed up to `on`, and whether a new crime ended them."""
        fell = self.fell_on(on)
        last = fell or (min(self.lost_on, on) if self.lost_on else on)
        return whole_months(self.released_on, last), fell is not None


def years_looked_back(on: date) -> range:
    """The years of release that are followed up to a day, its own the last."""
    return range(on.year - COHORTS, on.year + 1)


def read(where: ReportScope, on: date) -> list[FollowedRelease]:
    """Everybody whose sentence was completed in the years looked back on, at a unit of the report. One query.

    A release counts at the unit that held the person on that day. Somebody is no longer followed from the day on which
    the file is closed, the record cleared (dated evidence) or the person handed over out of the report's unit.
    """
    first = date(years_looked_back(on).start, 1, 1)
    held_here = Placement.objects.filter(unit__in=where.among).values("returnee")
    people = Returnee.objects.kept().filter(completed_on__range=(first, on), pk__in=held_here).order_by()
    people = people.filter(**where.people.condition("pk"))
    years = Period(first, on)
    records = ReportRecords(where, years, sources=[flow.completions])
    acts, (cleared, moved) = _acts(people), _ends(where, people)
    read_records({records: [held.LINES_ONCE]}, people, acts, cleared, moved)
    lines = flow.completions(records, years)
    persons = {person.pk: person for person in people}
    crimes, losses = _first_crimes(acts), _losses(cleared, moved)
    return [
        _followed(line, persons[line.person], crimes.get(line.person), losses[line.person])
        for line in lines
        if line.person is not None
    ]


def _followed(
    line: ReportLine, person: Returnee, crime: tuple[date, bool] | None, losses: list[tuple[date, LossReason]]
) -> FollowedRelease:
    if person.closed_on:
        losses = [*losses, (person.closed_on, LOST_BY_CLOSING.get(person.close_reason, LossReason.OTHER))]
    lost_on, lost = min(losses, default=(None, None))
    return FollowedRelease(
        person=person.pk,
        unit=line.unit,
        released_on=person.completed_on,
        presented=person.presented_on is not None,
        crime_on=crime[0] if crime else None,
        convicted=bool(crime and crime[1]),
        lost_on=lost_on,
        lost=lost,
    )


def _acts(people: QuerySet[Returnee]) -> QuerySet:
    """Acts since the release, at the stage Khởi tố or later."""
    rows = Crime.objects.counted().filter(returnee__in=people, act_on__gte=F("returnee__completed_on"))
    return rows.order_by("act_on", "pk").values_list("returnee", "act_on", "stage")


def _first_crimes(rows: QuerySet) -> dict[int, tuple[date, bool]]:
    """The first act of each person, and whether a court has convicted for it."""
    found: dict[int, tuple[date, bool]] = {}
    for person, act_on, stage in rows:
        found.setdefault(person, (act_on, stage == Crime.Stage.CONVICTED))
    return found


def _ends(where: ReportScope, people: QuerySet[Returnee]) -> tuple[QuerySet, QuerySet]:
    """Who was cleared and who was handed over to a unit outside the report, with the day."""
    cleared = Expungement.objects.confirmed().filter(returnee__in=people, evidence_on__gte=F("returnee__completed_on"))
    moves = Placement.objects.filter(returnee__in=people, since__gt=F("returnee__completed_on"))
    moved = moves.exclude(unit__in=where.among).values_list("returnee", "since")
    return cleared.values_list("returnee", "evidence_on"), moved


def _losses(cleared: QuerySet, moved: QuerySet) -> dict[int, list[tuple[date, LossReason]]]:
    losses = defaultdict(list)
    for rows, lost in ((cleared, LossReason.CLEARED), (moved, LossReason.MOVED)):
        for person, day in rows:
            losses[person].append((day, lost))
    return losses


def whole_years(on: date, years: int) -> list[int]:
    """Cohorts whose windows of so many years are over for everybody in them."""
    return [cohort for cohort in years_looked_back(on) if cohort + years < on.year]
