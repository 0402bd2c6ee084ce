"""What the story is played on: the invented people, who answers for them on which day, and what happens when."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random

from cases.demo import accounts
from cases.demo.accounts import REFORM
from cases.demo.clock import StoryClock
from cases.demo.names import NameBook
from cases.demo.sentences import Sentence
from cases.models import Returnee, Unit, User

# Communes of today in which the story goes on, each with the communes it was made of.
AREAS = {
    "24697": ("24697", "24691", "24694"),
    "24688": ("24688", "24699", "24700"),
    "24703": ("24703", "24715"),
    "24712": ("24712", "24706", "24709"),
    "24678": ("24692",),
    "24611": ("24611", "24612", "24619", "24622"),
    "24631": ("24631", "24634"),
    "24640": ("24640", "24655", "24658", "24661"),
    "24670": ("24670", "24673", "24677"),
    "24717": ("24717", "24721", "24727"),
    "24751": ("24751", "24750", "24766"),
    "24739": ("24739", "24740", "24742"),
}
AREA_OF = {place: area for area, places in AREAS.items() for place in places}
NAM_DA, KRONG_NO = "24697", "664"


@dataclass
class StoryPerson:
    """Somebody invented: where they live (a commune's code of before the reform), and the days that matter."""

    facts: dict
    place: str
    district: str
    completed: date
    sentences: list[Sentence]
    presented: date | None = None
    closed: date | None = None
    moves: list[tuple[date, str]] = field(default_factory=list)
    lead: str = ""
    row: Returnee | None = None

    def place_on(self, day: date) -> str:
        """The commune that holds the person on `day`."""
        return next((place for since, place in reversed(self.moves) if since <= day), self.place)

    def managed(self, day: date) -> bool:
        return self.presented is not None and self.presented <= day and (self.closed is None or day < self.closed)


class Stage:
    """The world of the story up to `on`; `at` notes what happens, `play` lets it happen in the order of days."""

    def __init__(self, on: date, seed: int) -> None:
        self.on = on
        self.dice = Random(seed)  # nosec B311 # invented data, the same for the same seed
        self.names = NameBook(self.dice)
        self.people: list[StoryPerson] = []
        self.users: dict[str, User] = {}
        self.units: dict[str, Unit] = {}
        self.events: list[tuple[date, int, Callable]] = []
        self.played = 0
        self.numbers: Counter[tuple[str, int]] = Counter()

    def open(self) -> None:
        """Learn the units of before the reform and open the accounts."""
        self.learn_units()
        self.users = accounts.open_all()

    def learn_units(self) -> None:
        old = Unit.objects.filter(valid_to=REFORM - timedelta(days=1)).select_related("parent", "standing")
        self.units = {unit.code: unit for unit in old}

    def communes(self, *districts: str) -> list[str]:
        return sorted(code for code, unit in self.units.items() if unit.is_commune and unit.parent.code in districts)

    def unit(self, place: str, day: date) -> Unit:
        """The unit that holds `place` on `day`; the successor only once the reform has been played."""
        return self.units[place] if day < REFORM else self.units[place].standing

    def file_number(self, code: str, year: int) -> str:
        """The next number, as the action would give it: nobody else is writing."""
        self.numbers[code, year] += 1
        return f"{code}-{year}-{self.numbers[code, year]:03d}"

    def officer(self, place: str, day: date) -> User:
        if day >= REFORM:
            name = accounts.SINCE.get(AREA_OF.get(place, ""))
        else:
            name = next((who for who, until in accounts.BEFORE.get(place, ()) if day <= until), None)
        return self.users[name or accounts.DISTRICTS[self.units[place].parent.code]]

    def chief(self, place: str, day: date) -> User:
        if day >= REFORM:
            return self.users[accounts.CHIEFS.get(AREA_OF.get(place, ""), "yen")]
        if place == NAM_DA:
            return self.users["anh" if day >= date(2021, 3, 1) else "lam"]
        return self.users["hanh" if self.units[place].parent.code == KRONG_NO and day.year >= 2019 else "yen"]

    def by(self, person: StoryPerson, day: date) -> User:
        """The officer who answers for the person on `day`."""
        if person.lead and day >= REFORM:
            return self.users[person.lead]
        return self.officer(person.place_on(day), day)

    def pool(self, places: Iterable[str], day: date) -> list[StoryPerson]:
        """People managed in these communes on `day`."""
        places = set(places)
        return [person for person in self.people if person.managed(day) and person.place_on(day) in places]

    def at(self, day: date, act: Callable, *args, **what) -> None:
        """`act` happens on `day`; what would come after today is not part of the story."""
        if day <= self.on:
            self.events.append((day, len(self.events), partial(act, *args, **what)))

    def play(self, clock: StoryClock, until: date) -> None:
        """Let everything up to `until` happen that has not happened yet."""
        self.events[self.played :] = sorted(self.events[self.played :], key=lambda event: event[:2])
        today = None
        for day, _number, act in self.events[self.played :]:
            if day > until:
                break
            if day != today:
                clock.move(day)
                today = day
            act()
            self.played += 1

    def refresh(self) -> None:
        """The reform has moved people and units in the database: read them again."""
        self.learn_units()
        rows = Returnee.objects.in_bulk([person.row.pk for person in self.people if person.row])
        for person in self.people:
            if person.row:
                person.row = rows[person.row.pk]

    def day_between(self, first: date, last: date) -> date:
        """Some day of the range, a working day where there is one near."""
        day = first + timedelta(days=self.dice.randint(0, max(0, (last - first).days)))
        earlier = day - timedelta(days=max(0, day.weekday() - 4))
        return earlier if earlier >= first else day
