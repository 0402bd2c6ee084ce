"""Who has not been met for long, and who has a duty of the day overdue, commune by commune."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.lib.survival import least_share
from cases.models import Returnee, Unit, User
from cases.models.joint_read import read_jointly
from cases.reports.work import pressing
from cases.reports.work.duties import duties_among, people_of
from cases.reports.work.duty_lists import is_overdue

STEPS = (30, 60, 90)  # days without a contact
LONG = 60


@dataclass(frozen=True)
class ContactGap:
    """Of a person under management: `days` since the last contact, or since presenting where there was none."""

    pk: int
    unit_id: int
    days: int
    never_met: bool
    is_overdue: bool


@dataclass(frozen=True)
class Silent(ContactGap):
    """The same with who it is."""

    name: str
    birth_year: str
    hamlet: str

    @classmethod
    def of(cls, gap: ContactGap, name: str, born_on: str, hamlet: str) -> "Silent":
        return cls(**vars(gap), name=name, birth_year=born_on[:4], hamlet=hamlet)


class SilentCounts(NamedTuple):
    """How many people were not met for so many days or more, one for each of STEPS."""

    days_30: int
    days_60: int
    days_90: int


@dataclass(frozen=True)
class UnitSilence:
    """How many people of a commune, a province or no commune are managed, silent for long, have a duty overdue, and
    how many never presented."""

    pk: int | None
    name: str
    managed: int
    waiting: SilentCounts
    overdue: int
    not_presented: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.managed or self.not_presented)

    @property
    def share(self) -> float:
        """How great a share with a duty overdue is sure, so that 2 of 2 do not stand before 30 of 40."""
        return least_share(self.overdue, self.managed)

    @property
    def order(self) -> tuple:
        """Worst first: by the share of those who wait for 60 days, then for 30."""
        base = self.managed or 1
        return (-self.waiting.days_60 / base, -self.waiting.days_30 / base, -self.overdue, self.name)


def managed_people(user: User, on: date, unit: Unit) -> list[Silent]:
    """Everybody managed on `on` under `unit`, the longest without a contact first; those met today come last.

    Of the user's own unit it is everybody in scope, also who is still placed at a unit that was divided.
    """
    rows = _people_under(user, on, unit)
    names = names_of(rows)
    return with_names(_contact_gaps(rows, user, on, names), names)


def contact_gaps(user: User, on: date) -> list[ContactGap]:
    """The same of everybody in scope, nobody named."""
    return _contact_gaps(_people_under(user, on, user.unit), user, on)


def with_names(gaps: Iterable[ContactGap], names: Iterable[tuple]) -> list[Silent]:
    """These people with their names, of `names_of`; without who has none there: whose file was closed meanwhile."""
    named = {pk: told for pk, *told in names}
    return [Silent.of(each, *named[each.pk]) for each in gaps if each.pk in named]


def names_of(people: QuerySet[Returnee]) -> QuerySet:
    """Id, name, day of birth and hamlet of these people."""
    return people.order_by().values_list("pk", "full_name", "born_on", "hamlet")


def _people_under(user: User, on: date, unit: Unit) -> QuerySet[Returnee]:
    rows = people_of(user, on)  # whoever is managed is among them: nobody presents before coming home
    return rows if unit == user.unit else rows.filter(unit__path__startswith=unit.path)


def known_people(
    rows: QuerySet[Returnee], user: User, on: date, *beside: QuerySet
) -> tuple[list[pressing.Pressing], set[int]]:
    """What is kept of each of these people (of `people_of`), in no order, and the ids of who has a duty overdue.

    `beside` is read in one with what is asked of many.
    """
    few = None if pressing.answers_for_many(rows) else pressing.few_of(rows)
    if few is None:
        known = pressing.read_pressing(rows, user, on, beside=beside)
        return known, {one.pk for one in known if one.is_overdue}
    overdue = {duty.person.pk for duty in duties_among(few, user, on) if is_overdue(duty)}
    return [pressing.Pressing.of(person, None) for person in few], overdue


def _contact_gaps(rows: QuerySet[Returnee], user: User, on: date, *beside: QuerySet) -> list[ContactGap]:
    known, overdue = known_people(rows, user, on, *beside)
    found = [
        ContactGap(
            pk=one.pk,
            unit_id=one.unit,
            days=(on - (one.met_on or one.presented_on)).days,
            never_met=one.met_on is None,
            is_overdue=one.pk in overdue,
        )
        for one in sorted(known, key=lambda one: (one.sort_key, one.pk))
        if one.presented_on and one.presented_on <= on
    ]
    return sorted(found, key=lambda person: -person.days)


def not_presented(user: User, on: date) -> QuerySet:
    """How many people of each unit completed the sentence and have not presented: rows of a unit and a number."""
    return _by_place(Returnee.objects.visible_to(user).kept().not_presented(on))


def communes(
    people: Iterable[ContactGap], units: Iterable[Unit], absent: Mapping[int, int] | None = None
) -> list[UnitSilence]:
    """One row for each of these communes, the worst first; `absent` are those who did not present, by unit."""
    by_unit, absent = _by_unit(people), absent or {}
    rows = [_row(unit.pk, unit.name, by_unit[unit.pk], absent.get(unit.pk, 0)) for unit in units]
    return sorted(rows, key=lambda row: row.order)


def unallocated_row(
    people: Iterable[ContactGap], units: Iterable[Unit], absent: Mapping[int, int] | None = None
) -> UnitSilence:
    """The row of everybody at none of these communes, so that the rows add up: nobody said yet where they live."""
    known = {unit.pk for unit in units}
    own = [person for person in people if person.unit_id not in known]
    count = sum(count for unit, count in (absent or {}).items() if unit not in known)
    return _row(None, _("Not allocated"), own, count)


def rows_of(unit: Unit, on: date, people: Iterable[ContactGap]) -> tuple[list[Unit], list[ContactGap]]:
    """The units a table under `unit` has rows for, and the people at the one of them they count under.

    Those are its communes; under the ministry the provinces.
    """
    standing = Unit.objects.under(unit).on(on)
    if not unit.is_ministry:
        return list(standing.communes()), list(people)
    places = province_of_each()
    placed = [replace(person, unit_id=places.get(person.unit_id, person.unit_id)) for person in people]
    return list(provinces_in_force(on)), placed


def province_of_each() -> dict[int, int]:
    """The province on whose area each unit lies today: that of the unit in its place, or of its own path."""
    units = list(Unit.objects.order_by().values_list("pk", "kind", "path", "standing__path"))
    provinces = {pk for pk, kind, *_paths in units if kind == Unit.Kind.PROVINCE}
    found = {}
    for pk, _kind, own, path in units:
        steps = [int(step) for step in (path or own).strip("/").split("/")]
        found[pk] = next((step for step in steps if step in provinces), pk)
    return found


def provinces(user: User, on: date) -> tuple[list[UnitSilence], UnitSilence]:
    """One row for each province, the worst first, and the row of everybody at none of them, so that the rows add up.

    Counted by the database: a country is not read person by person. Overdue duties are not counted: they are worked
    out for each person.
    """
    files, places = Returnee.objects.visible_to(user).kept(), province_of_each()
    last = Coalesce("last_contact_on", "presented_on")
    counted = {f"silent_{step}": Count("pk", filter=Q(last_on__lte=on - timedelta(days=step))) for step in STEPS}
    met = _by_place(files.managed(on).with_facts().alias(last_on=last), **counted)
    gone = _by_place(files.not_presented(on))
    read_jointly(met, gone)
    managed, *waiting = (_fold(((row[0], row[each]) for row in met), places) for each in range(1, len(STEPS) + 2))
    absent = _fold(gone, places)
    rows = [
        UnitSilence(
            pk=unit.pk,
            name=unit.name,
            managed=managed[unit.pk],
            waiting=SilentCounts(*(step[unit.pk] for step in waiting)),
            overdue=0,
            not_presented=absent[unit.pk],
        )
        for unit in provinces_in_force(on)
    ]
    known = {row.pk for row in rows}
    rest = [sum(count for unit, count in each.items() if unit not in known) for each in (managed, absent, *waiting)]
    unplaced = UnitSilence(
        pk=None,
        name=_("Not allocated"),
        managed=rest[0],
        waiting=SilentCounts(*rest[2:]),
        overdue=0,
        not_presented=rest[1],
    )
    return sorted(rows, key=lambda row: row.order), unplaced


def provinces_in_force(on: date) -> QuerySet[Unit]:
    """The provinces of the day."""
    return Unit.objects.on(on).filter(kind=Unit.Kind.PROVINCE)


def _fold(counted: Iterable[tuple[int, int]], places: Mapping[int, int]) -> Counter[int]:
    """How many people lie at each place, out of how many at each unit; a unit not among `places` is its own."""
    found: Counter[int] = Counter()
    for unit, count in counted:
        found[places.get(unit, unit)] += count
    return found


def _by_place(people: QuerySet[Returnee], **others: Count) -> QuerySet:
    """Rows of a unit, how many of these people it has, and how many of `others`; counted by the database."""
    return people.order_by().values_list("unit").annotate(count=Count("pk"), **others)


def _by_unit(people: Iterable[ContactGap]) -> dict[int, list[ContactGap]]:
    found: dict[int, list[ContactGap]] = defaultdict(list)
    for person in people:
        found[person.unit_id].append(person)
    return found


def _row(pk: int | None, name: str, own: list[ContactGap], absent: int) -> UnitSilence:
    return UnitSilence(
        pk=pk,
        name=name,
        managed=len(own),
        waiting=SilentCounts(*(sum(person.days >= step for person in own) for step in STEPS)),
        overdue=sum(person.is_overdue for person in own),
        not_presented=absent,
    )
