"""The tree of units as it stood on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cases.models import Unit


@dataclass
class Branch:
    """A unit with the branches below it."""

    unit: Unit
    below: list["Branch"] = field(default_factory=list)


def tree(units: Iterable[Unit]) -> list[Branch]:
    """The units given as a forest: each below its parent, or on top where the parent is not among them."""
    units = sorted(units, key=lambda unit: (unit.kind == Unit.Kind.COMMUNE, unit.code, unit.pk))
    branches = {unit.pk: Branch(unit) for unit in units}
    forest = []
    for unit in units:
        siblings = branches[unit.parent_id].below if unit.parent_id in branches else forest
        siblings.append(branches[unit.pk])
    return forest
