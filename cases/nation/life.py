"""The days of one invented person: home from prison, presented, moved, closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cases.nation.communes import Country, HomeCommune
from cases.nation.names import StoredName
from cases.nation.sheet import days_after
from cases.nation.size import YEARS, NationSize

AWAITED, NEVER_PRESENTED, MOVED = 0.003, 0.015, 0.04
ENDINGS = {"expunged": 72, "imprisoned": 12, "died": 6, "left_country": 3, "other": 7}
NEVER = 700  # days after which the file of somebody who never presented may be closed


@dataclass
class Life:
    """Who is where and when; `came_from` and `moved` of somebody handed over, `end` is the closing day or today."""

    pk: int
    name: StoredName
    home: HomeCommune
    completed: date
    presented: date | None
    closed: date | None
    ending: str
    end: date
    recorded: date
    is_awaited: bool
    chief: int
    officer: int
    came_from: HomeCommune | None = None
    moved: date | None = None

    @property
    def begun(self) -> date:
        return self.presented or self.completed

    @property
    def stay(self) -> int:
        """Days from the presenting, or the completion, to the end."""
        return max((self.end - self.begun).days, 0)

    def some_day(self, dice: Random) -> date:
        """Some day while the file was open, from the completion on."""
        return days_after(self.begun, dice.random() * (self.stay + 1)) if self.stay else self.end


def completions(size: NationSize, dice: Random) -> list[date]:
    """When each person completed the sentence, oldest first, slightly more of late; a few are still to come."""
    ago = sorted((int(YEARS * 365 * (1 - dice.random() ** 0.92)) for _number in range(size.people)), reverse=True)
    return [size.days_ago(days - 60 if days < 60 and dice.random() < AWAITED * 60 else days) for days in ago]


def draw(pk: int, name: StoredName, home: HomeCommune, completed: date, today: date, dice: Random) -> Life:
    is_awaited = completed > today
    presented = None if is_awaited or dice.random() < NEVER_PRESENTED else days_after(completed, dice.random() * 20)
    presented = presented if presented and presented <= today else None
    closed = days_after(completed, (2 + 5.5 * dice.random()) * 365)
    if closed >= today or presented is None and (today - completed).days < NEVER:
        closed = None
    return Life(
        pk=pk,
        name=name,
        home=home,
        completed=completed,
        presented=presented,
        closed=closed,
        ending=dice.choices(list(ENDINGS), list(ENDINGS.values()))[0] if closed else "",
        end=closed or today,
        recorded=min(completed, today),
        is_awaited=is_awaited,
        chief=home.chief,
        officer=home.officers[int(dice.random() * len(home.officers))],
    )


def move(life: Life, country: Country, dice: Random) -> None:
    """A few came from another commune of the province, since the reform."""
    first = max(life.begun, country.reform) + timedelta(days=30)
    days = (life.end - first).days
    if life.presented and days > 0 and dice.random() < MOVED:
        life.came_from = country.neighbour(life.home, dice)
        life.moved = days_after(first, dice.random() * days)
