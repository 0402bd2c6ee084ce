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
from cases.lib.survival import Step, chance_limits, last_month, survival
from cases.reports.dashboard.cohorts import Ending, Followed, whole_years
from cases.reports.periodic.report_scope import Where

WINDOWS = (1, 2, 3, 5)  # years
USUAL_WINDOW = 2


class Base(StrEnum):
    """Whom a rate is of: everybody who completed the sentence, or only those who presented."""

    COMPLETED = "completed"
    PRESENTED = "presented"


class Part(StrEnum):
    """What one figure of a cohort counts."""

    RELEASED = "released"
    UNSEEN = "unseen"  # never presented, no crime known
    KNOWN = "known"  # reoffended, or followed to the end of the window
    REOFFENDED = "reoffended"
    CONVICTED = "convicted"  # of those: convicted; the others are suspected
    CENSORED = "censored"


PART_WORDS = {
    Part.RELEASED: _("Released"),
    Part.UNSEEN: _("Never presented, not followed"),
    Part.KNOWN: _("Outcome known"),
    Part.REOFFENDED: _("Reoffended"),
    Part.CONVICTED: _("of which convicted"),
    Part.CENSORED: _("No longer followed"),
}
PART_RULES = {
    Part.RELEASED: _("People whose sentence was completed in that calendar year, at the unit that held them that day."),
    Part.UNSEEN: _(
        "People who never presented and of whom no new crime within the window is known: nobody followed them. They "
        "stand among everybody who completed the sentence, not among the outcomes known."
    ),
    Part.KNOWN: _(
        "People who reoffended within the window, and people who presented and were followed to its end without a new "
        "crime. The window runs "
        "from the day of release to the day before its anniversary."
    ),
    Part.REOFFENDED: _(
        "People whose first new crime (proceedings opened or later) was done within the window, while they were "
        "followed."
    ),
    Part.CONVICTED: _("Of those who reoffended: a court has convicted for that act. The others are suspected."),
    Part.CENSORED: _(
        "People who died, moved away, had the record cleared or whose file was closed before the window was over. They "
        "are no success: they stand in no rate."
    ),
}
KNOWN = (Ending.REOFFENDED, Ending.FOLLOWED)


def counts(part: Part, person: Followed, ending: Ending) -> bool:
    """Whether somebody whose window ended so counts in this figure: the number and the list ask the same."""
    if part is Part.KNOWN:
        return ending in KNOWN
    if part in (Part.CENSORED, Part.UNSEEN):
        return ending == part.value
    return part is Part.RELEASED or ending is Ending.REOFFENDED and (part is Part.REOFFENDED or person.convicted)


def behind(part: Part, people: Iterable[Followed], years: int, on: date) -> list[Followed]:
    """The people one figure counts."""
    return [person for person in people if counts(part, person, person.ending(years, on))]


def of_base(base: Base, people: Iterable[Followed]) -> list[Followed]:
    return [person for person in people if base is Base.COMPLETED or person.presented]


@dataclass(frozen=True)
class Counted:
    """The figures of some releases; `name` is the year or the unit, `rate` None where they are too few for one."""

    name: str
    key: int | None
    figures: dict[Part, int]

    @property
    def whole(self) -> int:
        """Those the rate is of: everybody who was not lost before the end."""
        return self.figures[Part.KNOWN] + self.figures[Part.UNSEEN]

    @property
    def rate(self) -> Decimal | None:
        return rate(self.figures[Part.REOFFENDED], self.whole, among=self.figures[Part.KNOWN])


@dataclass(frozen=True)
class Dot:
    """A unit on the funnel: its figures, and the counts that chance explains, which table, line and sentence share."""

    row: Counted
    limits: tuple[int, int]

    @property
    def is_above(self) -> bool:
        return self.row.figures[Part.REOFFENDED] > self.limits[1]

    @property
    def is_below(self) -> bool:
        return self.row.figures[Part.REOFFENDED] < self.limits[0]


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

    steps: list[Step] = field(repr=False)

    @property
    def is_shown(self) -> bool:
        return bool(self.steps)


