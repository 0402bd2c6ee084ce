"""Looking for a person: by every word first, then by names that are only like the one typed."""

import re
from collections.abc import Container, Iterable, Iterator

from django.db.models import Case, IntegerField, QuerySet, Value, When

from cases.access import row_scope
from cases.lib import identity, names
from cases.lib.asked import AskedPerson, parse, place_of, with_hamlet, without_title
from cases.lib.text import fold
from cases.models import Returnee, User
from cases.models.returnee import ReturneeQuerySet
from cases.reports.casefile.file_header import files_for
from cases.reports.key_paging import KeyOrder
from cases.reports.people import matching
from cases.reports.people.matching import PersonDetails

AT_MOST = 20
ALIKE = 0.7
# What a year of birth that was asked for adds to the likeness of a name, or takes from it.
YEAR_SAME, YEAR_NEXT, YEAR_OTHER, EACH_YEAR = 0.15, 0.03, -0.2, -0.001
DAY_SAME, DAY_OTHER = 0.1, -0.05  # the same of a day or month, where the year is the same
HAMLET_SAME, HAMLET_OTHER = 0.15, -0.05
AN_ALIAS = -0.025


def best_matches(words: str, scope: ReturneeQuerySet, limit: int = AT_MOST) -> list[Returnee]:
    """Files of `scope`, open or closed, with every word or a name like the one typed; the best first.

    First the name with its accents, then without, then in another order or as an alias, then names that are nearly so.
    What else was typed, a birth or a hamlet, puts those of whom it is true first. `scope` is a plain queryset.
    """
    readings, exact = _read(words, scope)
    return _most_alike(readings, exact, scope)[:limit]


def _most_alike(readings: list[AskedPerson], exact: list[Returnee], scope: ReturneeQuerySet) -> list[Returnee]:
    """The files of `exact`, and of `scope` those with a name like the one of a reading; the best first."""
    found = {returnee.pk: returnee for returnee in exact}
    people = [person_of(asked) for asked in readings]
    if not (readings[0].phrase or readings[0].number):
        found |= {returnee.pk: returnee for person in people for returnee in matching.candidates(person, scope)}
    return rank(people, found.values(), whole={returnee.pk for returnee in exact})


def _read(words: str, scope: ReturneeQuerySet) -> tuple[list[AskedPerson], list[Returnee]]:
    """What was meant, and the first of those who have all of it; where nobody has, every way of reading it."""
    readings = []
    for asked in _readings(words, scope):
        if exact := KeyOrder(scope.search(asked).best_first(asked)).first(matching.CANDIDATES):
            return [asked], exact
        readings.append(asked)
    return readings, []


def _readings(words: str, scope: ReturneeQuerySet) -> Iterator[AskedPerson]:
    """As it was typed; then with a hamlet of the scope told apart; then without the "ông" in front."""
    asked = parse(words)
    yield asked
    if len(asked.words.split()) + bool(asked.phrase) < 2:
        return
    hamlets = list(scope.exclude(hamlet="").order_by("hamlet").values_list("hamlet", flat=True).distinct())
    plain = without_title(asked)
    for reading in filter(None, (asked, plain)):
        if reading is plain:
            yield reading
        if placed := with_hamlet(reading, hamlets):
            yield placed


def rank(meant: Iterable[PersonDetails], people: Iterable[Returnee], whole: Container[int] = ()) -> list[Returnee]:
    """The people with a name like that of one of those who may be meant, or in `whole`; the most alike first."""
    meant = list(meant)
    marks = {returnee: max(_mark(person, returnee) for person in meant) for returnee in people}
    kept = [returnee for returnee, mark in marks.items() if mark >= ALIKE or returnee.pk in whole]
    return sorted(kept, key=lambda one: (-marks[one], one.pk not in whole, one.sort_key, one.pk))


