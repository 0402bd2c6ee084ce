"""Who has not been met for long, and who has a duty of the day overdue, commune by commune."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cases.lib.optional import require
from cases.models import Returnee, Unit, User
from cases.models.joint_read import read_jointly
from cases.reports.work.duties import duties_among, people_of
from cases.reports.work.duty_lists import is_overdue

STEPS = (30, 60, 90)  # days without a contact
LONG = 60


@dataclass(frozen=True)
class Silent:
    """A person under management: `days` since the last contact, or since presenting where there was none."""

    pk: int
    name: str
    birth_year: str
    hamlet: str
    unit_id: int
    days: int
    never_met: bool
    is_overdue: bool


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
    def order(self) -> tuple:
        """Worst first: by the share of those who wait for 60 days, then for 30."""
        base = self.managed or 1
        return (-self.waiting.days_60 / base, -self.waiting.days_30 / base, -self.overdue, self.name)


def managed_people(user: User, on: date, unit: Unit) -> list[Silent]:
    """Everybody managed on `on` under `unit`, the longest without a contact first; those met today come last.

    Of the user's own unit it is everybody in scope, also who is still placed at a unit that was divided.
    """
    rows = people_of(user, on)  # whoever is managed is among them: nobody presents before coming home
    if unit != user.unit:
        rows = rows.filter(unit__path__startswith=unit.path)
    overdue = {duty.person.pk for duty in duties_among(rows, user, on) if is_overdue(duty)}
    found = [_silent(row, on, row.pk in overdue) for row in rows if row.status(on) == "managed"]
    return sorted(found, key=lambda person: -person.days)


def _silent(row: Returnee, on: date, is_overdue: bool) -> Silent:
    return Silent(
        pk=row.pk,
        name=row.full_name,
        birth_year=row.birth_year,
        hamlet=row.hamlet,
        unit_id=row.unit_id,
        days=(on - require(row.last_contact_on or row.presented_on)).days,
        never_met=row.last_contact_on is None,
        is_overdue=is_overdue,
    )


def not_presented(user: User, on: date, *others: QuerySet) -> Counter:
    """How many people of each unit completed the sentence and have not presented. One query, `others` read in it."""
    absent = _by_place(Returnee.objects.visible_to(user).kept().not_presented(on))
    read_jointly(absent, *others)
    return Counter(dict(absent))


def communes(
    people: Iterable[Silent], units: Iterable[Unit], absent: Mapping[int, int] | None = None
) -> list[UnitSilence]:
    """One row for each of these communes, the worst first; `absent` are those who did not present, by unit."""
    by_unit, absent = _by_unit(people), absent or {}
    rows = [_row(unit.pk, unit.name, by_unit[unit.pk], absent.get(unit.pk, 0)) for unit in units]
    return sorted(rows, key=lambda row: row.order)


def unallocated_row(
    people: Iterable[Silent], units: Iterable[Unit], absent: Mapping[int, int] | None = None
) -> UnitSilence:
    """The row of everybody at none of these communes, so that the rows add up: nobody said yet where they live."""
    known = {unit.pk for unit in units}
    own = [person for person in people if person.unit_id not in known]
    count = sum(count for unit, count in (absent or {}).items() if unit not in known)
    return _row(None, _("Not allocated"), own, count)


def rows_of(unit: Unit, on: date, people: Iterable[Silent]) -> tuple[list[Unit], list[Silent]]:
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
    provinces = set(Unit.objects.filter(kind=Unit.Kind.PROVINCE).values_list("pk", flat=True))
    found = {}
    for pk, own, path in Unit.objects.order_by().values_list("pk", "path", "standing__path"):
        steps = [int(step) for step in (path or own).strip("/").split("/")]
        found[pk] = next((step for step in steps if step in provinces), pk)
    return found


def provinces(user: User, on: date) -> list[UnitSilence]:
    """One row for each province, the worst first, counted by the database: a country is not read person by person.

    Overdue duties are not counted: they are worked out for each person.
    """
    files, places = Returnee.objects.visible_to(user).kept(), province_of_each()
    managed, absent = _fold(files.managed(on), places), _fold(files.not_presented(on), places)
    last = Coalesce("last_contact_on", "presented_on")
    met = files.managed(on).with_facts().alias(last_on=last)
    waiting = [_fold(met.filter(last_on__lte=on - timedelta(days=step)), places) for step in STEPS]
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
    return sorted(rows, key=lambda row: row.order)


def provinces_in_force(on: date) -> QuerySet[Unit]:
    """The provinces of the day."""
    return Unit.objects.on(on).filter(kind=Unit.Kind.PROVINCE)


def _fold(people: QuerySet[Returnee], places: Mapping[int, int]) -> Counter[int]:
    """How many of these people lie at each place, counted by the database; a unit not among `places` is its own."""
    found: Counter[int] = Counter()
    for unit, count in _by_place(people):
        found[places.get(unit, unit)] += count
    return found


def _by_place(people: QuerySet[Returnee]) -> QuerySet:
    return people.order_by().values_list("unit").annotate(count=Count("pk"))


def _by_unit(people: Iterable[Silent]) -> dict[int, list[Silent]]:
    found: dict[int, list[Silent]] = defaultdict(list)
    for person in people:
        found[person.unit_id].append(person)
    return found


def _row(pk: int | None, name: str, own: list[Silent], absent: int) -> UnitSilence:
    return UnitSilence(
        pk=pk,
        name=name,
        managed=len(own),
        waiting=SilentCounts(*(sum(person.days >= step for person in own) for step in STEPS)),
        overdue=sum(person.is_overdue for person in own),
        not_presented=absent,
    )
