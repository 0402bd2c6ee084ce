"""Units that were only renamed: a unit under a new name or code is the same unit, and nobody came or went."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cases.models import Succession, Unit


@dataclass(frozen=True)
class Joining:
    """Units that became the unit, or part of it, on a day; `is_founding` where it stands since then."""

    on: date
    names: tuple[str, ...]
    is_founding: bool


@dataclass(frozen=True)
class UnitHistory:
    """A unit under every name it has borne or bears since, itself among them, and what followed what on the way."""

    unit: Unit
    forms: list[Unit]
    rows: list[Succession]

    def joinings(self, after: date, until: date) -> list[Joining]:
        """What became of other units this one between two days, the first not included; a new name alone is none."""
        forms = self.forms if self.unit.valid_from > after else [self.unit]
        own = {each.pk for each in forms}
        joined = [
            each for each in self.rows if each.new_id in own and each.old_id not in own and after < each.on <= until
        ]
        names: dict[date, list[str]] = {}
        for each in sorted(joined, key=lambda row: (row.on, row.old.code, row.pk)):
            names.setdefault(each.on, []).append(each.old.name)
        begun = min(each.valid_from for each in forms)
        return [Joining(on, tuple(found), on == begun) for on, found in names.items()]


def history_of(unit: Unit) -> UnitHistory:
    """What the unit was called and of which units it was made; one query."""
    places = Unit.objects.filter(pk__in=[int(pk) for pk in unit.path.strip("/").split("/")], standing__isnull=False)
    standing = places.values("standing")
    rows = list(successions(Q(old__standing__in=standing), Q(new__standing__in=standing), Q(new=unit.pk)))
    # Of a unit in whose place none stands today not all successions are among the rows: its name is its own alone.
    follows = pairs(each for each in rows if unit.standing_id or each.new_id != unit.pk)
    known = {each.pk: each for pair in follows.values() for each in pair}
    own = _chains({old: new.pk for old, (_old, new) in follows.items()}).get(unit.pk, [unit.pk])
    return UnitHistory(unit, [unit if pk == unit.pk else known[pk] for pk in own], rows)


def forms_of(unit: Unit) -> list[Unit]:
    """The unit under every name it has borne or bears since, itself among them; one query."""
    return history_of(unit).forms


def successions_below(forms: Iterable[Unit]) -> QuerySet[Succession]:
    """What followed what among the units under one of `forms`; see names_below."""
    ends = ("old", "new")
    return successions(*(Q(**{f"{end}__path__startswith": form.path}) for form in forms for end in ends))


def names_below(rows: Iterable[Succession], by: date) -> dict[int, int]:
    """For each unit among the `successions_below` the id under which it was known last by that day."""
    follows = pairs(rows)
    begun = {each.pk: each.valid_from for pair in follows.values() for each in pair}
    chains = _chains({old: new.pk for old, (_old, new) in follows.items()})
    return {pk: next((one for one in reversed(own) if begun[one] <= by), own[0]) for pk, own in chains.items()}


def successions(*ways: Q) -> QuerySet[Succession]:
    """What one of the `ways` finds; each is a question of its own: by "or" they would be asked of the whole country."""
    first, *others = [Succession.objects.filter(way).order_by().values("pk") for way in ways]
    found = Succession.objects.filter(pk__in=first.union(*others))
    return found.select_related("old", "new").order_by("on", "pk")


def pairs(rows: Iterable[Succession]) -> dict[int, tuple[Unit, Unit]]:
    """Old and new unit, by the old one's id, of each succession that was a renaming alone.

    One unit in the place of one, begun that day, of the same kind, with its name or its code left, and under the same
    unit or under one that was renamed itself. All successions of and to these units have to be among the `rows`.
    """
    rows = list(rows)
    after, before = Counter(row.old_id for row in rows), Counter(row.new_id for row in rows)
    alone = {
        row.old_id: (row.old, row.new)
        for row in rows
        if row.share == Succession.Share.FULL
        and after[row.old_id] == before[row.new_id] == 1
        and row.old.kind == row.new.kind
        and (row.old.code == row.new.code or row.old.name == row.new.name)
        and row.new.valid_from == row.on
    }

    def is_renaming(old: Unit, new: Unit) -> bool:
        if old.parent_id == new.parent_id:
            return True
        above = alone.get(old.parent_id) if old.parent_id else None
        return above is not None and above[1].pk == new.parent_id and is_renaming(*above)

    return {pk: pair for pk, pair in alone.items() if is_renaming(*pair)}


def _chains(follows: dict[int, int]) -> dict[int, list[int]]:
    """For each id all ids of its chain, the earliest first."""
    found: dict[int, list[int]] = {}
    for first in follows.keys() - set(follows.values()):
        own = [first]
        while own[-1] in follows:
            own.append(follows[own[-1]])
        found.update(dict.fromkeys(own, own))
    return found
