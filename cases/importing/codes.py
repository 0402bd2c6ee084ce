"""The code of a record in its own workbook: what was written out is known when it comes in again."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from cases.importing.facts import model_of
from cases.importing.known import KnownRecords, in_parts
from cases.importing.rows import RegisterRow
from cases.models import Activity, ActivityEntry, GroupMeeting, JobReferral
from cases.models.stamped import Stamped

_CODE = re.compile(r"([0-9a-f]{32})(?:-\d+)?")
RecordsByCode = dict[RegisterRow, models.Model | None]


def code_of(record: Stamped, place: int = 1) -> str:
    """The code of a record; of work with several people that of the person in this place, from 1."""
    return record.uid.hex if place == 1 else f"{record.uid.hex}-{place}"


def uid_in(code: str | None) -> UUID | None:
    """The record that a code names, or None where this is a code of the commune's own."""
    found = _CODE.fullmatch(code or "")
    return UUID(found[1]) if found else None


def records(rows: Iterable[RegisterRow], name: str, known: KnownRecords) -> RecordsByCode:
    """The record that the code in the column `name` names, of the rows that name one of their own person or unit.

    None stands for a part in some work that was withdrawn. A code of another register, or of somebody else, finds
    nothing.
    """
    asked: dict[type[models.Model], dict[UUID, list[RegisterRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if not row.bad and (uid := uid_in(row[name])):
            asked[model_of(row)][uid].append(row)
    found: RecordsByCode = {}
    for model, by_uid in asked.items():
        for some in in_parts(by_uid):
            for uid, owner, target in _owned(model, some, known):
                found |= {row: target for row in by_uid[uid] if owner == _owner_told(row, known)}
    return found


def _owned(
    model: type[models.Model], uids: list[UUID], known: KnownRecords
) -> Iterable[tuple[UUID, int | None, models.Model | None]]:
    """Each record, and the person or unit it belongs to."""
    if model is Activity:
        entries = ActivityEntry.objects.filter(activity__uid__in=uids).select_related("activity")
        for entry in entries.order_by("pk"):
            yield entry.activity.uid, entry.returnee_id, None if entry.withdrawn_at else entry.activity
        return
    related = ["employer"] if model is JobReferral else []
    rows: QuerySet[Any] = model._default_manager.filter(uid__in=uids)
    for target in rows.select_related(*related).order_by("pk"):
        if model is not GroupMeeting:
            yield target.uid, target.returnee_id, target
        elif target.unit_id in known.scope:
            yield target.uid, None, target


def _owner_told(row: RegisterRow, known: KnownRecords) -> int | None:
    person = known.people.get(row["file"])
    return person.pk if person else None
