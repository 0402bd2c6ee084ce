"""What a change of units will do, before it is done: in counts, for administrators see no names."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cases.access import row_scope
from cases.lib.text import match_key
from cases.models import Posting, ReportVersion, Returnee, Succession, Unit, UnitPlan


@dataclass(frozen=True)
class UnitEnding:
    """One unit that ends, and who follows it; `people` and `accounts` are what it holds today."""

    old: Unit
    new: list[Unit]
    divided: bool
    people: int
    accounts: int


@dataclass(frozen=True)
class Hamlet:
    """A hamlet as the files of a unit write it, in every spelling; `people` are open files. Without a name: unknown."""

    key: str
    names: tuple[str, ...]
    people: int

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""


@dataclass(frozen=True)
class Preview:
    """Lines of units that end, units that begin; of a division how many people each part gets and who waits.

    `shares` are the parts with their hamlets and people, `left` the hamlets no part was chosen for.
    """

    lines: list[UnitEnding]
    opened: list[Unit]
    shares: list[tuple[Unit, tuple[str, ...], int]]
    left: list[Hamlet]
    frozen: bool

    @property
    def waiting(self) -> int:
        return sum(hamlet.people for hamlet in self.left)


@row_scope.beyond("an administrator is told of the people of a unit how many live in which hamlet")
def hamlets(unit: Unit) -> list[Hamlet]:
    """The hamlets of everybody on file at the unit, those without a name last; the most used spelling stands first."""
    spelt: dict[str, Counter[str]] = {}
    people: Counter[str] = Counter()
    for name, closed in Returnee.objects.kept().filter(unit=unit).order_by("pk").values_list("hamlet", "closed_on"):
        key = match_key(name)
        spelt.setdefault(key, Counter()).update([name] if key else [])
        people[key] += closed is None
    found = [
        Hamlet(key, tuple(name for name, _count in names.most_common()), people[key]) for key, names in spelt.items()
    ]
    return sorted(found, key=lambda hamlet: (not hamlet.key, hamlet.key))


@row_scope.beyond("an administrator is told how many people a change of units moves")
def preview(plan: UnitPlan, on: date) -> Preview:
    """Count what `plan` would move from the day `on`. A fixed number of queries."""
    ended = [old.pk for old in plan.ended]
    open_files = Returnee.objects.kept().filter(unit__in=ended, closed_on__isnull=True)
    people = Counter(open_files.values_list("unit", flat=True))
    accounts = Counter(
        Posting.objects.on(on).filter(unit__in=ended, user__is_active=True).values_list("unit", flat=True)
    )
    lines = []
    for old in plan.ended:
        pairs = [(new, share) for before, new, share in plan.followed if before is old]
        divided = any(share == Succession.Share.PART for _new, share in pairs)
        lines.append(UnitEnding(old, [new for new, _share in pairs], divided, people[old.pk], accounts[old.pk]))
    lived_in = [hamlet for line in lines if line.divided for hamlet in hamlets(line.old)]
    placed: Counter[int] = Counter()
    for hamlet in lived_in:
        placed[id(plan.part_of(hamlet.name))] += hamlet.people
    left = [hamlet for hamlet in lived_in if hamlet.people and plan.part_of(hamlet.name) is None]
    frozen = ReportVersion.objects.frozen_since(plan.ended, on).exists()
    shares = [(new, names, placed[id(new)]) for new, names in plan.hamlets]
    return Preview(lines, plan.opened, shares, left, frozen)
