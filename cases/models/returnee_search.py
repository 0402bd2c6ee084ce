"""Looking for a person by words: what a search finds, and which hits come first."""

import re
from typing import Self, TypeVar

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from cases.lib import identity, names, telex, text
from cases.models.name_key import NameKey

Row = TypeVar("Row", bound=models.Model, covariant=True)

SHORT = 2  # letters of a word that is looked for at the beginning of words alone
WHOLE_NAME = 2  # the step of best_first that finds a name between its bars


def search_words(typed):
    """The words to look for: names as they are stored to be searched, numbers and phones without spaces and +84."""
    number = identity.tidy(typed)
    if number.removeprefix("+").isdigit():
        return [identity.domestic(number)]
    return [identity.domestic(word) for word in names.search_key(re.sub(r"\+(?=84)", "", typed)).split()]


def _tiers(steps, name):
    """Each step without the steps before it, and in the end what none of them holds."""
    before = Q()
    for place, step in enumerate(steps):
        # The bars around a whole name are no letters, so no index of letters tells it from one of its words.
        is_name = place == WHOLE_NAME and not any(char.isdigit() for char in name)
        keys = NameKey.objects.filter(key=names.full_key(name)).values("returnee") if is_name else None
        yield (step & Q(pk__in=keys) if is_name else step) & before
        before &= ~step
    yield before


class SearchedQuerySet(models.QuerySet[Row]):
    """Files that keep `search_text`, `full_name`, `born_on` and `sort_key`."""

    tiers: tuple[Q, ...] = ()  # of a search, the best first: see best_first

    def _clone(self):
        clone = super()._clone()
        clone.tiers = self.tiers
        return clone

    def search(self, words: str) -> Self:
        """Names, aliases, numbers and phones that hold every word, however typed; a year is also that of birth.

        A word of one or two letters is the beginning of a word: what holds it anywhere is half the register.
        """
        found = self
        for word in search_words(words):
            fits = Q(search_text__contains=word if len(word) > SHORT else f" {word}")
            if identity.is_year(word):
                fits |= Q(born_on__startswith=word)
            found = found.filter(fits)
        return found

    def best_first(self, words: str) -> Self:
        """The very name first, then without accents, the other name, whole words, parts of words; else by name.

        `tiers` asks for each of these steps alone, so that the first page is found without ranking every hit.
        """
        parts = [word for word in search_words(words) if not identity.is_year(word)]
        name = " ".join(parts)
        steps = [Q(full_name=text.normalise_name(telex.repair(words)))]
        if parts:
            steps += [Q(search_text__startswith=f"| {name} |"), Q(search_text__contains=f"| {name} |")]
            steps.append(Q(*(Q(search_text__contains=f" {word} ") for word in parts)))
        rank = Case(
            *(When(step, then=Value(place)) for place, step in enumerate(steps)),
            default=Value(len(steps)),
            output_field=IntegerField(),
        )
        ranked = self.alias(search_rank=rank).order_by("search_rank", "sort_key", "pk")
        ranked.tiers = tuple(_tiers(steps, name))
        return ranked
