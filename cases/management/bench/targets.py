"""What is aimed at, as data, for 550,000 people and 20 million activities on PostgreSQL with 2 cores."""

from dataclasses import dataclass
from enum import StrEnum

LEAN_FACTOR = 1.5  # of the leanest SQL for the same page


class PageGroup(StrEnum):
    """Pages that share a target; `--pages` chooses among them."""

    OFFICER = "officer"
    CHIEF = "chief"
    SEARCH = "search"
    REVIEW = "review"
    NATION = "nation"
    LOG = "log"
    EXPORT = "export"
    OTHER = "other"


@dataclass(frozen=True)
class PageTarget:
    """Milliseconds of server time at the 95th percentile; 0 where none is set.

    `floors`: so many empty signed-in pages and the lean SQL also count as met. `over_lean`: where there is lean SQL,
    at most that many milliseconds over it. `growth`: from a tenth of the nation. `memory`: megabytes on top.
    """

    ms: float = 0
    floors: int = 0
    over_lean: float = 0
    growth: float = 0
    memory: float = 0


TARGETS = {
    PageGroup.OFFICER: PageTarget(ms=60, floors=4, growth=1.2),
    PageGroup.CHIEF: PageTarget(ms=120, floors=4),
    PageGroup.SEARCH: PageTarget(ms=100, floors=4),
    PageGroup.REVIEW: PageTarget(ms=250, floors=6, over_lean=40),
    PageGroup.NATION: PageTarget(ms=300, floors=6),
    PageGroup.LOG: PageTarget(ms=100, floors=4),
    PageGroup.EXPORT: PageTarget(ms=5000, memory=100),
    PageGroup.OTHER: PageTarget(),
}
MOST_QUERIES, MOST_PACKED, MOST_RAW = 15, 60_000, 400_000  # of every page; bytes with and without gzip
MOST_RESIDENT = 200  # megabytes of the process after everything
LOAD_RATE, LOAD_MS = 150, 500  # entries a second, 95th percentile
REGISTER_SECONDS, CASES_SECONDS = 40, 1
FIRST_VISIT, NEXT_VISIT = 3, 1.5  # seconds on a slow line


def allowed_ms(target: PageTarget, floor: float, lean: float | None) -> float:
    """The most milliseconds that count as met, beside what the empty page and the lean SQL took in the same run."""
    strict = target.ms
    if target.over_lean and lean is not None:
        strict = min(strict, LEAN_FACTOR * lean + target.over_lean)
    return max(strict, target.floors * floor + LEAN_FACTOR * (lean or 0) if target.floors else 0)
