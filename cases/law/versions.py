"""Rules change by dated versions, never in place: the one in force on a day, and what is wrong with a line of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from cases.law.days import ONE_DAY


class Certainty(StrEnum):
    """How far the source of a rule was followed."""

    READ = "V"  # the provision itself was read
    SECONDARY = "S"  # a secondary source was read
    UNVERIFIED = "M"  # common reading, not verified: for the legal section to confirm


class Version(Protocol):
    @property
    def code(self) -> str: ...

    @property
    def valid_from(self) -> date: ...

    @property
    def valid_to(self) -> date | None: ...


V = TypeVar("V", bound=Version)


def in_force(versions: Sequence[V], on: date) -> V:
    """Return the version in force on a day; before the first one the first is used, for want of an older."""
    newest = None
    for version in versions:
        if version.valid_from <= on and (newest is None or version.valid_from >= newest.valid_from):
            newest = version
    return newest or min(versions, key=lambda version: version.valid_from)


def in_force_between(versions: Sequence[V], first: date, last: date) -> list[V]:
    """Return the versions in force on at least one day from `first` to `last`, the newest first.

    Of two from the same day the later in the line holds, as in `in_force`.
    """
    oldest = in_force(versions, first)
    if oldest is in_force(versions, last):
        return [oldest]
    began = {each.valid_from: each for each in versions if oldest.valid_from < each.valid_from <= last}
    return [*(began[day] for day in sorted(began, reverse=True)), oldest]


def faults(versions: Sequence[Version]) -> Iterator[str]:
    """Yield a sentence for each gap, each overlap and an end that leaves the future without a rule."""
    ordered = sorted(versions, key=lambda version: version.valid_from)
    for earlier, later in zip(ordered, ordered[1:], strict=False):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            yield f"{earlier.code} overlaps {later.code}"
        elif earlier.valid_to + ONE_DAY != later.valid_from:
            yield f"no rule between {earlier.code} and {later.code}"
    if ordered and ordered[-1].valid_to is not None:
        yield f"no rule after {ordered[-1].code}"
