"""Honest reoffending: cohorts by year of release, windows that are over, both bases, and what may not be concluded.

Definitions: a cohort is a calendar year of release; a window runs from the day of release, included, to its anniversary
n years later, not included; only cohorts whose windows are over for everybody count; the first new crime at the stage
Khởi tố or later ends a window; who died, moved away or was cleared is followed no longer and is no success; of whoever
never presented nothing is known but a crime. A rate is of all who were not lost, or of those of them who presented.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from cases.lib.percentage import is_enough, rate
from cases.lib.survival import SurvivalStep, chance_limits, last_month, survival
from cases.reports.dashboard.cohorts import Ending, FollowedRelease, whole_years
from cases.reports.periodic.report_scope import ReportScope

WINDOWS = (1, 2, 3, 5)  # years
USUAL_WINDOW = 2


class Base(StrEnum):
    """Whom a rate is of: everybody who completed the sentence, or only those who presented."""

    COMPLETED = "completed"
    PRESENTED = "presented"


class CohortPart(StrEnum):
    """What one figure of a cohort counts."""

    RELEASED = "released"
    UNSEEN = "unseen"  # never presented, no crime known
    KNOWN = "known"  # reoffended, or followed to the end of the window
    REOFFENDED = "reoffended"
    CONVICTED = "convicted"  # of those: convicted; the others are suspected
    CENSORED = "censored"


PART_WORDS = {
    CohortPart.RELEASED: _("Released"),
    CohortPart.UNSEEN: _("Never presented, not followed"),
    CohortPart.KNOWN: _("Outcome known"),
    CohortPart.REOFFENDED: _("Reoffended"),
    CohortPart.CONVICTED: _("of which convicted"),
    CohortPart.CENSORED: _("No longer followed"),
}
PART_RULES = {
    CohortPart.RELEASED: _(
        "People whose sentence was completed in that calendar year, at the unit that held them that day."
    ),
    CohortPart.UNSEEN: _(
        "People who never presented and of whom no new crime within the window is known: nobody followed them. They "
        "stand among everybody who completed the sentence, not among the outcomes known."
    ),
    CohortPart.KNOWN: _(
        "People who reoffended within the window, and people who presented and were followed to its end without a new "
        "crime. The window runs "
        "from the day of release to the day before its anniversary."
    ),
    CohortPart.REOFFENDED: _(
        "People whose first new crime (proceedings opened or later) was done within the window, while they were "
        "followed."
    ),
    CohortPart.CONVICTED: _("Of those who reoffended: a court has convicted for that act. The others are suspected."),
    CohortPart.CENSORED: _(
        "People who died, moved away, had the record cleared or whose file was closed before the window was over. They "
        "are no success: they stand in no rate."
    ),
}
KNOWN = (Ending.REOFFENDED, Ending.FOLLOWED)


def counts(part: CohortPart, person: FollowedRelease, ending: Ending) -> bool:
    """Whether somebody whose window ended so counts in this figure: the number and the list ask the same."""
    if part is CohortPart.KNOWN:
        return ending in KNOWN
    if part in (CohortPart.CENSORED, CohortPart.UNSEEN):
        return ending == part.value
    return (
        part is CohortPart.RELEASED
        or ending is Ending.REOFFENDED
        and (part is CohortPart.REOFFENDED or person.convicted)
    )


def drill_down(part: CohortPart, people: Iterable[FollowedRelease], years: int, on: date) -> list[FollowedRelease]:
    """Return the people behind one figure."""
    return [person for person in people if counts(part, person, person.ending(years, on))]


def of_base(base: Base, people: Iterable[FollowedRelease]) -> list[FollowedRelease]:
    """The people a rate counts from: all who completed, or those who presented."""
    return [person for person in people if base is Base.COMPLETED or person.presented]


@dataclass(frozen=True)
class CohortFigures:
    """The figures of some releases; `name` is the year or the unit, `rate` None where they are too few for one."""

    name: str
    key: int | None
    figures: dict[CohortPart, int]

    @property
    def whole(self) -> int:
        """Those the rate is of: everybody who was not lost before the end."""
        return self.figures[CohortPart.KNOWN] + self.figures[CohortPart.UNSEEN]

    @property
    def rate(self) -> Decimal | None:
        return rate(self.figures[CohortPart.REOFFENDED], self.whole, among=self.figures[CohortPart.KNOWN])


@dataclass(frozen=True)
class Dot:
    """A unit on the funnel: its figures, and the counts that chance explains, which table, line and sentence share."""

    row: CohortFigures
    limits: tuple[int, int]

    @property
    def is_above(self) -> bool:
        return self.row.figures[CohortPart.REOFFENDED] > self.limits[1]

    @property
    def is_below(self) -> bool:
        return self.row.figures[CohortPart.REOFFENDED] < self.limits[0]


@dataclass(frozen=True)
class Funnel:
    """The units beside the limits of chance; `rate` is the share of all of them together."""

    rate: float
    dots: list[Dot]

    @property
    def is_shown(self) -> bool:
        return len(self.dots) > 1


@dataclass(frozen=True)
class Curve:
    """The share with a new crime since release, month by month, unfinished years included.

    It ends where fewer than 20 people are still followed; of fewer than 20 people there is none.
    """

    steps: list[SurvivalStep] = field(repr=False)

    @property
    def is_shown(self) -> bool:
        return bool(self.steps)


@dataclass(frozen=True)
class Section:
    """One base: a row for each finished year of release, the latest first, and all of them together."""

    base: Base
    rows: list[CohortFigures]
    total: CohortFigures


@dataclass(frozen=True)
class ReoffendingFindings:
    """Everything the page shows of a unit; its sentences are made of nothing else.

    `unfinished` is the first year of release with anybody in it whose windows are not over.
    """

    years: int
    sections: dict[Base, Section]
    funnel: Funnel
    curve: Curve
    unfinished: int | None

    def total(self, part: CohortPart, base: Base = Base.COMPLETED) -> int:
        """The figure at the foot of a table."""
        return self.sections[base].total.figures[part]


def findings(people: list[FollowedRelease], where: ReportScope, years: int, on: date) -> ReoffendingFindings:
    """Count everything once, for tables, drawings and sentences alike."""
    seen = finished_cohorts(of_base(Base.PRESENTED, people), years, on)
    return ReoffendingFindings(
        years=years,
        sections={base: _section(base, people, years, on) for base in Base},
        funnel=funnel(by_unit(seen, where, years, on)),
        curve=curve(people, on),
        unfinished=min({person.cohort for person in people} - set(whole_years(on, years)), default=None),
    )


def _section(base: Base, people: list[FollowedRelease], years: int, on: date) -> Section:
    members = of_base(base, people)
    total = count_cohort("", None, finished_cohorts(members, years, on), years, on)
    return Section(base, by_cohort(members, years, on), total)


def count_cohort(name: str, key: int | None, people: list[FollowedRelease], years: int, on: date) -> CohortFigures:
    """The figures of these people, each person's window looked at once."""
    endings = [(person, person.ending(years, on)) for person in people]
    return CohortFigures(name, key, {part: sum(counts(part, *each) for each in endings) for part in CohortPart})


