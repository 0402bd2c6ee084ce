"""The communes of today with their places before the reform, and how many people come home to each."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from random import Random

from cases.models import Succession, Unit
from cases.nation.size import MEDIAN_PEOPLE, NationSize

SKEW = 0.9  # of the logarithm of the sizes


@dataclass(eq=False)
class HomeCommune:
    """`earlier`: communes of before that it was made of, with the day each began."""

    unit: Unit
    province: int
    share: float = 0.0
    expected: float = 0.0
    chief: int = 0
    officers: list[int] = field(default_factory=list)
    employers: list[int] = field(default_factory=list)
    earlier: list[tuple[int, date]] = field(default_factory=list)

    def place_before(self, dice: Random, since: date) -> int | None:
        """One of the communes it was made of that stood on `since`, else any; None where it is its own."""
        standing = [pk for pk, begun in self.earlier if begun <= since] or [pk for pk, _begun in self.earlier]
        return dice.choice(standing) if standing else None


class Country:
    """All communes; one of the middle has the same number of people at every size, one has far more than all others."""

    def __init__(self, size: NationSize, dice: Random) -> None:
        self.reform = Unit.objects.communes().filter(valid_to=None).latest("valid_from").valid_from
        self.communes = read_communes(self.reform)
        for commune in self.communes:
            commune.share = dice.lognormvariate(0, SKEW)
        by_share = sorted(self.communes, key=lambda commune: commune.share)
        self.median, self.largest = by_share[len(by_share) // 2], by_share[-1]
        self.expect(size)

    def expect(self, size: NationSize) -> None:
        pinned = {self.median: MEDIAN_PEOPLE, self.largest: size.largest_people}
        others = [commune for commune in self.communes if commune not in pinned]
        rest, total = size.people - sum(pinned.values()), sum(commune.share for commune in others)
        for commune in self.communes:
            commune.expected = pinned.get(commune, rest * commune.share / total)

    def homes(self, size: NationSize, dice: Random) -> list[HomeCommune]:
        """Where each person lives, in the order of people."""
        others = [commune for commune in self.communes if commune not in (self.median, self.largest)]
        found = dice.choices(others, cum_weights=list(accumulate(commune.share for commune in others)), k=size.people)
        chosen = dice.sample(range(size.people), MEDIAN_PEOPLE + size.largest_people)
        for place, number in enumerate(chosen):
            found[number] = self.median if place < MEDIAN_PEOPLE else self.largest
        return found

    def neighbour(self, commune: HomeCommune, dice: Random) -> HomeCommune:
        """Another commune of the same province."""
        near = self.by_province[commune.province]
        return dice.choice([each for each in dice.sample(near, 2) if each is not commune])

    @cached_property
    def by_province(self) -> dict[int, list[HomeCommune]]:
        found: dict[int, list[HomeCommune]] = {}
        for commune in self.communes:
            found.setdefault(commune.province, []).append(commune)
        return found


def province_of(unit: Unit, provinces: set[int]) -> int:
    """The id of the province that the path of a unit names."""
    return next(step for step in map(int, unit.path.strip("/").split("/")) if step in provinces)


def read_communes(reform: date) -> list[HomeCommune]:
    standing = Unit.objects.communes().filter(valid_to=None).order_by("code")
    provinces = set(Unit.objects.filter(kind=Unit.Kind.PROVINCE).values_list("pk", flat=True))
    found = {unit.pk: HomeCommune(unit, province_of(unit, provinces)) for unit in standing}
    ended = Unit.objects.communes().filter(valid_to=reform - timedelta(days=1), standing__isnull=False)
    handed_over = Succession.objects.filter(new__in=found, old__in=ended).order_by("old__code", "old__valid_from")
    for old, new, begun in handed_over.values_list("old", "new", "old__valid_from"):
        found[new].earlier.append((old, begun))
    return list(found.values())
