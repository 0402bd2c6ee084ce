from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Chip:
    word: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Event:
    """One dot of a timeline.

    `state`: "" done, missed (hollow), planned, violation. `route` and `pk`: the page on which the row can be mended.
    """

    on: date
    kind: str
    title: str
    icon: str
    state: str = ""
    chips: tuple[Chip, ...] = ()
    note: str = ""
    by: str = ""
    route: str = ""
    pk: int | None = None
    rank: int = 0  # what came later on the same day has the higher rank

    @property
    def order(self) -> tuple:
        return (self.on, self.rank, self.pk or 0)


def join_parts(*parts: str) -> str:
    """The parts that say something, a line each."""
    return "\n".join(part for part in parts if part)
