"""Sealed files in what must stay whole: they count, and have no name; where a text tells one, it is taken out."""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.lib.mask import WORD, Mask
from cases.lib.names import names_in, run_keys, whole_key
from cases.lib.text import bare
from cases.models import Placement, Returnee, User
from cases.models.fields import EncryptedText
from cases.models.scope import SEALED
from cases.models.sealed_names import IDENTIFYING, Identifying, Units, sealed_bearers
from cases.reports.words import typed_parts
from cases.reports.writers.xlsx import Sheet

FEW = 200  # sealed files whose names are read whatever a page says; of more only those it may name
MANY_UNITS = 50  # of a province; nobody counts first whether they have few
PHONES = ("phone", "household_phone")
SHORTEST_CARD = 9  # digits of an identity number
NUMBER_WORDS = 5  # of a file number: HS-2024/15


def sealed_files(people: Iterable[int | None]) -> set[int]:
    """Return the ids of those of `people` whose files are sealed; one query."""
    known = {pk for pk in people if pk}
    return set(Returnee.objects.filter(pk__in=known, close_reason=SEALED).values_list("pk", flat=True))


def mask(user: User, opened: int | None = None, texts: Iterable[str] | None = None) -> Mask:
    """Hides from `user` the names and numbers of the sealed files of the user's units, now or before.

    `opened` is the id of the person whose sealed file is open on the page, `texts` what is to be hidden from: where the
    sealed files are many, only those are looked for that may stand in it; without it all of them. Telephones are hidden
    too, but from whoever looks over many units: there nobody is found by one. A name or number that
    somebody else in sight bears too is left: taken out, it would tell that a sealed file bears it. Three queries at
    most, no question about more than `FEW` files where `texts` are given.
    """
    with row_scope.beyond("names are read to be hidden, also of those somebody helped once"):
        told = _told(user, opened, texts)
    names = {name for full_name, _card, _file, aliases, *_phones in told for name in names_in(full_name, aliases)}
    numbers = {number for _name, card, file, _aliases, *phones in told for number in (card, file, *phones) if number}
    phones = {number for _name, _card, _file, _aliases, *own in told for number in own if number}
    if told:
        here = Returnee.objects.visible_to(user, opened).order_by()
        by_name = here.filter(full_name__in=names, name_keys__key__in={whole_key(name) for name in names})
        officers = User.objects.filter(full_name__in=names).order_by()
        borne_by = [_digests("identity_number", numbers), *(_digests(name, phones) for name in PHONES if phones)]
        by_number = [here.filter(**{f"{key}__in": known}).values_list(key) for key, known in borne_by]
        borne = by_name.values_list("full_name").union(officers.values_list("full_name"), *by_number)
        for (name_or_digest,) in borne:
            names.discard(name_or_digest)
            for _key, known in borne_by:
                numbers -= known.get(name_or_digest, set())
    return Mask(names | {bare(name) for name in names}, numbers)


def _digests(name: str, numbers: Iterable[str]) -> tuple[str, dict[str, set[str]]]:
    """The field with the digests of an encrypted one, and the numbers asked about by the digests they have there."""
    field = cast(EncryptedText, Returnee._meta.get_field(name))
    found = defaultdict(set)
    for number in numbers:
        for digest in field.digests(number):
            found[digest].add(number)
    return field.key, found


def _told(user: User, opened: int | None, texts: Iterable[str] | None) -> set[Identifying | tuple]:
    """Names and numbers of the sealed files to hide: all of them, or those that `texts` may tell of."""
    if user.is_helper:
        sealed = Returnee.objects.filter(close_reason=SEALED).exclude(pk=opened or 0).order_by()
        helped = sealed.filter(pk__in=user.memberships.values("group__returnee"))
        return set(helped.values_list(*IDENTIFYING, *PHONES))
    held = Placement.objects.filter(returnee__close_reason=SEALED).exclude(returnee=opened or 0).order_by()
    units = [*user.scope_ids(), *user.outside_units] if user.outside_units else user.scope
    held = held if user.sees_everything else held.filter(unit__in=units)
    are_many = user.sees_everything or len(units) > MANY_UNITS
    known = held.values_list(*(f"returnee__{name}" for name in (*IDENTIFYING, *(() if are_many else PHONES))))
    if texts is not None and are_many:
        return _named_in(texts, user, units, opened)
    if texts is not None:
        # In no order and from the units to the people: that there are many is known as soon as so many are found
        known.query.set_limits(high=FEW + 1)
    told = list(known)
    return set(told) if texts is None or len(told) <= FEW else _named_in(texts, user, units, opened)


def _named_in(texts: Iterable[str], user: User, units: Units, opened: int | None) -> set[Identifying]:
    """Of the sealed files of the user's units those whose name or number may stand in one of `texts`."""
    told = {part for text in texts for part in typed_parts(text)}  # a page of figures says the same many times
    keys = {key for text in told for key in run_keys(text)}
    numbers = {each for text in told for each in _numbers(text)}
    numbers |= {change(each) for each in numbers for change in (str.upper, str.lower)}  # of a file: hs-2024/15
    cards = {each for each in numbers if each.isdecimal() and len(each) >= SHORTEST_CARD}
    return sealed_bearers(keys, numbers, cards, None if user.sees_everything else units, opened or 0)


def _numbers(text: str) -> Iterator[str]:
    """Every run of up to `NUMBER_WORDS` words of a text that holds a digit, as it is written."""
    words = [(*each.span(), any(char.isdigit() for char in each.group())) for each in WORD.finditer(text)]
    for place, (start, *_rest) in enumerate(words):
        has_digit = False
        for _start, end, is_number in words[place : place + NUMBER_WORDS]:
            has_digit = has_digit or is_number
            if has_digit:
                yield text[start:end]


def mark() -> str:
    """What stands where a name was."""
    return _("[sealed]")


def hider(user: User) -> Callable[[str], str]:
    """What takes the names that are sealed to `user` out of a text of a paper."""
    hidden = mask(user)
    return lambda text: hidden.hide(text, mark())  # in the language of the paper


def mask_sheets(sheets: Iterable[Sheet], user: User) -> Iterator[Sheet]:
    """Sheets of a workbook without the names that are sealed to `user`."""
    hidden, words = mask(user), mark()

    def plain(rows: Iterable[Sequence]) -> Iterator[list]:
        try:
            for row in rows:
                yield [hidden.hide(value, words) if isinstance(value, str) else value for value in row]
        finally:
            if isinstance(rows, Generator):
                rows.close()  # the sheet still holds it; closed later, its cursor would spoil another transaction

    for sheet in sheets:
        yield replace(sheet, rows=plain(sheet.rows)) if hidden else sheet