def by_cohort(people: list[FollowedRelease], years: int, on: date) -> list[CohortFigures]:
    """One row for each year of release whose windows are over, the latest first."""
    cohorts = reversed(whole_years(on, years))
    return [
        count_cohort(str(year), year, [each for each in people if each.cohort == year], years, on) for year in cohorts
    ]


def finished_cohorts(people: Iterable[FollowedRelease], years: int, on: date) -> list[FollowedRelease]:
    """Of all cohorts: those of the years whose windows are over."""
    years_over = set(whole_years(on, years))
    return [person for person in people if person.cohort in years_over]


def by_unit(people: list[FollowedRelease], where: ReportScope, years: int, on: date) -> list[CohortFigures]:
    """One row for each commune below, of a country for each province, that released somebody, by name: units are
    compared, never ranked."""
    rows: dict[int, list[FollowedRelease]] = {}
    for person in people:
        rows.setdefault(where.compared_at(person.unit), []).append(person)
    counts = [count_cohort(where.name_of(row), row, members, years, on) for row, members in rows.items()]
    return sorted(counts, key=lambda each: (each.name, each.key))


def funnel(rows: Iterable[CohortFigures]) -> Funnel:
    """Every unit of which something is known, beside what chance explains at the rate of all of them together."""
    rows = [row for row in rows if row.figures[CohortPart.KNOWN]]
    known = sum(row.figures[CohortPart.KNOWN] for row in rows)
    share = sum(row.figures[CohortPart.REOFFENDED] for row in rows) / known if known else 0
    return Funnel(share, [_dot(row, share) for row in rows])


def _dot(row: CohortFigures, rate: float) -> Dot:
    return Dot(row, chance_limits(row.figures[CohortPart.KNOWN], rate))


def curve(people: Iterable[FollowedRelease], on: date) -> Curve:
    """Of those who presented alone: the others are followed by nobody."""
    times = [person.time(on) for person in _watched(people, on)]
    return Curve([step for step in survival(times) if is_enough(step.at_risk)])


def under_risk(people: Iterable[FollowedRelease], month: int, on: date) -> list[FollowedRelease]:
    """Who the curve still follows in this month after release, or whose new crime falls into it (`at_risk`)."""
    return [person for person in _watched(people, on) if last_month(*person.time(on)) >= month]


def _watched(people: Iterable[FollowedRelease], on: date) -> list[FollowedRelease]:
    return [person for person in of_base(Base.PRESENTED, people) if person.released_on <= on]
