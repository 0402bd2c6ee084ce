"""People announced before they come home: the notice, what each commune answers, the commune named from above."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access.roles import roles_that, takes_people
from cases.actions import audit, row
from cases.actions import returnee as files
from cases.models import ArrivalAnswer, HelperGroup, Notice, Returnee, Unit, User

Kind = ArrivalAnswer.Kind
REASONS = {Kind.ABROAD: Returnee.CloseReason.LEFT_COUNTRY, Kind.DIED: Returnee.CloseReason.DIED}


@dataclass
class Share:
    """How many people an officer had and how many more were given; `officer` is None where nobody is posted."""

    unit: Unit
    officer: User | None
    before: int = 0
    given: int = 0

    def as_row(self) -> list:
        """Unit, officer, people before, people given: as a run of an import keeps it."""
        return [self.unit.name, self.officer.full_name if self.officer else "", self.before, self.given]


class Spread:
    """Gives people out to officers: the load of a commune is counted once, what is given out here counts with it."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.shares: dict[int, list[Share]] = {}

    def take(self, unit: Unit) -> User | None:
        """The officer posted at `unit` who has the fewest people now, and has one more from here on."""
        if unit.pk not in self.shares:
            load = loads(unit, self.on)
            self.shares[unit.pk] = [Share(unit, officer, load[officer]) for officer in sorted(load, key=_order)]
        share = min(self.shares[unit.pk] or [Share(unit, None)], key=lambda share: share.before + share.given)
        if share.officer is None:
            self.shares[unit.pk] = [share]
        share.given += 1
        return share.officer

    def as_rows(self) -> list[list]:
        """Every officer of the communes that were given somebody, commune by commune."""
        return [share.as_row() for shares in self.shares.values() for share in shares]


def least_loaded(unit: Unit, on: date | None = None) -> User | None:
    """The officer posted at the commune who has the fewest people: those led, and those announced to them."""
    return _lightest(loads(unit, on or timezone.localdate()))


def _lightest(load: dict[User, int]) -> User | None:
    return min(load, key=lambda officer: (load[officer], *_order(officer)), default=None)


def _order(officer: User) -> tuple[str, int]:
    return officer.sort_key, officer.pk


def loads(unit: Unit, on: date) -> dict[User, int]:
    """The officers posted at the commune on `on`, each with the number of people they have."""
    posted = {"unit__standing": unit, "role__in": roles_that(takes_people), "asked_by": None}
    officers = list(User.objects.filter(is_active=True).posted(on, **posted))
    led = HelperGroup.objects.current().filter(lead__in=officers, returnee__closed_on__isnull=True)
    awaited = Notice.objects.awaited().filter(assigned_to__in=officers)
    load = dict.fromkeys((officer.pk for officer in officers), 0)
    for rows, who in ((led, "lead"), (awaited, "assigned_to")):
        counted = rows.order_by().values_list(who).annotate(Count("returnee", distinct=True))
        for officer, people in counted:
            load[officer] += people
    return {officer: load[officer.pk] for officer in officers}


@transaction.atomic
def announce(
    *,
    returnee: Returnee,
    notice: Notice,
    by: User,
    assign: bool = False,
    checked: bool = False,
    spread: Spread | None = None,
    vouched: bool = False,
) -> Notice:
    """Keep a notice and, where the person is new, open the row of somebody who is awaited at the unit set on it.

    `assign` gives the answer to the officer of that unit with the fewest people; `checked` says that forms or an
    import have validated both; who announces many people hands the same `spread` in with each. The same notice given
    twice is kept once. Raises ValidationError for a closed file.
    """
    person = _announced(returnee, by, checked, vouched=vouched)
    notice.returnee = person
    if earlier := row.earlier(notice, vouched=vouched):
        return earlier
    notice.address = notice.address or person.address
    if known := _same(notice, vouched=vouched):
        return known
    if assign and notice.assigned_to_id is None:
        spread = spread or Spread(notice.received_on)
        notice.assigned_to = spread.take(person.unit)
    row.validate(notice, vouched=vouched)
    return row.add(row=notice, by=by, checked=True, vouched=vouched)


def _same(notice: Notice, *, vouched: bool = False) -> Notice | None:
    """The same notice on file; raises SentBeforeError where it says something else, but for lists loaded again."""
    same = {name: getattr(notice, name) for name in ("returnee", "kind", "number", "dated_on")}
    known = Notice.objects.kept().filter(**same).first()
    if known and not vouched:
        row.refuse_other(known, notice, besides=("assigned_to",))
    return known


