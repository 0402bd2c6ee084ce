"""Looking for a person by words: what a search finds, and which hits come first.

Identity numbers and telephones are encrypted. A whole one is found by its digest, wherever the file is; a part of one
by opening the numbers of the files in question, where these are few enough: a commune's always are. Digests of parts
would tell the numbers to whoever has a copy of the database and some numbers of his own to hold beside them.
"""

import re
from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Self, TypeVar, cast

from django.db import models
from django.db.models import Case, ExpressionWrapper, F, IntegerField, Q, Value, When

from cases.lib import identity, names, telex, text
from cases.lib.asked import AskedPerson, parse
from cases.models.fields import EncryptedText
from cases.models.name_key import NameKey

Row = TypeVar("Row", bound=models.Model, covariant=True)

SHORT = 2  # letters of a word that is looked for at the beginning of words alone
NUMBERS = ("identity_number", "old_identity_number", "phone", "household_phone")
WHOLE = (10, 12)  # digits of a mobile telephone and of an identity number: never looked for as a part of another
MOST_OPENED = 3000  # files whose numbers are opened to find a part of one
WHOLE_NAME = 2  # the step of best_first that finds a name between its bars


def search_words(typed):
    """The words to look for: names as they are stored to be searched, numbers and phones without spaces and +84."""
    number = identity.tidy(typed)
    if number.removeprefix("+").isdigit():
        return [identity.domestic(number)]
    return [identity.domestic(word) for word in names.search_key(re.sub(r"\+(?=84)", "", typed)).split()]


def _fits(word):
    fits = Q(search_text__contains=word if len(word) > SHORT else f" {word}")
    return fits | Q(born_on__startswith=word) if identity.is_year(word) else fits


def _born(born):
    """Those born then, and those of whom no more is known than agrees with it."""
    vaguer = {born[:length] for length in (4, 7) if length < len(born)}
    return Q(born_on__startswith=born) | Q(born_on__in=vaguer)


def _is_number(word):
    return word.isascii() and word.isdigit()


def _has(number):
    """Those with this whole number, whichever of theirs it is."""
    return reduce(or_, (Q(**{name: number}) for name in NUMBERS))


def _stands(word):
    """Those with this word, or this whole number."""
    stands = Q(search_text__contains=f" {word} ")
    return stands | _has(word) if _is_number(word) else stands


def _tidied(fields, stored):
    """The numbers somebody has, opened one by one."""
    return (identity.tidy(field.open(each)) for field, each in zip(fields, stored, strict=True) if each)


def _shows(masked):
    """Whether a number shows what is not hidden in `masked`: its beginning, its end, and each part between."""
    first, *_hidden, last = parts = masked.split("*")

    def shows(number):
        return number.startswith(first) and number.endswith(last) and all(part in number for part in parts)

    return shows


def _toned(name):
    """The words that were typed with their accents stand in the full name; None where none was."""
    written = text.normalise_name(telex.repair(name)).split()
    toned = [word.capitalize() for word in written if text.bare(word) != word.lower()]
    return Q(*(Q(full_name__contains=word) for word in toned)) if toned else None


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

    def search(self, words: str | AskedPerson) -> Self:
        """Names, aliases, numbers and phones that hold every word, however typed; a year is also that of birth.

        A word of one or two letters is the beginning of a word: what holds it anywhere is half the register. Text is
        taken apart as `lib/asked.py` does.
        """
        asked = parse(words) if isinstance(words, str) else words
        found = self
        words_asked = search_words(asked.words)
        for word in words_asked:
            if not _is_number(word):
                found = found.filter(_fits(word))
        if phrase := " ".join(search_words(asked.phrase)):
            found = found.filter(_stands(phrase))
        if asked.born:
            found = found.filter(_born(asked.born))
        if asked.hamlets:
            found = found.filter(hamlet__in=asked.hamlets)
        for word in filter(_is_number, words_asked):  # last, so that few numbers have to be opened
            found = found.filter(found._with(word))
        return found.filter(pk__in=found._opened(_shows(asked.number))) if asked.number else found

    def _with(self, digits: str) -> Q:
        """Those with a number of these digits, or with these digits in one."""
        fits = _fits(digits)
        if len(digits) <= SHORT or identity.is_year(digits):
            return fits
        if len(digits) in WHOLE:
            return fits | _has(digits)
        return fits | _has(digits) | Q(pk__in=self._opened(lambda number: digits in number))

    def _opened(self, fits: Callable[[str], bool]) -> list[int]:
        """Ids of those with a number that fits; nobody's where more than `MOST_OPENED` files had to be opened."""
        stored = {f"{name}_stored": ExpressionWrapper(F(name), models.TextField()) for name in NUMBERS}
        some = self.order_by().annotate(**stored).values_list("pk", *stored)
        some.query.set_limits(high=MOST_OPENED + 1)  # in no order: that there are more is all that is asked
        rows = list(some)
        if len(rows) > MOST_OPENED:
            return []
        fields = [cast(EncryptedText, self.model._meta.get_field(name)) for name in NUMBERS]
        return [pk for pk, *numbers in rows if any(map(fits, _tidied(fields, numbers)))]

    def best_first(self, words: str | AskedPerson) -> Self:
        """The very name first, then without accents, the other name, whole words with the tones that were typed, whole
        words, parts of words; else by name.

        `tiers` asks for each of these steps alone, so that the first page is found without ranking every hit.
        """
        asked = parse(words) if isinstance(words, str) else words
        parts = [word for word in search_words(asked.name) if not identity.is_year(word)]
        name = " ".join(parts)
        steps = []
        if not name.isdigit():  # nobody's name is a number
            steps = [Q(full_name=text.normalise_name(telex.repair(asked.name)))]
            steps += [Q(search_text__startswith=f"| {name} |")] if parts else []
        if parts:
            steps.append(Q(search_text__contains=f"| {name} |") | (_has(name) if _is_number(name) else Q()))
            whole = Q(*map(_stands, parts))
            steps += [whole & toned, whole] if (toned := _toned(asked.name)) else [whole]
        rank = Case(
            *(When(step, then=Value(place)) for place, step in enumerate(steps)),
            default=Value(len(steps)),
            output_field=IntegerField(),
        )
        ranked = self.alias(search_rank=rank).order_by("search_rank", "sort_key", "pk")
        ranked.tiers = tuple(_tiers(steps, name))
        return ranked
