"""The tree of units as it stood on a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.models import Unit
from cases.models.unit import UnitQuerySet


@dataclass
class Branch:
    """A unit with the branches below it."""

    unit: Unit
    below: list["Branch"] = field(default_factory=list)


def tree(units: Iterable[Unit]) -> list[Branch]:
    """The units given as a forest: each below its parent, or on top where the parent is not among them."""
    units = sorted(units, key=lambda unit: (unit.kind == Unit.Kind.COMMUNE, unit.code, unit.pk))
    branches = {unit.pk: Branch(unit) for unit in units}
    forest: list[Branch] = []
    for unit in units:
        siblings = branches[unit.parent_id].below if unit.parent_id in branches else forest
        siblings.append(branches[unit.pk])
    return forest


def provinces(units: UnitQuerySet) -> list[tuple[Unit, int]]:
    """The provinces of `units` with the number of communes below each. Two queries."""
    communes = units.communes().values_list("path", flat=True).order_by()
    counts = Counter(int(step) for path in communes for step in path.strip("/").split("/"))
    found = units.filter(kind=Unit.Kind.PROVINCE).order_by("code", "valid_from")
    return [(unit, counts[unit.pk]) for unit in found]
