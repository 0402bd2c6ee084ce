"""Pages of figures that are too large to be counted for each reader: what is kept of them, and how it is counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db.models import Q, QuerySet

from cases.lib.period import Period
from cases.models import KeptFigures, Placement, QueuedJob, Unit
from cases.models.joint_read import read_jointly
from cases.models.kept_figures import SHOWN_WITHIN
from cases.reports.dashboard import overview_figures, reoffending_figures
from cases.reports.people_parts import parts_of
from cases.reports.periodic import report_figures
from cases.reports.periodic.report_scope import Lens, PeoplePart, scope_under

Page = KeptFigures.Page
TellParts = Callable[[int, int], None]


@dataclass(frozen=True)
class AskedFigures:
    """The figures of one page: of a unit, by a lens, of a period; of that, the days up to `upto`."""

    page: Page
    unit: Unit
    lens: Lens
    named: Period
    upto: date

    @classmethod
    def from_json(cls, asked: dict[str, Any], on: date) -> Self:
        """What a job was asked to count; a period under way is counted up to today, `on`."""
        named = Period(date.fromisoformat(asked["start"]), date.fromisoformat(asked["end"]))
        unit = Unit.objects.get(pk=asked["unit"])
        return cls(Page(asked["page"]), unit, Lens(asked["lens"]), named, min(named.end, on))

    def as_json(self) -> dict[str, Any]:
        place = {"page": str(self.page), "unit": self.unit.pk, "lens": str(self.lens)}
        return {**place, "start": f"{self.named.start}", "end": f"{self.named.end}"}

    @property
    def key(self) -> str:
        """Of the job that counts them: there is one at a time."""
        return f"figures-{self.page}-{self.unit.pk}-{self.lens}-{self.named.start}-{self.named.end}"

    @property
    def counted(self) -> Period:
        return Period(self.named.start, self.upto)

    def count(self, on: date, tell: TellParts) -> dict[str, Any]:
        """Count them, part by part of the people, and give what is to be kept."""
        where = scope_under(self.unit, self.lens, self.counted, on)
        parts = _told(parts_of(where), tell)
        if self.page == Page.OVERVIEW:
            return overview_figures.count_overview(where, self.upto, parts).as_json()
        if self.page == Page.REPORT:
            return report_figures.count_report(where, self.named, self.counted, parts=parts).as_json()
        return reoffending_figures.to_keep(reoffending_figures.count_reoffending(where, self.upto, parts=parts))


def _told(parts: list[PeoplePart], tell: TellParts) -> Iterator[PeoplePart]:
    for number, part in enumerate(parts):
        tell(number, len(parts))
        yield part


@dataclass(frozen=True)
class FoundFigures:
    """What is kept of the figures asked for, if anything; `job` counts them at this moment.

    `is_large`: whether a page leaves counting them to a worker.
    """

    asked: AskedFigures
    on: date
    kept: KeptFigures | None
    job: QueuedJob | None
    is_large: bool

    @property
    def is_of_today(self) -> bool:
        """Whether nothing of today is missing in what is kept."""
        return bool(self.kept and self.kept.counted_on == self.on and self.kept.upto == self.asked.upto)


class FigureQuestions:
    """What is asked of the database to find figures; whoever reads more in one statement reads `rows` beside it."""

    def __init__(self, asked: AskedFigures, on: date) -> None:
        self.asked, self.on = asked, on
        rows = KeptFigures.objects.standing().filter(unit=asked.unit, page=asked.page, lens=asked.lens)
        if asked.page == Page.REPORT:
            rows = rows.of_period(asked.named).filter(Q(upto=asked.named.end) | Q(counted_on__gte=on - SHOWN_WITHIN))
        else:
            rows = rows.of_day(asked.upto, on)
        self.kept = rows.order_by("-upto", "-counted_at")[:1]
        self.jobs = QueuedJob.objects.open().filter(key=asked.key).order_by("pk")[:1]
        self.people = _counted_people(asked.unit)

    @property
    def rows(self) -> list[QuerySet]:
        """Of a commune nothing is ever kept, and nothing asked."""
        return [] if self.asked.unit.is_commune else [self.kept, self.jobs, self.people]

    def found(self) -> FoundFigures:
        """What there is, in one query unless it was read."""
        if self.asked.unit.is_commune:
            return FoundFigures(self.asked, self.on, None, None, is_large=False)
        read_jointly(*self.rows)
        is_large = len(self.people) > settings.KEPT_FIGURES_PEOPLE
        kept = next(iter(self.kept), None) if is_large else None
        return FoundFigures(self.asked, self.on, kept, next(iter(self.jobs), None), is_large)


def find(asked: AskedFigures, on: date) -> FoundFigures:
    """Look for figures that are kept."""
    return FigureQuestions(asked, on).found()


def _counted_people(unit: Unit) -> QuerySet:
    """The files ever held under a unit, of a former one too; no more than tell whether it is a large one."""
    rows = Placement.objects.filter(unit__path__startswith=unit.path).order_by().values_list("unit")
    rows.query.set_limits(high=settings.KEPT_FIGURES_PEOPLE + 1)
    return rows


def is_large(unit: Unit) -> bool:
    """Whether pages show figures of this unit that are kept."""
    return not unit.is_commune and _counted_people(unit).count() > settings.KEPT_FIGURES_PEOPLE
