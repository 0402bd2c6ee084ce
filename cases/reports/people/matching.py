"""Who on file is likely the person at hand: names compared, weighed by how common they are, and by all else known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Max, Q, QuerySet, Value, When

from cases.access import row_scope
from cases.lib import identity, names
from cases.lib.asked import place_of
from cases.models import DistinctPair, NameKey, Returnee

AT_MOST = 5
CANDIDATES = 200
NAME_ENOUGH = 0.85
STRANGERS_ENOUGH = 0.35
WHOLE = "=~"  # how the keys of whole names begin
# How many strangers of one name are left by what else agrees or not. A register of one commune spans some 40 years of
# birth and a dozen hamlets; a day is one of 365.
SAME_DAY, SAME_MONTH, SAME_YEAR, DAY_AND_MONTH_SWAPPED = 1 / 14600, 1 / 480, 1 / 40, 1 / 2000
OTHER_DAY_OF_ONE_YEAR, YEAR_SLIP, OTHER_YEAR = 1 / 5, 0.3, 10_000.0
SAME_HAMLET, OTHER_HAMLET, SAME_PHONE = 1 / 12, 1.3, 1 / 200
OTHER_SEX, OTHER_NUMBER, SLIP_IN_THE_NAME = 30.0, 100.0, 8.0
ONLY_THE_NICKNAME = 200.0  # other full names; "Tý" and "Tư" are the names of a hamlet's every second house


@dataclass(frozen=True)
class PersonDetails:
    """What is known of a person before or beside a file; `born_on` in the stored spelling, numbers tidied."""

    full_name: str
    aliases: tuple[str, ...] = ()
    sex: str = ""
    born_on: str = ""
    identity_number: str = ""
    old_identity_number: str = ""
    hamlet: str = ""
    phones: tuple[str, ...] = ()
    pk: int | None = None

    @property
    def all_names(self) -> tuple[str, ...]:
        return (self.full_name, *self.aliases)

    @property
    def numbers(self) -> set[str]:
        return {self.identity_number, self.old_identity_number} - {""}


@dataclass(frozen=True)
class Likeness:
    """A file and why it may be that of the person: `name` from 0 to 1, `strangers` who would agree as well by chance.

    `same_number` is certain; `reasons` are codes: number, name, name_alike, nickname, born, birth_year, hamlet, phone.
    """

    returnee: Returnee
    name: float
    strangers: float
    same_number: bool
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.same_number or (self.name >= NAME_ENOUGH and self.strangers < STRANGERS_ENOUGH)


def details_of(returnee: Returnee) -> PersonDetails:
    """Return the details of a file, saved or not yet."""
    return PersonDetails(
        full_name=returnee.full_name,
        aliases=tuple(returnee.all_names[1:]),
        sex=returnee.sex,
        born_on=returnee.born_on or "",
        identity_number=returnee.identity_number or "",
        old_identity_number=returnee.old_identity_number,
        hamlet=returnee.hamlet,
        phones=tuple(filter(None, (returnee.phone, returnee.household_phone))),
        pk=returnee.pk,
    )


def likely_same(person: PersonDetails, scope: QuerySet[Returnee]) -> list[Likeness]:
    """Files of `scope` that are likely the person's own, the likeliest first, at most five.

    Pairs somebody has told apart are left out. `scope` is a plain queryset: visible_to(user).kept() and the like.
    """
    known = {person.pk, *distinct_files(person.pk)}
    others = [returnee for returnee in candidates(person, scope) if returnee.pk not in known]
    return sorted((found for found in likenesses(person, others) if found.is_likely), key=by_likelihood)[:AT_MOST]


def by_likelihood(found: Likeness) -> tuple:
    """To sort by: the likeliest first."""
    return not found.same_number, found.strangers, -found.name, found.returnee.pk


def distinct_files(pk: int | None) -> set[int]:
    """Return the files marked as another person than that of file `pk`."""
    if pk is None:
        return set()
    pairs = DistinctPair.objects.filter(Q(first=pk) | Q(second=pk)).values_list("first", "second")
    return {other for pair in pairs for other in pair} - {pk}


def candidates(person: PersonDetails, scope: QuerySet[Returnee]) -> list[Returnee]:
    """Whoever shares a key of a name or a number, those who share most and are of the year first; read by index."""
    keys = set().union(*(names.keys(name) for name in person.all_names))
    of_the_year = When(born_on__startswith=person.born_on[:4] or "?", then=Value(1))
    same_year = Max(Case(of_the_year, default=Value(0), output_field=IntegerField()))
    rows = scope.filter(name_keys__key__in=keys).order_by().values("pk")
    rows = rows.annotate(shared=Count("name_keys"), same_year=same_year).order_by("-same_year", "-shared", "pk")
    found = [row["pk"] for row in rows[:CANDIDATES]]
    number = Q(pk__in=found)
    for known in person.numbers:
        number |= Q(identity_number=known) | Q(old_identity_number=known)
    return list(scope.filter(number).order_by("pk"))


def likenesses(
    person: PersonDetails, others: Iterable[Returnee], common: Mapping[str, int] | None = None
) -> list[Likeness]:
    """Each file beside the person; `common` says how many people bear each name, else one more query counts them."""
    others = list(others)
    if common is None:
        common = bearers({names.full_key(name) for other in others for name in other.all_names})
    return [look(person, other, common) for other in others]


def bearers(keys: set[str]) -> dict[str, int]:
    """How many people of the register, of whatever unit, bear each name; nothing but their number is read."""
    rows = NameKey.objects.filter(key__in=keys, returnee__withdrawn_at__isnull=True)
    with row_scope.beyond("how many people of the country bear a name is a number alone"):
        return dict(rows.values("key").annotate(count=Count("pk")).values_list("key", "count"))


def look(person: PersonDetails, returnee: Returnee, common: Mapping[str, int]) -> Likeness:
    """One file beside the person; `common` says how many people bear each name."""
    other = details_of(returnee)
    name, borne, is_nickname = _likest(person, other)
    strangers: float = max(common.get(names.full_key(borne), 1), 1)
    if is_nickname:
        strangers *= ONLY_THE_NICKNAME
    if not _share_a_name(person.all_names, borne):
        strangers *= SLIP_IN_THE_NAME
    same_number = bool(person.numbers & other.numbers)
    strangers *= _birth(person.born_on, other.born_on) * _hamlet(person.hamlet, other.hamlet)
    strangers *= _sex(person.sex, other.sex) * _numbers(person, other)
    same_phone = bool(set(person.phones) & set(other.phones))
    strangers *= SAME_PHONE if same_phone else 1
    agrees = ("nickname",) if is_nickname else _name_reason(name)
    reasons = (*agrees, *_other_reasons(person, other, same_phone))
    return Likeness(returnee, name, strangers, same_number, ("number", *reasons) if same_number else reasons)


def _likest(person: PersonDetails, other: PersonDetails) -> tuple[float, str, bool]:
    """How alike their names are, the name of the file, and whether it is one other name beside another alone.

    A full name goes before: it is not taken for a nickname because both have one too.
    """
    with_full = [(names.likeness(person.full_name, two), two) for two in other.all_names]
    with_full += [(names.likeness(one, other.full_name), other.full_name) for one in person.aliases]
    likest = max(with_full, key=lambda pair: pair[0])
    if likest[0] < NAME_ENOUGH:
        both = [(names.likeness(one, two), two) for one in person.aliases for two in other.aliases]
        nickname = max(both, key=lambda pair: pair[0], default=(0.0, ""))
        if nickname[0] >= NAME_ENOUGH:
            return *nickname, True
    return *likest, False


def _name_reason(name: float) -> tuple[str, ...]:
    if name < NAME_ENOUGH:
        return ()
    return ("name" if name >= 0.97 else "name_alike",)


def _share_a_name(asked: Iterable[str], borne: str) -> bool:
    """Whether a whole name is shared, be it in another order or with a middle name less."""
    whole = {key for key in names.keys(borne) if key[0] in WHOLE}
    return any(whole & names.keys(name) for name in asked)


def _other_reasons(person: PersonDetails, other: PersonDetails, same_phone: bool) -> Iterator[str]:
    if person.born_on and person.born_on == other.born_on and len(person.born_on) == 10:
        yield "born"
    elif person.born_on and person.born_on[:4] == other.born_on[:4]:
        yield "birth_year"
    if _hamlet(person.hamlet, other.hamlet) == SAME_HAMLET:
        yield "hamlet"
    if same_phone:
        yield "phone"


def _birth(one: str, other: str) -> float:
    if not one or not other:
        return 1.0
    if one[:4] != other[:4]:
        year, beside = int(one[:4]), int(other[:4])
        if beside in near_years(year) and len(one) == len(other) == 10 and one[4:] == other[4:]:
            return YEAR_SLIP if abs(year - beside) == 10 else SAME_MONTH
        return YEAR_SLIP if abs(year - beside) == 1 else OTHER_YEAR
    return _day_of_one_year(one[5:], other[5:])


def _day_of_one_year(one: str, other: str) -> float:
    vague = {"", "01-01"}  # who knows the year alone is often entered on New Year's Day
    if one in vague or other in vague:
        return SAME_YEAR
    if one == other:
        return SAME_DAY if len(one) == 5 else SAME_MONTH
    if len(one) == len(other) == 5:
        return DAY_AND_MONTH_SWAPPED if one == f"{other[3:]}-{other[:2]}" else OTHER_DAY_OF_ONE_YEAR
    return SAME_MONTH if one[:2] == other[:2] else OTHER_DAY_OF_ONE_YEAR


def _hamlet(one: str, other: str) -> float:
    if not one or not other:
        return 1.0
    return SAME_HAMLET if place_of(one) == place_of(other) else OTHER_HAMLET


def _sex(one: str, other: str) -> float:
    return OTHER_SEX if one and other and one != other else 1.0


def _numbers(person: PersonDetails, other: PersonDetails) -> float:
    """Two numbers of one kind that differ by more than a slip are two people."""
    one, two = person.identity_number, other.identity_number
    if not one or not two or len(one) != len(two) or names.one_slip(one, two):
        return 1.0
    return OTHER_NUMBER


def near_years(year: int) -> set[int]:
    """The years of birth that may be `year` mistyped: itself, one more or less in a digit, the last two swapped.

    Nobody of another year is likely the same, whatever else agrees but a number.
    """
    ten, one = year // 10 % 10, year % 10
    return {year - 10, year - 1, year, year + 1, year + 10, year - year % 100 + one * 10 + ten}


def year_asked(words: Iterable[str]) -> str:
    """The year of birth among words looked for, or nothing."""
    return next((word for word in words if identity.is_year(word)), "")
