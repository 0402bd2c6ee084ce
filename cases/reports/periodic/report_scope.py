"""Where a record counts: under which unit of a report, seen as it was on the day or as it is today."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from cases.lib.period import Period
from cases.models import Unit, User
from cases.models.id_list import IdList
from cases.models.id_map import IdMap
from cases.models.joint_read import read_jointly
from cases.reports.administration import renaming

OUTSIDE = -1  # the row of what lies outside the report's unit
MANY = 1_000  # units inside: from here on the database sums by row
DIRECT = 0  # the row of what lies at the unit itself, or at a unit whose area was divided


class Lens(StrEnum):
    """AS_WAS: the unit that held the person on the day, whatever its name. AS_IS: the one in its place today."""

    AS_WAS = "as-was"
    AS_IS = "as-is"


class NoStandingUnitError(ValueError):
    """Under AS_IS the report's unit has no place on today's map."""


@dataclass(frozen=True)
class PeoplePart:
    """Some of the people of a unit, by their ids: a large unit is counted part by part, each person in one of them.

    What is about nobody counts in the first.
    """

    first: int | None
    last: int | None

    @property
    def is_first(self) -> bool:
        return self.first is None

    def condition(self, person: str) -> dict[str, int]:
        """That the row of the field `person` is one of them."""
        ends = {f"{person}__gte": self.first, f"{person}__lte": self.last}
        return {name: end for name, end in ends.items() if end is not None}


EVERYBODY = PeoplePart(None, None)


@dataclass(frozen=True)
class ReportScope:
    """A report's unit and what is known of all units under one lens; `rows` are those directly below it.

    `people`: of whom the records are looked at.
    """

    unit: Unit
    lens: Lens
    rows: tuple[Unit, ...]
    units: dict[int, Unit] = field(repr=False)
    places: dict[int, str] = field(repr=False)
    begun: date = date.min  # the day on which the unit itself began, under whatever name
    people: PeoplePart = EVERYBODY
    history: renaming.UnitHistory | None = field(
        default=None, repr=False
    )  # under AS_WAS: its names, and what joined it

    @cached_property
    def inside(self) -> list[int]:
        """Ids of the units, of any time, whose records count under the report's unit."""
        return [pk for pk, path in self.places.items() if path.startswith(self.unit.path)]

    @cached_property
    def among(self) -> IdList:
        """Those ids, to be asked for."""
        return IdList(self.inside)

    def existed(self, day: date) -> bool:
        """Whether the unit can have records of that day: under AS_IS it inherits those of the units before it."""
        return self.lens == Lens.AS_IS or self.begun <= day

    def row_of(self, unit_id: int) -> int:
        """Id of the unit directly below that a unit counts under; DIRECT or OUTSIDE where there is none."""
        if unit_id not in self._rows:
            self._rows[unit_id] = self._row_of(unit_id)
        return self._rows[unit_id]

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {}

    def _row_of(self, unit_id: int) -> int:
        path = self.places.get(unit_id, "")
        if not path.startswith(self.unit.path):
            return OUTSIDE
        rest = path[len(self.unit.path) :]
        return int(rest.split("/")[0]) if rest else DIRECT

    @cached_property
    def part_of(self) -> dict[int, int]:
        """For each unit inside, a unit of the same row: what is summed over a row may be told of that one alone."""
        rows = {pk: self.row_of(pk) for pk in self.inside}
        return {pk: row if row > DIRECT else self.unit.pk for pk, row in rows.items()}

    def summed_by(self, column: str) -> F | IdMap:
        """What the database sums by for the figures of the rows: the unit, or one for all units of a row."""
        return IdMap(column, self.part_of) if len(self.inside) > MANY else F(column)

    @property
    def compared(self) -> set[int]:
        """Every unit that has a row of its own among those compared: the communes below; of a country its provinces."""
        if self.unit.is_ministry:
            return {pk for pk in map(self.row_of, self.units) if pk > DIRECT}
        return self.leaves

    def compared_at(self, unit_id: int) -> int:
        """Id of the one of them that a unit counts under; DIRECT or OUTSIDE where there is none."""
        return self.row_of(unit_id) if self.unit.is_ministry else self.leaf_of(unit_id)

    @property
    def leaves(self) -> set[int]:
        """Every commune below that something may count under."""
        found = {self.leaf_of(pk) for pk, unit in self.units.items() if unit.is_commune}
        return found - {OUTSIDE, DIRECT}

    def leaf_of(self, unit_id: int) -> int:
        """Id of the commune a unit counts under; DIRECT or OUTSIDE where there is none below."""
        row = self.row_of(unit_id)
        return int(self.places[unit_id].rstrip("/").rsplit("/", 1)[1]) if row > DIRECT else row

    def name_of(self, row: int) -> str:
        return self.units[row].name if row != DIRECT else direct_name(self.unit, self.lens)


@dataclass(frozen=True)
class PartScope(ReportScope):
    """A scope in which everything counts under its commune, however many units lie between, or under the topmost of
    the `heads`: units between that answer for their communes.
    """

    heads: frozenset[int] = frozenset()

    def _row_of(self, unit_id: int) -> int:
        if super()._row_of(unit_id) <= DIRECT:
            return super()._row_of(unit_id)
        steps = [int(step) for step in self.places[unit_id][len(self.unit.path) :].split("/") if step]
        return next((step for step in steps if step in self.heads), steps[-1])

    def in_order(self, row: int) -> tuple:
        """By code, as a report lists units; what lies at no commune comes last."""
        unit = self.units.get(row)
        return (unit is None, *((unit.code, unit.valid_from) if unit else ()))