def _announced(person: Returnee, by: User, checked: bool, *, vouched: bool = False) -> Returnee:
    if person._state.adding:
        return files.register(returnee=person, by=by, checked=checked, vouched=vouched)
    person = Returnee.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=person.pk)
    if person.closed_on:
        raise ValidationError(_("This file was closed on %(day)s already.") % {"day": f"{person.closed_on:%d/%m/%Y}"})
    return person


@transaction.atomic
def answer(
    *,
    returnee: Returnee,
    kind: str,
    on: date,
    by: User,
    uid: UUID,
    note: str = "",
    phone: str = "",
    named_unit: Unit | None = None,
    vouched: bool = False,
) -> ArrivalAnswer:
    """Keep what a unit found out and do what follows from it; the same `uid` sent twice makes one answer.

    Arrived: the presenting is recorded. Another commune: the person is held there from `on`, the days since release
    run on. Abroad, died: the file is closed. All others leave the person with this unit. Raises ValidationError for
    somebody who has presented, whose file is closed, or where a day or a commune does not fit.
    """
    person = Returnee.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=returnee.pk)
    given = ArrivalAnswer(
        uid=uid,
        returnee=person,
        unit=by.unit or person.unit,
        kind=kind,
        on=on,
        note=note.strip(),
        phone=phone,
        named_unit=named_unit,
        made_by=by,
    )
    if earlier := row.earlier(given, vouched=vouched):
        return earlier
    _refuse(person, kind, on, named_unit)
    _keep(given, by)
    _follow(person, given, by, vouched=vouched)
    return given


def _keep(given: ArrivalAnswer, by: User) -> None:
    given.full_clean(exclude=["returnee", "unit", "made_by"])
    given.save()
    audit.record(
        by=by,
        verb="arrival.unit_named" if given.kind == Kind.NAMED else "arrival.answered",
        target=given,
        after=audit.snapshot(given),
    )


def _refuse(person: Returnee, kind: str, on: date, named_unit: Unit | None) -> None:
    if person.presented_on:
        words = _("This person presented on %(day)s already.")
        raise ValidationError(words % {"day": f"{person.presented_on:%d/%m/%Y}"})
    if person.closed_on:
        raise ValidationError(_("This file was closed on %(day)s already.") % {"day": f"{person.closed_on:%d/%m/%Y}"})
    if kind in (Kind.ARRIVED, *ArrivalAnswer.CLOSES) and on < person.completed_on:
        words = _("The release day, %(day)s, has not come by then: check the day.")
        raise ValidationError({"on": words % {"day": f"{person.completed_on:%d/%m/%Y}"}})
    if named_unit is None:
        return
    if not (named_unit.is_commune and named_unit.in_force(on)):
        words = _("%(unit)s is no commune that stands on %(day)s: choose another.")
        raise ValidationError({"named_unit": words % {"unit": named_unit.name, "day": f"{on:%d/%m/%Y}"}})
    if named_unit.pk == person.unit_id:
        raise ValidationError({"named_unit": _("The person is with %(unit)s already.") % {"unit": named_unit.name}})


def _follow(person: Returnee, given: ArrivalAnswer, by: User, *, vouched: bool = False) -> None:
    if given.kind == Kind.ARRIVED:
        files.present(returnee=person, on=given.on, by=by, vouched=vouched)
    elif given.kind in ArrivalAnswer.CLOSES:
        files.close(
            returnee=person, on=given.on, reason=REASONS[Kind(given.kind)], note=given.note, by=by, vouched=vouched
        )
    elif given.kind in ArrivalAnswer.MOVES and given.named_unit:
        move(person=person, to_unit=given.named_unit, on=given.on, by=by, vouched=vouched)


def move(*, person: Returnee, to_unit: Unit, on: date, by: User, vouched: bool = False) -> None:
    """Somebody still awaited is awaited at another commune; whoever was not held there a day leaves no trace there."""
    current = person.placements.select_for_update(no_key=True).get(until__isnull=True)
    if on > current.since:
        files.hand_over(returnee=person, to_unit=to_unit, on=on, by=by)
    else:
        before = person.unit.name
        person.unit = current.unit = to_unit
        current.stamp(by).save()
        person.stamp(by).save()
        audit.record(
            by=by,
            verb="returnee.handed_over",
            target=person,
            before={"unit": before},
            after={"unit": to_unit.name, "on": f"{on}"},
        )
    for notice in Notice.objects.awaited().filter(returnee=person, assigned_to__isnull=False):
        notice.assigned_to = least_loaded(to_unit, on)
        row.correct(row=notice, by=by, vouched=vouched)
