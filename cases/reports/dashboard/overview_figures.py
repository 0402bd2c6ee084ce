"""The figures of the overview as numbers alone: counted at once, or part by part of the people, and kept as JSON."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from cases.lib.dates import add_months, month_end
from cases.lib.period import Period, Profile
from cases.models import Organisation, Unit
from cases.reports.dashboard import overview
from cases.reports.dashboard.measure import Measure, MeasureFigures, OverviewPart
from cases.reports.dashboard.measure_people import forces_of
from cases.reports.dashboard.overview import AttentionTally, UnitAttention
from cases.reports.dashboard.snapshot import UnitSnapshot, caseload, caseload_records
from cases.reports.periodic import contacts, held, months
from cases.reports.periodic.months import ContactMonth, MonthCounts
from cases.reports.periodic.report_records import ReportRecords
from cases.reports.periodic.report_scope import DIRECT, EVERYBODY, PeoplePart, ReportScope, direct_name

MONTHS = 12
StuckPlaces = list[tuple[tuple[str, str], int]]


@dataclass(frozen=True)
class OverviewFigures:
    """`measures` by key; `worst` are units where somebody needs attention, `in_order` so many others have people.

    `caseload` are the people at the ends of `month_ends`, `contacts` those of the twelve months and of the year before.
    """

    managed: int
    measures: dict[str, MeasureFigures]
    worst: list[UnitAttention]
    in_order: int
    stuck: StuckPlaces
    caseload: list[int | None]
    contacts: list[MonthCounts]
    organisations: list[Organisation] = field(default_factory=list, compare=False)

    @cached_property
    def kinds(self) -> list[Measure]:
        """The measures of the page, in its order, those of the forces that help somebody among them."""
        forces = forces_of(self.organisations or Organisation.objects.all())
        return [each for each in overview.measures_of(forces) if each.key in self.measures]

    def months(self, day: date) -> list[ContactMonth]:
        return months.months_of(Period(day, day), Profile.CALENDAR, self.contacts)

    def as_json(self) -> dict[str, Any]:
        """What is kept of them; the row of what lies at no unit below bears no name."""
        return {
            "managed": self.managed,
            "measures": {key: astuple(each) for key, each in self.measures.items()},
            "worst": [
                [each.unit, each.name if each.unit != DIRECT else "", each.people, each.of, each.reasons]
                for each in self.worst
            ],
            "in_order": self.in_order,
            "stuck": [[*place, count] for place, count in self.stuck],
            "caseload": self.caseload,
            "contacts": self.contacts,
        }


def read_kept(kept: dict[str, Any], unit: Unit, lens: str) -> OverviewFigures:
    """The figures of a unit as they were kept; a database may have given the keys another order."""
    worst = [
        UnitAttention(unit_pk, name, people, of, {key: reasons[key] for key in overview.ALARMS})
        for unit_pk, name, people, of, reasons in kept["worst"]
    ]
    return OverviewFigures(
        managed=kept["managed"],
        measures={key: MeasureFigures(*each) for key, each in kept["measures"].items()},
        worst=[each if each.unit != DIRECT else replace(each, name=direct_name(unit, lens)) for each in worst],
        in_order=kept["in_order"],
        stuck=[((kind, office), count) for kind, office, count in kept["stuck"]],
        caseload=kept["caseload"],
        contacts=[(now, before) for now, before in kept["contacts"]],
    )


def month_ends(day: date) -> list[date]:
    """The ends of twelve months up to the day, after those of the year before."""
    last = day.replace(day=1)
    ends = [min(month_end(add_months(last, -back)), day) for back in range(MONTHS - 1, -1, -1)]
    return [*(add_months(end, -MONTHS) for end in ends), *ends]


class OverviewTally:
    """What was counted of the parts of the people so far."""

    def __init__(self, where: ReportScope, day: date) -> None:
        self.where, self.day, self.managed = where, day, 0
        self.measures: dict[str, MeasureFigures] = {}
        self.attention, self.stuck = AttentionTally(), Counter[tuple[str, str]]()
        self.caseload: list[int | None] = []
        self.contacts: list[MonthCounts] = []
        self.organisations: list[Organisation] = []

    def add(self, people: PeoplePart) -> None:
        """Count some people, in a fixed number of queries."""
        where, today = replace(self.where, people=people), Period(self.day, self.day)
        standing, ends = UnitSnapshot(where, self.day), month_ends(self.day)
        files = caseload_records(where, ends)
        contacted = ReportRecords(where, charted=months.chart_periods(today, Profile.CALENDAR))
        standing.read({files: (held.COUNTS,), contacted: (contacts.COUNTS,)})
        for measure in overview.measures(standing):
            counted = measure.count(standing)
            self.measures[measure.key] = self.measures.get(measure.key, MeasureFigures()) + counted.figures
            if measure.part is OverviewPart.ATTENTION:
                self.attention.add(counted, where)
            elif measure.part is OverviewPart.PAPERS:
                self.stuck.update(overview.places_of(counted))
        self.managed += len(standing.managed)
        self.organisations = standing.organisations
        self.caseload = _added(self.caseload, caseload(where, ends, files))
        monthly = months.month_counts(where, today, Profile.CALENDAR, contacted)
        self.contacts = months.add_months_counts(self.contacts, monthly) if self.contacts else monthly

    def figures(self) -> OverviewFigures:
        worst = self.attention.worst(self.where)
        return OverviewFigures(
            managed=self.managed,
            measures=self.measures,
            worst=worst,
            in_order=len(self.attention.of) - len(worst),
            stuck=overview.most_first(self.stuck),
            caseload=self.caseload,
            contacts=self.contacts,
            organisations=self.organisations,
        )


def _added(one: Sequence[int | None], more: Sequence[int | None]) -> list[int | None]:
    if not one:
        return list(more)
    return [None if a is None or b is None else a + b for a, b in zip(one, more, strict=True)]


def count_overview(where: ReportScope, day: date, parts: Iterable[PeoplePart] = (EVERYBODY,)) -> OverviewFigures:
    """Count the overview of a unit on a day."""
    tally = OverviewTally(where, day)
    for people in parts:
        tally.add(people)
    return tally.figures()
