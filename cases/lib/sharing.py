"""Giving work out evenly: pure, no database."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Item = TypeVar("Item")
Taker = TypeVar("Taker", bound=Hashable)


def spread(items: Iterable[Item], loads: Mapping[Taker, int]) -> list[tuple[Item, Taker]]:
    """Give each item to whoever has least at that moment; `loads` says how much each taker has, in order of preference.

    Raises ValueError where there is nobody to give to.
    """
    if not loads:
        raise ValueError("There is nobody to give to.")
    carried = dict(loads)
    given = []
    for item in items:
        taker = min(carried, key=carried.__getitem__)
        carried[taker] += 1
        given.append((item, taker))
    return given
