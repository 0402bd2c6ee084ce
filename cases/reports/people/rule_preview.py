"""Whose day a new version of the rules would move, before it is entered: in counts, for administrators see no names."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cases.access import row_scope
from cases.law.expungement import status_and_day
from cases.law.verdict import Status
from cases.models import Returnee, RuleVersion, Unit
from cases.models.law_facts import facts_of
from cases.models.rule_version import add_to_law

MOST_FILES = 1000  # so many are looked at while the page waits
MOST_UNITS = 40  # of more communes the provinces are told

StatusAndDay = tuple[Status, date | None]


class Move(StrEnum):
    EARLIER = "earlier"
    LATER = "later"
    GAINED = "gained"  # a day is told where none was
    LOST = "lost"  # no day is told any more
    STATE = "state"  # the day stays, what is said of it does not


MOVE_WORDS = {
    Move.EARLIER: _("Clean earlier"),
    Move.LATER: _("Clean later"),
    Move.GAINED: _("A day where none was told"),
    Move.LOST: _("No day is told any more"),
    Move.STATE: _("Another state, the day stays"),
}


@dataclass(frozen=True)
class MovesOfUnit:
    """How many people of a unit move in each way."""

    name: str
    counts: Counter[Move]


@dataclass(frozen=True)
class RulePreview:
    """What a version would move, seen on its first day or today: `step` 1 where all files were looked at, else every
    so-manieth; `days` are the least and the most days by which the day moves.
    """

    on: date
    files: int
    looked_at: int
    step: int
    moves: Counter[Move]
    days: dict[Move, tuple[int, int]]
    units: list[MovesOfUnit]

    @property
    def is_sample(self) -> bool:
        return self.step > 1


def move_of(before: StatusAndDay, after: StatusAndDay) -> Move | None:
    """How a verdict moves; None where it stays."""
    was, would_be = before[1], after[1]
    if was and would_be and was != would_be:
        return Move.EARLIER if would_be < was else Move.LATER
    if (was is None) != (would_be is None):
        return Move.GAINED if would_be else Move.LOST
    return Move.STATE if before[0] != after[0] else None


@row_scope.beyond("an administrator is told how many people a new version of the rules moves")
def preview(version: RuleVersion, on: date) -> RulePreview:
    """Tell the clocks of at most `MOST_FILES` people with and without `version`. A fixed number of queries."""
    files, step, unit_of = _looked_at()
    entered = list(RuleVersion.objects.oldest_first())
    without, beside = add_to_law(entered), add_to_law(sorted([*entered, version], key=lambda row: row.valid_from))
    day = max(on, version.valid_from)
    moves: Counter[Move] = Counter()
    days: dict[Move, list[int]] = {}
    by_unit: dict[int, Counter[Move]] = {}
    for pk, facts in facts_of(list(unit_of)).items():
        before, after = status_and_day(facts, day, without), status_and_day(facts, day, beside)
        if move := move_of(before, after):
            moves[move] += 1
            by_unit.setdefault(unit_of[pk], Counter())[move] += 1
            if before[1] and after[1] and before[1] != after[1]:
                days.setdefault(move, []).append(abs((after[1] - before[1]).days))
    spread = {move: (min(found), max(found)) for move, found in days.items()}
    return RulePreview(day, files, len(unit_of), step, moves, spread, _named(by_unit))


def _looked_at() -> tuple[int, int, dict[int, int]]:
    """How many files are not sealed, every how-manieth is looked at, and those with their units.

    By their ids, so that every unit is met as often as its files are many, and the same files each time.
    """
    people = Returnee.objects.kept().unsealed().order_by()
    files = people.count()
    step = -(-files // MOST_FILES) or 1
    if step > 1:
        last = Returnee.objects.aggregate(last=Max("pk"))["last"]
        people = people.filter(pk__in=range(step, last + 1, step))
    return files, step, dict(people.order_by("pk").values_list("pk", "unit")[:MOST_FILES])


def _named(by_unit: dict[int, Counter[Move]]) -> list[MovesOfUnit]:
    """The communes by name; where they are many, their provinces."""
    counts: dict[str, Counter[Move]] = {}
    units = Unit.objects.filter(pk__in=by_unit).select_related("parent__parent__parent")
    for unit in units:
        province = unit.province or unit
        name = province.name if len(by_unit) > MOST_UNITS or province is unit else f"{unit.name}, {province.name}"
        counts.setdefault(name, Counter()).update(by_unit[unit.pk])
    return [MovesOfUnit(name, counts[name]) for name in sorted(counts)]
