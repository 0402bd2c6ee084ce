"""The figures on reoffending as numbers alone, of every window at once: counted at once, or part by part, and kept."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date
from typing import Any

from cases.lib.survival import SurvivalStep
from cases.models import Unit
from cases.reports.dashboard import cohorts, reoffending
from cases.reports.dashboard.reoffending import (
    WINDOWS,
    Base,
    CohortFigures,
    CohortPart,
    Curve,
    Dot,
    Funnel,
    ReoffendingFindings,
    Section,
)
from cases.reports.periodic.report_scope import DIRECT, EVERYBODY, PeoplePart, ReportScope, direct_name


@dataclass(frozen=True)
class ReoffendingFigures:
    """The findings of one window, and how many of the units that are compared have nothing to show."""

    findings: ReoffendingFindings
    empty: int


def count_reoffending(
    where: ReportScope, on: date, windows: Iterable[int] = WINDOWS, parts: Iterable[PeoplePart] = (EVERYBODY,)
) -> dict[int, ReoffendingFigures]:
    """Count each of these windows; of every part of the people no more is kept than what is known of each release."""
    people = [each for part in parts for each in cohorts.read(replace(where, people=part), on)]
    found = {years: reoffending.findings(people, where, years, on) for years in windows}
    return {
        years: ReoffendingFigures(each, len(where.compared - {dot.row.key for dot in each.funnel.dots}))
        for years, each in found.items()
    }


def to_keep(windows: dict[int, ReoffendingFigures]) -> dict[str, Any]:
    """What is kept of all windows."""
    return {str(years): _window(each) for years, each in windows.items()}


def _window(figures: ReoffendingFigures) -> dict[str, Any]:
    found = figures.findings
    return {
        "empty": figures.empty,
        "sections": {
            base: [[_row(row) for row in section.rows], _row(section.total)] for base, section in found.sections.items()
        },
        "rate": found.funnel.rate,
        "dots": [[_row(dot.row), list(dot.limits)] for dot in found.funnel.dots],
        "steps": [list(astuple(step)) for step in found.curve.steps],
        "unfinished": found.unfinished,
    }


def _row(row: CohortFigures) -> list:
    return ["" if row.key == DIRECT else row.name, row.key, [row.figures[part] for part in CohortPart]]


def read_kept(kept: dict[str, Any], unit: Unit, lens: str, years: int) -> ReoffendingFigures:
    """The figures of one window as they were kept."""
    window = kept[str(years)]

    def row(told: list) -> CohortFigures:
        name, key, counts = told
        name = direct_name(unit, lens) if key == DIRECT else name
        return CohortFigures(name, key, dict(zip(CohortPart, counts, strict=True)))

    found = ReoffendingFindings(
        years=years,
        sections={
            base: Section(base, [row(each) for each in window["sections"][base][0]], row(window["sections"][base][1]))
            for base in Base
        },
        funnel=Funnel(window["rate"], [Dot(row(told), (low, high)) for told, (low, high) in window["dots"]]),
        curve=Curve([SurvivalStep(*step) for step in window["steps"]]),
        unfinished=window["unfinished"],
    )
    return ReoffendingFigures(found, window["empty"])
