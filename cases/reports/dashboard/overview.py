"""All measures of the dashboard, and what they say together: which communes need attention first, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from cases.lib.optional import require
from cases.reports.dashboard.measure import CountedMeasure, Measure, OverviewPart, filled
from cases.reports.dashboard.measure_people import COVERAGE, FLOW, forces
from cases.reports.dashboard.measure_record import GROUPS, RECORD
from cases.reports.dashboard.measure_work import ENTRIES, JOBS, PAPERS
from cases.reports.dashboard.snapshot import UnitSnapshot
from cases.reports.periodic.report_line import ReportLine
from cases.reports.periodic.report_scope import ReportScope

_ALARMING = ("nobody-held", "silent-60", "papers-stuck", "record-over")
ALARMS: dict[str, Measure] = {each.key: each for each in (*COVERAGE, *PAPERS, *RECORD) if each.key in _ALARMING}


def _attention(standing: UnitSnapshot) -> list[ReportLine]:
    """Each person once, with all the reasons as `mark`, by the day of the oldest; who has the most reasons first."""
    units = {line.person: line.unit for line in standing.everybody}
    found: dict[int | None, ReportLine] = {}
    for key, alarm in ALARMS.items():
        for line in alarm.lines(standing):
            known = found.get(line.person)
            reasons = f"{known.mark} {key}" if known else key
            if known and key in str(known.mark).split():
                reasons = str(known.mark)
            day = min(known.day, line.day) if known else line.day
            person = require(line.person)
            found[person] = ReportLine(units[person], person, person, day, reasons)
    return sorted(found.values(), key=lambda line: (-len(reasons_of(line)), line.day, line.record))


def reasons_of(line: ReportLine) -> list[str]:
    """The keys of the alarms a person of the list stands in."""
    return str(line.mark).split()


ATTENTION = Measure(
    "attention",
    OverviewPart.ATTENTION,
    gettext_lazy("People who need attention"),
    filled(
        gettext_lazy(
            "People who stand in one of these lists at least: %(lists)s. Each counts once, of everybody under "
            "management or held by nobody."
        ),
        lists=lazy(lambda: "; ".join(str(alarm.title) for alarm in ALARMS.values()), str)(),
    ),
    _attention,
    lambda standing: standing.everybody,
)


def measures(standing: UnitSnapshot) -> list[Measure]:
    """Every measure of the dashboard; some for each organisation that helps somebody here."""
    standing.read()
    return measures_of(forces(standing))


def measures_of(forces: Iterable[Measure]) -> list[Measure]:
    """The same with the measures of these forces."""
    return [ATTENTION, *FLOW, *COVERAGE, *forces, *PAPERS, *JOBS, *GROUPS, *RECORD, *ENTRIES]


@dataclass(frozen=True)
class UnitAttention:
    """A commune, or a province of the country, with people who need attention: how many of how many, and how many for
    which reason."""

    unit: int
    name: str
    people: int
    of: int
    reasons: dict[str, int]


@dataclass(frozen=True)
class AttentionTally:
    """Who needs attention, by the unit they are compared under; two of different people add up."""

    people: Counter[int] = field(default_factory=Counter)
    of: Counter[int] = field(default_factory=Counter)
    reasons: Counter[tuple[int, str]] = field(default_factory=Counter)

    def add(self, attention: CountedMeasure, where: ReportScope) -> None:
        for line in attention.base:
            self.of[where.compared_at(line.unit)] += 1
        for line in attention.found:
            row = where.compared_at(line.unit)
            self.people[row] += 1
            self.reasons.update((row, key) for key in reasons_of(line))

    def worst(self, where: ReportScope) -> list[UnitAttention]:
        """One row for each unit where somebody needs attention, the most people first; DIRECT for the unit itself."""
        rows = [
            UnitAttention(row, where.name_of(row), count, self.of[row], {key: self.reasons[row, key] for key in ALARMS})
            for row, count in self.people.items()
        ]
        return sorted(rows, key=lambda row: (-row.people, row.of, row.name))


def worst(attention: CountedMeasure, standing: UnitSnapshot) -> list[UnitAttention]:
    """The rows of one count."""
    tally = AttentionTally()
    tally.add(attention, standing.where)
    return tally.worst(standing.where)


def places_of(counted: CountedMeasure) -> Counter[tuple[str, str]]:
    """How many papers stand still of which kind at which office."""
    return Counter(line.mark for line in counted.found if isinstance(line.mark, tuple))


def most_first(places: Counter[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """The places with the most papers first."""
    return sorted(places.items(), key=lambda each: (-each[1], each[0]))