def person_of(asked: AskedPerson) -> PersonDetails:
    """Whom a search is for; the name as it may be misheard stands among the other names, for the keys alone."""
    number = identity.tidy(asked.name)
    if number.isdigit() and not identity.is_year(number):
        return PersonDetails(full_name="", identity_number=number)
    name, year = asked.name, ""
    if not asked.born and (year := matching.year_asked(re.findall(r"\d+", name))):
        name = re.sub(rf"\b{year}\b", " ", name)
    heard = names.as_heard(name)
    hamlet = asked.hamlets[0] if asked.hamlets else ""
    return PersonDetails(name, (heard,) if heard else (), born_on=asked.born or year, hamlet=hamlet)


def _mark(person: PersonDetails, returnee: Returnee) -> float:
    if not person.full_name.strip():
        return 1.0
    mark = max(
        names.likeness(person.full_name, own, by_ear=True) + AN_ALIAS * bool(place)
        for place, own in enumerate(returnee.all_names)
    )
    if person.born_on:
        mark += _mark_of_birth(person.born_on, returnee.born_on)
    if person.hamlet:
        mark += HAMLET_SAME if place_of(person.hamlet) == place_of(returnee.hamlet) else HAMLET_OTHER
    return round(mark, 3)


def _mark_of_birth(asked: str, born: str) -> float:
    apart = abs(int(asked[:4]) - int(born[:4]))
    if apart:
        return YEAR_NEXT if apart == 1 else YEAR_OTHER + EACH_YEAR * apart
    known = min(len(asked), len(born))
    if known == 4:
        return YEAR_SAME
    return YEAR_SAME + (DAY_SAME if asked[:known] == born[:known] else DAY_OTHER)


def search_rows(words: str, user: User, number: str = "") -> list[Returnee]:
    """The `best_matches` within the user's scope as rows of a list; files with exactly `number` come first."""
    scope = Returnee.objects.visible_to(user).kept()
    bearers = list(scope.with_number(number).order_by("pk")) if number else []
    found = [returnee.pk for returnee in dict.fromkeys([*bearers, *best_matches(words, scope)])]
    shown = files_for(user).in_bulk(found[:AT_MOST])
    return [shown[pk] for pk in found[:AT_MOST]]


def find_people(words: str, scope: ReturneeQuerySet) -> QuerySet[Returnee]:
    """Files of `scope` that hold every word, the best first; where there is none, at most 20 with a name like it."""
    readings = []
    for asked in _readings(words, scope):
        found = scope.search(asked)
        if found.exists():
            return found.best_first(asked)
        readings.append(asked)
    plain = Returnee.objects.filter(pk__in=scope.order_by().values("pk"))
    alike = [returnee.pk for returnee in _most_alike(readings, [], plain)[:AT_MOST]]
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(alike)]
    rank_of = Case(*places, default=Value(len(alike)), output_field=IntegerField())
    return scope.filter(pk__in=alike).alias(search_rank=rank_of).order_by("search_rank", "pk")


def find_for(words: str, scope: ReturneeQuerySet, user: User) -> QuerySet[Returnee]:
    """Files of `scope` that the words find for this user: a helper, who may not see a number, cannot ask for one."""
    if not user.is_helper:
        return find_people(words, scope)
    asked = fold(parse(words).name).split()
    known = [one.pk for one in scope if all(word in fold(f"{one.full_name} {one.hamlet}") for word in asked)]
    return scope.filter(pk__in=known)


def open_file(number: str, besides: int | None = None) -> Returnee | None:
    """The open file with this identity number, in force or old, of whatever unit, but for the file `besides`.

    Whoever does not see that unit may be told its name and nothing else of the file.
    """
    number = identity.tidy(number)
    held = Returnee.objects.kept().with_number(number).filter(closed_on__isnull=True).exclude(pk=besides or 0)
    if not number:
        return None
    with row_scope.beyond("who holds an identity number is asked of the whole country, and told as a unit's name"):
        return held.select_related("unit").order_by("pk").first()


def held_elsewhere(number: str, user: User) -> str | None:
    """The name of the unit outside the user's scope that holds an open file with this number."""
    other = open_file(number)
    if other is None or Returnee.objects.visible_to(user).filter(pk=other.pk).exists():
        return None
    return other.unit.name
