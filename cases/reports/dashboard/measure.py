"""What a measure of a dashboard is: it says what it counts, of what, and how; number, list and units are one choice."""

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.lib.percentage import ENOUGH, rate
from cases.lib.period import Period
from cases.reports.dashboard.snapshot import ENTRIES_DAYS, JOBS_DAYS, OverviewDays, UnitSnapshot
from cases.reports.periodic.indicators import known_lines, mean_of, total
from cases.reports.periodic.reintegration import TOTAL, by_place, in_whole
from cases.reports.periodic.report_line import ReportLine
from cases.reports.words import Words

filled = lazy(lambda words, **values: str(words) % values, str)  # % on a lazy text would translate at import

LinesOf = Callable[[UnitSnapshot], list[ReportLine]]


class OverviewPart(StrEnum):
    """The parts of the page, in their order."""

    ATTENTION = "attention"
    FLOW = "flow"
    COVERAGE = "coverage"
    FORCES = "forces"
    PAPERS = "papers"
    JOBS = "jobs"
    GROUPS = "groups"
    RECORD = "record"
    ENTRIES = "entries"


PART_WORDS = {
    OverviewPart.ATTENTION: gettext_lazy("Who needs attention first"),
    OverviewPart.FLOW: gettext_lazy("Who came and who went"),
    OverviewPart.COVERAGE: gettext_lazy("Who has not been met individually"),
    OverviewPart.FORCES: gettext_lazy("Not met individually for long, by the forces of the 5+1"),
    OverviewPart.PAPERS: gettext_lazy("Papers standing still"),
    OverviewPart.JOBS: gettext_lazy("Jobs that last"),
    OverviewPart.GROUPS: gettext_lazy("Groups A to D"),
    OverviewPart.RECORD: gettext_lazy("On the way to a clean record"),
    OverviewPart.ENTRIES: gettext_lazy("How soon work is logged"),
}


# What a part counts over; every other part tells how things stand on the day.
PERIODS: dict[OverviewPart, Callable[[OverviewDays], Period]] = {
    OverviewPart.FLOW: lambda days: days.year,
    OverviewPart.JOBS: lambda days: days.last(JOBS_DAYS),
    OverviewPart.ENTRIES: lambda days: days.last(ENTRIES_DAYS),
}


def period_of(part: OverviewPart, days: OverviewDays) -> Period:
    """The days the figures of a part are of: one day alone, or a period."""
    return PERIODS.get(part, lambda each: each.last(1))(days)


class FigureLines(StrEnum):
    """Which lines of a figure a list shows."""

    FOUND = "found"  # those counted
    BASE = "base"  # those they are a part of
    KNOWN = "known"  # those counted whose amount is known: the mean is made of these


@dataclass(frozen=True)
class Measure:
    """`lines` are what is counted, `of` those it is a part of, if any; `more_is_worse` says which end comes first."""

    key: str
    part: OverviewPart
    title: Words
    rule: Words
    lines: LinesOf
    of: LinesOf | None = None
    more_is_worse: bool = True
    money: bool = False  # the mean of the amounts stands beside the figure
    sign: str = ""  # how the figure enters a sum: +, −, =
    row: str = ""  # the row of a table that it stands in
    days: int = 0  # the column there: of how long a silence it tells

    def count(self, standing: UnitSnapshot) -> "CountedMeasure":
        base = in_whole(self.of(standing), standing.where) if self.of else []
        return CountedMeasure(self, in_whole(self.lines(standing), standing.where), base)

    def by_row(self, standing: UnitSnapshot) -> dict[int | None, "CountedMeasure"]:
        """The measure for the whole unit (TOTAL) and for each unit directly below with anybody to count."""
        found = by_place(self.lines(standing), standing.where)
        base = by_place(self.of(standing), standing.where) if self.of else {}
        return {row: CountedMeasure(self, found.get(row, []), base.get(row, [])) for row in [*found, *base]}

    @property
    def how(self) -> str:
        """The answer to “How is it counted?”."""
        return " ".join(self._how())

    def _how(self) -> Iterator[str]:
        yield str(self.rule)
        if self.money:
            yield _("The mean is of the amounts that are known; how many they are stands beside it.")
        if self.of:
            yield _("A percentage is shown of %(enough)s or more; of fewer there are counts alone.") % {
                "enough": ENOUGH
            }


@dataclass(frozen=True)
class MeasureFigures:
    """What is shown of a measure: how many, of how many, of how many the amount is known, and the sum of these."""

    found: int = 0
    base: int = 0
    known: int = 0
    amount: int = 0

    def __add__(self, other: "MeasureFigures") -> "MeasureFigures":
        """Of two parts of the people together."""
        return MeasureFigures(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))

    @property
    def share(self) -> Decimal | None:
        return rate(self.found, self.base)

    @property
    def mean(self) -> int | None:
        return mean_of(self.amount, self.known)


@dataclass(frozen=True)
class CountedMeasure:
    """A measure of one unit or of one unit below it."""

    measure: Measure
    found: list[ReportLine]
    base: list[ReportLine]

    @property
    def known(self) -> list[ReportLine]:
        return known_lines(self.found)

    @property
    def figures(self) -> MeasureFigures:
        known = self.known if self.measure.money else []
        return MeasureFigures(len(self.found), len(self.base), len(known), total(known))

    @property
    def share(self) -> Decimal | None:
        return self.figures.share

    @property
    def mean(self) -> int | None:
        return mean_of(total(self.known), len(self.known))

    def behind(self, which: FigureLines) -> list[ReportLine]:
        return {FigureLines.FOUND: self.found, FigureLines.BASE: self.base, FigureLines.KNOWN: self.known}[which]

    @property
    def part(self) -> float:
        """How much of its base it is, to compare units by; no percentage to be shown."""
        return len(self.found) / (len(self.base) or 1)


def by_unit(measure: Measure, standing: UnitSnapshot) -> list[tuple[int, str, CountedMeasure]]:
    """The same measure for each unit directly below with anybody to count, the worst first."""
    rows = measure.by_row(standing)
    counts = [(row, standing.where.name_of(row), each) for row, each in rows.items() if row is not TOTAL]
    sign = -1 if measure.more_is_worse else 1
    return sorted(counts, key=lambda each: (sign * each[2].part, -len(each[2].base), each[1]))
