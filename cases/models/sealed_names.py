"""Whose file is sealed and whose name or number may stand in a text: from the text to the people, and to their units.

PostgreSQL has one statement for it that goes by indexes alone, key by key, whatever it believes of how many bear a
name: the planner, told of two thousand keys at once, read everybody of the country instead. Most keys of a page hold a
day or a number of days, and hardly a name does; of the names and numbers that are written so there are indexes of
their own (migration 0073), which are as good as empty.
"""

import json
import re
from collections.abc import Callable, Iterable
from typing import cast

from django.db import connections
from django.db.models import Exists, OuterRef, QuerySet

from cases.models.fields import EncryptedText
from cases.models.name_key import NameKey
from cases.models.returnee import Placement, Returnee
from cases.models.scope import SEALED
from cases.models.unit import Unit

IDENTIFYING = ("full_name", "identity_number", "file_number", "aliases")
DIGIT = re.compile("[0-9]")
USUAL = re.compile("[A-Za-z0-9._/-]+")  # signs of a file number

Identifying = tuple[str, str | None, str, str]
Units = list[int] | QuerySet[Unit]

ASKED = """SELECT r.full_name, r.identity_number, r.file_number, r.aliases FROM (
    {parts}
) named, LATERAL (
    SELECT * FROM cases_returnee r WHERE r.id = named.person AND r.close_reason = %s AND r.id <> %s AND EXISTS (
        SELECT 1 FROM cases_placement p WHERE p.returnee_id = r.id {held} OFFSET 0
    ) OFFSET 0
) r"""
# The OFFSET keeps each of them a look into an index for one key
PART = """SELECT n.person FROM json_array_elements_text(%s) AS asked (told), LATERAL (
    SELECT {person} AS person FROM {table} n WHERE n.{column} = asked.told {among} OFFSET 0
) n"""
DIGITS = r"AND n.key ~ '[0-9]' AND n.key LIKE '~%%'"
UNUSUAL = r"AND n.file_number !~ '^[A-Za-z0-9._/-]+$'"


def sealed_bearers(
    keys: Iterable[str], numbers: Iterable[str], cards: Iterable[str], units: Units | None, opened: int
) -> set[Identifying]:
    """What identifies the sealed files that one of `units` held at any time, with a name of one of the `keys`, a file
    number among `numbers` or an identity number among `cards`; but for that of the person `opened`.

    `units`: as `User.scope` has them, None for those of the whole country.
    """
    connection = connections[Returnee.objects.all().db]
    if connection.vendor != "postgresql":
        return set(_by_django(keys, numbers, cards, units, opened).values_list(*IDENTIFYING))
    number = cast(EncryptedText, Returnee._meta.get_field("identity_number"))
    words, days = _parted(keys, lambda key: not DIGIT.search(key))
    usual, unusual = _parted(numbers, USUAL.fullmatch)
    asked = {
        ("cases_namekey", "key", ""): words,
        ("cases_namekey", "key", DIGITS): days,
        ("cases_returnee", "identity_key", ""): [digest for card in cards for digest in number.digests(card)],
        ("cases_returnee", "file_number", ""): usual,
        ("cases_returnee", "file_number", UNUSUAL): unusual,
    }
    asked = {where: values for where, values in asked.items() if values}
    if not asked:
        return set()
    parts = [
        PART.format(person="returnee_id" if table == "cases_namekey" else "id", table=table, column=column, among=among)
        for table, column, among in asked
    ]
    held = "" if units is None else f"AND p.unit_id IN ({', '.join(map(str, _ids(units))) or 'NULL'})"
    sql = ASKED.format(parts="\nUNION\n".join(parts), held=held)
    told = [json.dumps(values, ensure_ascii=False) for values in asked.values()]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*told, SEALED, opened])
        return {(name, number.open(card), *others) for name, card, *others in cursor.fetchall()}


def _ids(units: Units) -> Iterable[int]:
    return units if isinstance(units, list) else units.values_list("pk", flat=True)


def _parted(values: Iterable[str], fits: Callable[[str], object]) -> tuple[list[str], list[str]]:
    found: tuple[list[str], list[str]] = ([], [])
    for value in values:
        found[0 if fits(value) else 1].append(value)
    return found


def _by_django(
    keys: Iterable[str], numbers: Iterable[str], cards: Iterable[str], units: Units | None, opened: int
) -> QuerySet[Returnee]:
    people = Returnee.objects.order_by()
    named = people.filter(pk__in=NameKey.objects.filter(key__in=keys).values("returnee")).values_list("pk", flat=True)
    carded = people.filter(identity_number__in=cards).values_list("pk", flat=True)
    filed = people.filter(file_number__in=numbers).values_list("pk", flat=True)
    held = Placement.objects.filter(returnee=OuterRef("pk")).order_by()
    here = Exists(held if units is None else held.filter(unit__in=units))
    found = people.filter(here, close_reason=SEALED, pk__in=named.union(carded, filed))
    return found.exclude(pk=opened)
