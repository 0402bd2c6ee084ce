"""The facts kept beside the person, counted anew: what should never be needed, since the database keeps them itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from cases.models import ActivityEntry, CurrentFacts, LastContact, Returnee

AT_ONCE = 2000


@dataclass(frozen=True)
class FactDifference:
    """What is kept of a person under `name`, and what was counted; None where there is nothing."""

    person: int
    name: str
    kept: object
    counted: object


def rebuild(*, correct: bool = True) -> Iterator[FactDifference]:
    """Every difference of what is kept from what is counted; corrected as it is given, unless told otherwise.

    So many people at a time are locked, so that nobody's work comes between the count and the correction.
    """
    last = Returnee.objects.aggregate(last=Max("pk"))["last"] or 0
    for first in range(1, last + 1, AT_ONCE):
        with transaction.atomic():
            found = list(_of_range(first, first + AT_ONCE - 1, correct))
        yield from found


def _of_range(first: int, last: int, correct: bool) -> Iterator[FactDifference]:
    rows = CurrentFacts.objects.filter(pk__gte=first, pk__lte=last).order_by("pk").select_for_update(no_key=True)
    kept = {row.pk: row for row in rows}
    yield from _entries_of_range(first, last, correct)  # first: contacts are counted from them
    for person, counted in CurrentFacts.objects.recount(first, last).items():
        row = kept.get(person) or CurrentFacts(pk=person)
        differs = [name for name in CurrentFacts.KEPT if getattr(row, name) != counted[name]]
        if person not in kept:
            yield FactDifference(person, "returnee", None, person)
        for name in differs:
            yield FactDifference(person, name, getattr(row, name), counted[name])
            setattr(row, name, counted[name])
        if correct and (differs or person not in kept):
            row.save()
    yield from _contacts_of_range(first, last, correct)


def _entries_of_range(first: int, last: int, correct: bool) -> Iterator[FactDifference]:
    """Parts of a piece of work that say another day or kind than the whole."""
    wrong = ActivityEntry.objects.filter(returnee__gte=first, returnee__lte=last).kept_wrongly().order_by("pk")
    for entry in wrong.select_related("activity"):
        stands = entry.withdrawn_at is None and entry.activity.withdrawn_at is None
        counted = {
            "kept_on": entry.activity.on if stands else None,
            "kept_kind": entry.activity.kind,
            "kept_detail": entry.activity.detail,
        }
        kept = {name: getattr(entry, name) for name in counted}
        yield FactDifference(entry.returnee_id, f"part {entry.pk}", [*kept.values()], [*counted.values()])
        if correct:
            ActivityEntry.objects.filter(pk=entry.pk).update(**counted)


def _contacts_of_range(first: int, last: int, correct: bool) -> Iterator[FactDifference]:
    rows = LastContact.objects.filter(returnee__gte=first, returnee__lte=last)
    kept = {(row.returnee_id, row.organisation_id): row.on for row in rows}
    counted = LastContact.objects.recount(first, last)
    for key in sorted(kept.keys() | counted.keys()):
        if kept.get(key) == counted.get(key):
            continue
        person, organisation = key
        yield FactDifference(person, f"organisation {organisation}", kept.get(key), counted.get(key))
        if correct and key not in counted:
            rows.filter(returnee=person, organisation=organisation).delete()
        elif correct:
            LastContact.objects.update_or_create(
                returnee_id=person, organisation_id=organisation, defaults={"on": counted[key]}
            )
