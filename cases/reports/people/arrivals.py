"""People announced or released and held by nobody: the commune's lists and the reviewer's number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.law import deadlines
from cases.models import ArrivalAnswer, DeadlineVersion, Holiday, Notice, Returnee, Unit, User
from cases.models.deadline_version import deadline_table
from cases.models.joint_read import read_jointly
from cases.reports.administration import days_off
from cases.reports.casefile.residence import CheckRows, ResidenceCheck
from cases.reports.people import custody

NOT_HERE = ArrivalAnswer.Kind.NOT_HERE
# Days since release, both ends included; the last band has no end.
BANDS = ((0, 5), (6, 15), (16, 30), (31, 90), (91, None))
LISTS = ("out", "unplaced", "ahead")


def nobody(user: User, on: date) -> QuerySet[Returnee]:
    """Everybody in scope whom nobody holds on `on`, longest released first; the one query of number and list."""
    people = Returnee.objects.visible_to(user).kept().held_by_nobody(on)
    return people.select_related("unit").order_by("completed_on", "sort_key", "pk")


def upcoming_releases(user: User, on: date) -> QuerySet[Returnee]:
    """Announced, and the release day lies after `on`; the next first."""
    people = Returnee.objects.visible_to(user).kept().open(on).filter(completed_on__gt=on)
    return people.select_related("unit").order_by("completed_on", "sort_key", "pk")


def people_without_commune(user: User, on: date) -> QuerySet[Returnee]:
    """Released or not, whose last answer says "not at our place": the level above has to name a commune."""
    later = ArrivalAnswer.objects.filter(returnee=OuterRef("returnee"), pk__gt=OuterRef("pk"))
    last = ArrivalAnswer.objects.filter(~Exists(later), returnee=OuterRef("pk"), kind=NOT_HERE)
    people = Returnee.objects.visible_to(user).kept().open(on).filter(Exists(last), presented_on__isnull=True)
    return people.select_related("unit").order_by("completed_on", "sort_key", "pk")


def list_people(name: str, user: User, on: date) -> QuerySet[Returnee]:
    """One of LISTS."""
    return {"out": nobody, "unplaced": people_without_commune, "ahead": upcoming_releases}[name](user, on)


def in_band(people: QuerySet[Returnee], band: tuple[int, int | None], on: date) -> QuerySet[Returnee]:
    """Those released as many days before `on` as the band says."""
    first, last = band
    people = people.filter(completed_on__lte=on - timedelta(days=first))
    return people if last is None else people.filter(completed_on__gte=on - timedelta(days=last))


@dataclass(frozen=True)
class ArrivalRow:
    """One person of a list. `state` is None before the release, and where `breaches` say why there is not exactly one.

    `closed_offices`: no office is open on the release day or the next; `day_off` names the release day if it is one;
    `officer` answers the last notice.
    """

    person: Returnee
    days: int
    state: custody.CustodyState | None
    breaches: tuple[custody.CustodyBreach, ...] = ()
    check: ResidenceCheck | None = None
    last: custody.AnswerFacts | None = None
    closed_offices: bool = False
    day_off: str = ""
    officer: str = ""

    @property
    def needs_unit(self) -> bool:
        return self.last is not None and self.last.kind == NOT_HERE


def rows(people: Iterable[Returnee], on: date) -> list[ArrivalRow]:
    """What a list says of each person: a fixed number of queries."""
    people = list(people)
    keys = [person.pk for person in people]
    waiting = CheckRows(Notice.objects.filter(returnee__in=keys), on)
    officers, named = _officers(keys), Holiday.objects.values_list("day", "kind", "name")
    entered = DeadlineVersion.objects.of_duties()
    read_jointly(officers, named, entered, *waiting.questions)
    facts = {each.pk: each for each in custody.custody_facts(Returnee.objects.filter(pk__in=keys), on)}
    calendar = days_off.calendar_of((day, kind) for day, kind, _name in named)
    names = {day: name for day, kind, name in named if kind == Holiday.Kind.OFF}
    officer_of = dict(officers)
    checks = waiting.found(deadline_table(entered))
    found = []
    for person in people:
        known = facts[person.pk]
        released = person.completed_on <= on
        states = custody.states(known, on) if released else ()
        found.append(
            ArrivalRow(
                person=person,
                days=(on - person.completed_on).days,
                state=next(iter(states)) if len(states) == 1 else None,
                breaches=tuple(custody.breaches(known, on)) if released else (),
                check=checks.get(person.pk),
                last=known.last_answer,
                closed_offices=closes_soon(person.completed_on, calendar),
                day_off=names.get(person.completed_on, ""),
                officer=officer_of.get(person.pk, ""),
            )
        )
    return found


def _officers(keys: list[int]) -> QuerySet[Notice, Any]:
    """Who answers each notice; of each person the last one counts."""
    notices = Notice.objects.kept().filter(returnee__in=keys, assigned_to__isnull=False).order_by("pk")
    return notices.values_list("returnee", "assigned_to__full_name")


def closes_soon(day: date, calendar: deadlines.WorkCalendar) -> bool:
    """Whether no office is open on `day` or on the day after it: nobody receives whoever comes home then."""
    return not all(calendar.is_working(one) for one in (day, day + timedelta(days=1)))


@dataclass(frozen=True)
class UnitAges:
    """How many people of one unit nobody holds, in each of BANDS."""

    unit: Unit
    counts: tuple[int, ...]
    longest: int

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Ages:
    """The reviewer's number by age and by unit, the unit with the longest waiting first."""

    rows: list[UnitAges]
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def ages(user: User, on: date) -> Ages:
    """Everybody held by nobody, by days since release; two queries, the first that of the list itself."""
    released = nobody(user, on).order_by().values_list("unit", "completed_on")
    counted: Counter[tuple[int, Any]] = Counter()
    longest: dict[int, int] = {}
    for unit, day in released:
        days = (on - day).days
        counted[unit, band_of(days)] += 1
        longest[unit] = max(days, longest.get(unit, 0))
    units = Unit.objects.filter(pk__in=[*longest]).select_related("parent")
    rows = [UnitAges(unit, tuple(counted[unit.pk, band] for band in BANDS), longest[unit.pk]) for unit in units]
    rows.sort(key=lambda row: (*(-count for count in reversed(row.counts)), -row.longest, row.unit.name))
    return Ages(rows, tuple(sum(row.counts[index] for row in rows) for index in range(len(BANDS))))


def band_of(days: int) -> tuple[int, int | None]:
    """The band of so many days since release."""
    return next(band for band in BANDS if band[1] is None or days <= band[1])
