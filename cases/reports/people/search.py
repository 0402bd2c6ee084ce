"""Looking for a person: by every word first, then by names that are only like the one typed."""

import re
from collections.abc import Container, Iterable

from django.db.models import QuerySet

from cases.lib import identity, names
from cases.lib.text import fold
from cases.models import Returnee, User
from cases.models.returnee import ReturneeQuerySet
from cases.reports.casefile.file_header import people
from cases.reports.key_paging import KeyOrder
from cases.reports.people import matching
from cases.reports.people.matching import PersonDetails

AT_MOST = 20
ALIKE = 0.7
# What a year of birth that was asked for adds to the likeness of a name, or takes from it.
YEAR_SAME, YEAR_NEXT, YEAR_OTHER, EACH_YEAR = 0.15, 0.03, -0.2, -0.001
AN_ALIAS = -0.025


def best_matches(words: str, scope: ReturneeQuerySet, limit: int = AT_MOST) -> list[Returnee]:
    """Files of `scope`, open or closed, with every word or a name like the one typed; the best first.

    First the name with its accents, then without, then in another order or as an alias, then names that are nearly so.
    A year of birth among the words puts those born in it first. `scope` is a plain queryset.
    """
    person = parse_query(words)
    exact = KeyOrder(scope.search(words).best_first(words)).first(matching.CANDIDATES)
    found = {returnee.pk: returnee for returnee in [*exact, *matching.candidates(person, scope)]}
    return rank(person, found.values(), whole={returnee.pk for returnee in exact})[:limit]


def rank(person: PersonDetails, people: Iterable[Returnee], whole: Container[int] = ()) -> list[Returnee]:
    """The people with a name like the one asked for, or in `whole`; the most alike first."""
    marks = {returnee: _mark(person, returnee) for returnee in people}
    kept = [returnee for returnee, mark in marks.items() if mark >= ALIKE or returnee.pk in whole]
    return sorted(kept, key=lambda one: (-marks[one], one.pk not in whole, one.sort_key, one.pk))


def parse_query(words: str) -> PersonDetails:
    """Read the text of the search box: a name, a year of birth, or an identity number."""
    number = identity.tidy(words)
    if number.isdigit():
        return PersonDetails(full_name="", identity_number=number)
    year = matching.year_asked(re.findall(r"\d+", words))
    return PersonDetails(full_name=re.sub(rf"\b{year}\b", " ", words) if year else words, born_on=year)


def _mark(person: PersonDetails, returnee: Returnee) -> float:
    if not person.full_name:
        return 1.0
    name = max(names.likeness(person.full_name, own) + AN_ALIAS * bool(i) for i, own in enumerate(returnee.all_names))
    if not person.born_on:
        return round(name, 3)
    apart = abs(int(person.born_on) - int(returnee.birth_year))
    return round(name + ({0: YEAR_SAME, 1: YEAR_NEXT}.get(apart) or YEAR_OTHER + EACH_YEAR * apart), 3)


def search_rows(words: str, user: User, number: str = "") -> list[Returnee]:
    """The `best_matches` within the user's scope as rows of a list; files with exactly `number` come first."""
    scope = Returnee.objects.visible_to(user).kept()
    bearers = list(scope.with_number(number).order_by("pk")) if number else []
    found = [returnee.pk for returnee in dict.fromkeys([*bearers, *best_matches(words, scope)])]
    shown = people(user).in_bulk(found[:AT_MOST])
    return [shown[pk] for pk in found[:AT_MOST]]


def find_people(words: str, scope: ReturneeQuerySet) -> QuerySet[Returnee]:
    """Files of `scope` that hold every word, the best first; where there is none, at most 20 with a name like it."""
    found = scope.search(words)
    if not found.exists():
        plain = Returnee.objects.filter(pk__in=scope.order_by().values("pk"))
        found = scope.filter(pk__in=[returnee.pk for returnee in best_matches(words, plain)])
    return found.best_first(words)


def find_for(words: str, scope: ReturneeQuerySet, user: User) -> QuerySet[Returnee]:
    """Files of `scope` that the words find for this user: a helper, who may not see a number, cannot ask for one."""
    if not user.is_helper:
        return find_people(words, scope)
    asked = fold(words).split()
    known = [one.pk for one in scope if all(word in fold(f"{one.full_name} {one.hamlet}") for word in asked)]
    return scope.filter(pk__in=known)


def open_file(number: str, besides: int | None = None) -> Returnee | None:
    """The open file with this identity number, in force or old, of whatever unit, but for the file `besides`.

    Whoever does not see that unit may be told its name and nothing else of the file.
    """
    number = identity.tidy(number)
    held = Returnee.objects.kept().with_number(number).filter(closed_on__isnull=True).exclude(pk=besides or 0)
    return held.select_related("unit").order_by("pk").first() if number else None


def held_elsewhere(number: str, user: User) -> str | None:
    """The name of the unit outside the user's scope that holds an open file with this number."""
    other = open_file(number)
    if other is None or Returnee.objects.visible_to(user).filter(pk=other.pk).exists():
        return None
    return other.unit.name