def by_part(where: ReportScope, heads: frozenset[int]) -> PartScope:
    """The same units and days, by part."""
    return PartScope(where.unit, where.lens, where.rows, where.units, where.places, where.begun, heads=heads)


def direct_name(unit: Unit, lens: Lens | str) -> str:
    """What the row of what lies at no unit below is called."""
    return _("Not allocated") if lens == Lens.AS_IS else unit.name


def where_of(unit: Unit, lens: Lens | str, period: Period, on: date) -> ReportScope:
    """Place every unit that may count under `unit`; `on` is today, which AS_IS looks from. At most two queries,
    and one for a commune as it was.

    AS_IS answers for the unit that stands today in the place of `unit`; a divided unit's records count at the nearest
    unit above it that still has a place. NoStandingUnitError where `unit` itself has none.
    """
    return scope_under(top_of(unit, lens, on), lens, period, on)


def top_of(unit: Unit, lens: Lens | str, on: date) -> Unit:
    """The unit that a report of `unit` is of; NoStandingUnitError as in `where_of`."""
    top = unit if lens == Lens.AS_WAS else _stands_for(unit, on)
    if top is None:
        raise NoStandingUnitError(
            _("No unit of today stands in the place of %(unit)s, whose area was divided or closed.")
            % {"unit": unit.name}
        )
    return top


def scope_under(top: Unit, lens: Lens | str, period: Period, on: date) -> ReportScope:
    """The same of a unit that `top_of` has told."""
    lens = Lens(lens)
    if lens == Lens.AS_WAS:
        return _as_was(top, period)
    units, places = _places_under(top, on)
    rows = [each for each in _below(top, units) if _stands_for(each, on) == each]
    return ReportScope(top, lens, tuple(rows), units, places)


def _as_was(unit: Unit, period: Period) -> ReportScope:
    """The map of the days themselves; a unit that was renamed stands in it once, under its last name in the period."""
    history = renaming.history_of(unit)
    forms = history.forms
    units, last_names = ({}, {}) if unit.is_commune else _below_by_name(forms, period.end)
    units |= {form.pk: form for form in forms}
    last_names |= {form.pk: unit.pk for form in forms}
    places = {}
    for pk, each in units.items():
        form = next(form for form in forms if each.path.startswith(form.path))
        below = [int(step) for step in each.path[len(form.path) :].split("/") if step]
        places[pk] = unit.path + "".join(f"{last_names.get(step, step)}/" for step in below)
    children = {last_names.get(pk, pk) for pk, each in units.items() if each.parent_id in {form.pk for form in forms}}
    rows = sorted((units[pk] for pk in children), key=lambda each: (each.code, each.valid_from))
    begun = min(form.valid_from for form in forms)
    shown = tuple(each for each in rows if _overlaps(each, period))
    return ReportScope(unit, Lens.AS_WAS, shown, units, places, begun, history=history)


def _below_by_name(forms: list[Unit], by: date) -> tuple[dict[int, Unit], dict[int, int]]:
    """The units under one of `forms`, and for each that was renamed the id it was known by last on that day."""
    under = Q()
    for form in forms:
        under |= Q(path__startswith=form.path)
    units, followed = Unit.objects.filter(under).order_by("code", "valid_from"), renaming.successions_below(forms)
    read_jointly(units, followed)
    return {each.pk: each for each in units}, renaming.names_below(followed, by)


def _places_under(top: Unit, on: date) -> tuple[dict[int, Unit], dict[int, str]]:
    """Units whose place today may lie under `top`, and those places: communes by thousands elsewhere are not read."""
    known = Unit.objects.select_related("standing").order_by("code", "valid_from")
    units = {each.pk: each for each in known.exclude(kind=Unit.Kind.COMMUNE)}
    places = {pk: _place(each, units, on) for pk, each in units.items()}
    inside = [pk for pk, path in places.items() if path.startswith(top.path)]
    homeless = Q(standing__isnull=True) | Q(standing__valid_to__lt=on)
    ways = (Q(path__startswith=top.path), Q(standing__path__startswith=top.path), homeless & Q(parent__in=inside))
    first, *others = [Unit.objects.communes().filter(way).order_by().values("pk") for way in ways]
    communes = {each.pk: each for each in known.filter(pk__in=first.union(*others))}
    places |= {pk: _place(each, units, on) for pk, each in communes.items()}
    return units | communes, places


def _below(unit: Unit, units: dict[int, Unit]) -> Iterable[Unit]:
    found = [each for each in units.values() if each.parent_id == unit.pk]
    return sorted(found, key=lambda each: (each.code, each.valid_from))


def _overlaps(unit: Unit, period: Period) -> bool:
    return unit.valid_from <= period.end and (unit.valid_to is None or unit.valid_to >= period.start)


def _stands_for(unit: Unit, on: date) -> Unit | None:
    """The unit in the place of `unit`, unless it has been closed too; one that begins later stands already."""
    found = unit.standing
    return found if found and (found.valid_to is None or found.valid_to >= on) else None


def _place(unit: Unit, units: dict[int, Unit], on: date) -> str:
    """Path of what stands for the unit, or for the nearest unit above it; empty where nothing does."""
    above: Unit | None = unit
    while above is not None:
        if found := _stands_for(above, on):
            return found.path
        above = units.get(above.parent_id) if above.parent_id else None
    return ""


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Names of units, also of those outside a report that handed somebody over."""
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))


def reportable(user: User) -> QuerySet[Unit]:
    """Units whose report `user` may open: those of the scope and, of the past, all that lay below one of them."""
    if user.sees_everything:
        return Unit.objects.order_by("path")
    wanted = Q(pk__in=user.scope)
    for path in user.scope_paths:
        wanted |= Q(path__startswith=path)
    return Unit.objects.filter(wanted).order_by("path")