@dataclass(frozen=True)
class Section:
    """One base: a row for each finished year of release, the latest first, and all of them together."""

    base: Base
    rows: list[Counted]
    total: Counted


@dataclass(frozen=True)
class Findings:
    """Everything the page shows of a unit; its sentences are made of nothing else.

    `unfinished` is the first year of release with anybody in it whose windows are not over.
    """

    years: int
    sections: dict[Base, Section]
    funnel: Funnel
    curve: Curve
    unfinished: int | None

    def total(self, part: Part, base: Base = Base.COMPLETED) -> int:
        """The figure at the foot of a table."""
        return self.sections[base].total.figures[part]


def findings(people: list[Followed], where: Where, years: int, on: date) -> Findings:
    """Count everything once, for tables, drawings and sentences alike."""
    seen = finished(of_base(Base.PRESENTED, people), years, on)
    return Findings(
        years=years,
        sections={base: _section(base, people, years, on) for base in Base},
        funnel=funnel(by_commune(seen, where, years, on)),
        curve=curve(people, on),
        unfinished=min({person.cohort for person in people} - set(whole_years(on, years)), default=None),
    )


def _section(base: Base, people: list[Followed], years: int, on: date) -> Section:
    members = of_base(base, people)
    total = counted("", None, finished(members, years, on), years, on)
    return Section(base, by_cohort(members, years, on), total)


def counted(name: str, key: int | None, people: list[Followed], years: int, on: date) -> Counted:
    """The figures of these people, each person's window looked at once."""
    endings = [(person, person.ending(years, on)) for person in people]
    return Counted(name, key, {part: sum(counts(part, *each) for each in endings) for part in Part})


def by_cohort(people: list[Followed], years: int, on: date) -> list[Counted]:
    """One row for each year of release whose windows are over, the latest first."""
    cohorts = reversed(whole_years(on, years))
    return [counted(str(year), year, [each for each in people if each.cohort == year], years, on) for year in cohorts]


def finished(people: Iterable[Followed], years: int, on: date) -> list[Followed]:
    """Of all cohorts: those of the years whose windows are over."""
    years_over = set(whole_years(on, years))
    return [person for person in people if person.cohort in years_over]


def by_commune(people: list[Followed], where: Where, years: int, on: date) -> list[Counted]:
    """One row for each commune below that released somebody, by name: units are compared, never ranked."""
    rows: dict[int, list[Followed]] = {}
    for person in people:
        rows.setdefault(where.leaf_of(person.unit), []).append(person)
    counts = [counted(where.name_of(row), row, members, years, on) for row, members in rows.items()]
    return sorted(counts, key=lambda each: (each.name, each.key))


def funnel(rows: Iterable[Counted]) -> Funnel:
    """Every unit of which something is known, beside what chance explains at the rate of all of them together."""
    rows = [row for row in rows if row.figures[Part.KNOWN]]
    known = sum(row.figures[Part.KNOWN] for row in rows)
    share = sum(row.figures[Part.REOFFENDED] for row in rows) / known if known else 0
    return Funnel(share, [_dot(row, share) for row in rows])


def _dot(row: Counted, rate: float) -> Dot:
    return Dot(row, chance_limits(row.figures[Part.KNOWN], rate))


def curve(people: Iterable[Followed], on: date) -> Curve:
    """Of those who presented alone: the others are followed by nobody."""
    times = [person.time(on) for person in _watched(people, on)]
    return Curve([step for step in survival(times) if is_enough(step.at_risk)])


def under_risk(people: Iterable[Followed], month: int, on: date) -> list[Followed]:
    """Whom the curve still follows in this month after release, or whose new crime falls into it: `Step.at_risk`."""
    return [person for person in _watched(people, on) if last_month(*person.time(on)) >= month]


def _watched(people: Iterable[Followed], on: date) -> list[Followed]:
    return [person for person in of_base(Base.PRESENTED, people) if person.released_on <= on]
