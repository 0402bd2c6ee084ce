"""Files of a unit that are likely of one person: for the chief, who tells them apart or withdraws one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Count, QuerySet

from cases.lib import names
from cases.models import DistinctPair, NameKey, Returnee, User
from cases.reports.people import matching

AT_MOST = 50
Pair = tuple[int, int]


@dataclass(frozen=True)
class Double:
    """Two files and why they may be of one person; `first` is the older file."""

    first: Returnee
    second: Returnee
    look: matching.Likeness


def likely_pairs(user: User) -> list[Double]:
    """Pairs of files in the user's scope that nobody has told apart, the likeliest first, at most 50.

    Read in a fixed number of queries: only files that share a key of a name and are born in `near_years`, or
    that share an identity number, are compared.
    """
    scope = Returnee.objects.visible_to(user).kept()
    pairs = (_by_name(scope) | _by_number(scope)) - _told_apart(scope)
    files = scope.select_related("unit").in_bulk({pk for pair in pairs for pk in pair})
    common = matching.bearers({names.full_key(name) for file in files.values() for name in file.all_names})
    found = [_double(files[one], files[two], common) for one, two in pairs]
    likely = [double for double in found if double.look.is_likely]
    return sorted(likely, key=lambda double: (matching.by_likelihood(double.look), double.first.pk))[:AT_MOST]


def _double(first: Returnee, second: Returnee, common: dict[str, int]) -> Double:
    return Double(first, second, matching.look(matching.details_of(first), second, common))


def _ordered(one: int, two: int) -> Pair:
    return (one, two) if one < two else (two, one)


def _by_name(scope: QuerySet[Returnee]) -> set[Pair]:
    keys = NameKey.objects.filter(returnee__in=scope.order_by().values("pk"))
    shared = keys.values("key").annotate(count=Count("pk")).filter(count__gt=1).values("key")
    groups = defaultdict(list)
    for key, pk, born in keys.filter(key__in=shared).values_list("key", "returnee", "returnee__born_on"):
        groups[key].append((int(born[:4]), pk))
    return {_ordered(one, two) for group in groups.values() for one, two in _near(group)}


def _near(group: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of one key whose years of birth are the same or may be one mistyped."""
    years = defaultdict(list)
    for year, pk in group:
        years[year].append(pk)
    for year, people in years.items():
        yield from combinations(people, 2)
        later = [two for near in matching.near_years(year) if near > year for two in years.get(near, ())]
        yield from ((one, two) for one in people for two in later)


def _by_number(scope: QuerySet[Returnee]) -> set[Pair]:
    bearers = defaultdict(set)
    for pk, number, old in scope.order_by().values_list("pk", "identity_number", "old_identity_number"):
        for known in {number, old} - {None, ""}:
            bearers[known].add(pk)
    return {_ordered(*pair) for people in bearers.values() for pair in combinations(sorted(people), 2)}


def _told_apart(scope: QuerySet[Returnee]) -> set[Pair]:
    return set(DistinctPair.objects.filter(first__in=scope.order_by().values("pk")).values_list("first", "second"))
