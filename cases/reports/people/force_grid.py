"""The 5+1 as a grid: for each person under management the days since each force met them last, the worst first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cases.models import GroupMember, LastContact, Organisation, Returnee, User
from cases.models.joint_read import read_jointly

SOON, LONG = 30, 60  # days without a contact by a force that are to be seen
POLICE = "police"  # whoever leads the case is of it


class Cell(StrEnum):
    """How a force stands with a person."""

    RECENT = "recent"
    SOON = "soon"
    LONG = "long"
    NEVER = "never"  # helps, and has not met the person yet
    NOT_HELPING = "not_helping"  # helps no longer, or only once
    NONE = "none"


@dataclass(frozen=True)
class ForceCell:
    """`days` since the force met the person last; since it helps, where it never has; None where it does not help."""

    force: Organisation
    state: Cell
    days: int | None = None
    met_on: date | None = None


@dataclass(frozen=True)
class ForceRow:
    """A person and a cell for each force, in the order of the forces."""

    person: Returnee
    days: int
    cells: Sequence[ForceCell]


def people(user: User, on: date, force: Organisation | None = None) -> QuerySet[Returnee]:
    """Everybody managed in scope, the longest without a contact by anybody first; of a `force`, by that force.

    Of a force those whom it helps alone; whom it never met waits since it helps.
    """
    rows = Returnee.objects.visible_to(user).kept().managed(on).with_facts()
    if force is None:
        anybody = Coalesce("last_contact_on", "presented_on")
        return rows.annotate(waiting_since=anybody).order_by("waiting_since", "sort_key", "pk")
    members = GroupMember.objects.current(on).filter(group__returnee=OuterRef("pk"), organisation=force)
    helped = Q(Exists(members))
    if force.code == POLICE:
        helped |= Q(lead_id__isnull=False)
    met = LastContact.objects.filter(returnee=OuterRef("pk"), organisation=force)
    waiting = Coalesce(
        Subquery(met.values("on")[:1]), Subquery(members.order_by("since").values("since")[:1]), F("presented_on")
    )
    return rows.filter(helped).annotate(waiting_since=waiting).order_by("waiting_since", "sort_key", "pk")


def grid(
    rows: Iterable[Returnee], on: date, forces: Sequence[Organisation] | None = None
) -> tuple[Sequence[Organisation], list[ForceRow]]:
    """The forces that help or have met somebody here, or these `forces`, and a row for each of these people.

    `rows` are of `people`; read in one statement. Where no force is seen yet they are those of the day.
    """
    rows = list(rows)
    ids = [person.pk for person in rows]
    standing = Organisation.objects.all()
    met = LastContact.objects.filter(returnee__in=ids).order_by().values_list("returnee", "organisation", "on")
    members = GroupMember.objects.current(on).filter(group__returnee__in=ids).order_by()
    helping = members.values_list("group__returnee", "organisation", "since")
    read_jointly(standing, met, helping)
    last = {(person, force): day for person, force, day in met}
    since: dict[tuple[int, int], date] = {}
    for person, force, day in helping:
        since[person, force] = min(day, since.get((person, force), day))
    if forces is None:
        police = any(person.lead_id for person in rows)
        seen = {force for _person, force in (*last, *since)}
        forces = [force for force in standing if force.pk in seen or (police and force.code == POLICE)]
        forces = forces or [force for force in standing if _stands(force, on)]
    return forces, [_row(person, forces, last, since, on) for person in rows]


def _stands(force: Organisation, on: date) -> bool:
    return (force.valid_from or on) <= on <= (force.valid_to or on)


def _row(
    person: Returnee,
    forces: Iterable[Organisation],
    last: dict[tuple[int, int], date],
    since: dict[tuple[int, int], date],
    on: date,
) -> ForceRow:
    waiting = person.last_contact_on or person.presented_on or on
    cells = []
    for force in forces:
        key = (person.pk, force.pk)
        begun = since.get(key) or (person.presented_on if force.code == POLICE and person.lead_id else None)
        cells.append(_cell(force, last.get(key), begun, on))
    return ForceRow(person, max((on - waiting).days, 0), cells)


def _cell(force: Organisation, met_on: date | None, begun: date | None, on: date) -> ForceCell:
    if met_on is None and begun is None:
        return ForceCell(force, Cell.NONE)
    days = max((on - (met_on or begun or on)).days, 0)
    if begun is None:
        return ForceCell(force, Cell.NOT_HELPING, days, met_on)
    if met_on is None:
        return ForceCell(force, Cell.NEVER, days)
    state = Cell.LONG if days >= LONG else Cell.SOON if days >= SOON else Cell.RECENT
    return ForceCell(force, state, days, met_on)
