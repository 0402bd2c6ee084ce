"""What a change of units will do, before it is done: in counts, for administrators see no names."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from cases.models import Posting, ReportVersion, Returnee, Succession, Unit, UnitPlan


@dataclass(frozen=True)
class Line:
    """One unit that ends, and who follows it; `people` and `accounts` are what it holds today."""

    old: Unit
    new: list[Unit]
    divided: bool
    people: int
    accounts: int


@dataclass(frozen=True)
class Preview:
    """Lines of units that end, units that begin; of a division how many people each part gets and how many wait."""

    lines: list[Line]
    opened: list[Unit]
    shares: list[tuple[Unit, int]]
    waiting: int
    frozen: bool


def preview(plan: UnitPlan, on: date) -> Preview:
    """Count what `plan` would move from the day `on`. A fixed number of queries."""
    ended = [old.pk for old in plan.ended]
    open_files = Returnee.objects.kept().filter(unit__in=ended, closed_on__isnull=True)
    hamlets = list(open_files.values_list("unit", "hamlet"))
    people = Counter(unit for unit, _hamlet in hamlets)
    accounts = Counter(
        Posting.objects.on(on).filter(unit__in=ended, user__is_active=True).values_list("unit", flat=True)
    )
    lines = []
    for old in plan.ended:
        pairs = [(new, share) for before, new, share in plan.followed if before is old]
        divided = any(share == Succession.Share.PART for _new, share in pairs)
        lines.append(Line(old, [new for new, _share in pairs], divided, people[old.pk], accounts[old.pk]))
    split = {line.old.pk for line in lines if line.divided}
    placed = Counter(id(plan.part_of(hamlet)) for unit, hamlet in hamlets if unit in split)
    frozen = ReportVersion.objects.frozen_since(plan.ended, on).exists()
    shares = [(new, placed[id(new)]) for new, _names in plan.hamlets]
    return Preview(lines, plan.opened, shares, placed[id(None)], frozen)
