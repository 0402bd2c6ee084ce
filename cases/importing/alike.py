"""New rows that are likely of somebody on file, or of another row of the workbook: warned of, not refused."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from cases.importing.known import KnownRecords, in_parts
from cases.importing.log import WARNING, ImportMessage
from cases.importing.rows import CREATE, RegisterRow
from cases.lib import names
from cases.models import NameKey, Returnee
from cases.models.returnee import ReturneeQuerySet
from cases.reports.people import matching
from cases.reports.people.matching import Likeness

FACTS = ("full_name", "aliases", "sex", "born_on", "identity_number", "hamlet", "phone", "household_phone")
AlikePeople = dict[RegisterRow, list[Returnee]]


def point_out(rows: list[RegisterRow], known: KnownRecords, field: str, said: str) -> list[ImportMessage]:
    """Warn at the cell `field` of each row that would open a second file; `said` is how to join the file found.

    Read in a fixed number of questions for so many rows. One more message tells how many such rows there are.
    """
    fresh = {row: _person(row) for row in rows if row.state == CREATE and row["born_on"] and _new(row)}
    if not fresh:
        return []
    keys = {row: set().union(*(names.keys(name) for name in person.all_names)) for row, person in fresh.items()}
    filed, beside = _on_file(fresh, keys, known), _in_the_workbook(fresh, keys)
    common = _common([*fresh.values(), *(one for some in filed.values() for one in some)], fresh.values())
    numbers = {id(person): row.number for row, person in fresh.items()}
    warned = 0
    for row, person in fresh.items():
        found = _likeliest(person, [*filed.get(row, ()), *beside.get(row, ())], common)
        if found is None:
            continue
        warned += 1
        if found.returnee.pk:
            row.warn(field, f"{_file_in_words(found.returnee)} {said % {'file': found.returnee.file_number}}")
        else:
            words = _("Likely the same person as in row %(row)d: if so, take one of the two rows out.")
            row.warn(field, words % {"row": numbers[id(found.returnee)]})
    return [_in_all(next(iter(fresh)), field, warned)] if warned else []


def _new(row: RegisterRow) -> bool:
    """Whether no file was found for the row (the list of notices keeps the file it found)."""
    return getattr(row.about, "person", None) is None


def _person(row: RegisterRow) -> Returnee:
    """The file that the row would open; never saved."""
    return Returnee(**{name: row[name] for name in FACTS if row[name] is not None})


def _on_file(fresh: dict[RegisterRow, Returnee], keys: dict[RegisterRow, set[str]], known: KnownRecords) -> AlikePeople:
    """Files of the user's units that share a key of a name and are born about then, or that share a number."""
    scope = Returnee.objects.visible_to(known.by).kept()
    pairs = sorted({*_by_name(keys, scope), *_by_number(fresh, scope)}, key=lambda pair: (pair[0].number, pair[1]))
    files: dict[int, Returnee] = {}
    for some in in_parts({pk for _row, pk in pairs}):
        files |= scope.in_bulk(some)
    found: AlikePeople = defaultdict(list)
    for row, pk in pairs:
        found[row].append(files[pk])
    return found


def _by_name(keys: dict[RegisterRow, set[str]], scope: ReturneeQuerySet) -> Iterator[tuple[RegisterRow, int]]:
    asked = defaultdict(set)
    for row, own in keys.items():
        for key in own:
            asked[key].add(row)
    for some in in_parts(asked):
        rows = NameKey.objects.filter(key__in=some, returnee__in=scope.order_by().values("pk")).order_by()
        for key, pk, born in rows.values_list("key", "returnee", "returnee__born_on"):
            yield from (
                (row, pk) for row in asked[key] if int(born[:4]) in matching.near_years(int(row["born_on"][:4]))
            )


def _by_number(fresh: Iterable[RegisterRow], scope: ReturneeQuerySet) -> Iterator[tuple[RegisterRow, int]]:
    asked = {row["identity_number"]: row for row in fresh if row["identity_number"]}
    for some in in_parts(asked):
        for pk, *borne in scope.with_numbers(some).values_list("pk", "identity_number", "old_identity_number"):
            yield from ((asked[number], pk) for number in borne if number in asked)


def _in_the_workbook(fresh: dict[RegisterRow, Returnee], keys: dict[RegisterRow, set[str]]) -> AlikePeople:
    """Earlier rows that share a key of a name and are born about then."""
    found: AlikePeople = defaultdict(list)
    seen: dict[tuple[str, int], list[RegisterRow]] = defaultdict(list)
    for row, own in keys.items():
        year = int(row["born_on"][:4])
        others = {other for key in own for near in matching.near_years(year) for other in seen[key, near]}
        found[row] = [fresh[other] for other in sorted(others, key=lambda other: other.number)]
        for key in own:
            seen[key, year].append(row)
    return found


def _common(compared: Iterable[Returnee], fresh: Iterable[Returnee]) -> dict[str, int]:
    """How many people bear each name: those of the register and those of the workbook."""
    wanted = {names.full_key(name) for person in compared for name in person.all_names}
    counted = Counter(names.full_key(name) for person in fresh for name in person.all_names)
    for some in in_parts(wanted):
        counted.update(matching.bearers(set(some)))
    return counted


def _likeliest(person: Returnee, others: list[Returnee], common: dict[str, int]) -> Likeness | None:
    """A file on record goes before a row of the workbook."""
    looks = matching.likenesses(matching.details_of(person), others, common)
    likely = [look for look in looks if look.is_likely]
    return min(likely, key=_order, default=None)


def _order(look: Likeness) -> tuple:
    return look.returnee.pk is None, not look.same_number, look.strangers, -look.name, look.returnee.pk or 0


def _file_in_words(returnee: Returnee) -> str:
    told = ", ".join(_facts(returnee))
    return _("Likely on file already: %(who)s.") % {"who": told}


def _facts(returnee: Returnee) -> Iterator[str]:
    yield returnee.full_name
    yield str(returnee.born)
    if returnee.hamlet:
        yield returnee.hamlet
    yield _("file %(number)s") % {"number": returnee.file_number}


def _in_all(row: RegisterRow, field: str, count: int) -> ImportMessage:
    words = _("%(count)d new rows are likely of somebody on file, or entered twice: look at them before loading.")
    return ImportMessage(WARNING, row.sheet.name, 0, row.sheet.by_field[field].header, "", words % {"count": count})
