from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Required, TypedDict, Unpack

from django.db import models

from cases.access import row_scope
from cases.models import AuditEvent, Returnee, Unit, User


@dataclass
class Origin:
    """Where the request under way comes from, and whether it has left a row in the log already."""

    address: str | None = None
    device: str = ""
    has_recorded: bool = False


origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


def get_origin() -> Origin:
    """Where what is done comes from; of a command nowhere."""
    return origin.get() or Origin()


UNSEEN = {
    "id",
    "uid",
    "created_at",
    "created_by",
    "changed_at",
    "changed_by",
    "search_text",
    "sort_key",
    "identity_key",
    "old_identity_key",
    "phone_key",
    "household_phone_key",
    "path",
    "kept_on",
    "kept_kind",
    "kept_detail",
    "password",
    "slip_until",
    "sign_in_edition",
}


class EventFields(TypedDict, total=False):
    """What an audit row tells: see `event`."""

    by: Required[User | None]
    verb: Required[str]
    target: Required[models.Model | None]
    returnee: Returnee | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str


def noun(kind: models.Model | type[models.Model]) -> str:
    """What the audit, the sent forms and the imported rows call a kind of row, or the kind of a row: "judgment"."""
    return kind._meta.model_name or ""


def snapshot(row: models.Model) -> dict[str, Any]:
    """The stored values of a row as text, for the audit table; stamps and derived columns left out."""
    values = {}
    for field in row._meta.concrete_fields:
        if field.name not in UNSEEN:
            value = getattr(row, field.attname)
            values[field.name] = value if value is None or isinstance(value, bool | int) else str(value)
    return values


def person_of(row: models.Model) -> Returnee | None:
    """The person a row is about, found along its own foreign keys."""
    if isinstance(row, Returnee):
        return row
    fields = {field.name for field in row._meta.concrete_fields}
    for way in ("returnee", "judgment", "group", "referral"):
        if way in fields:
            about = getattr(row, way)
            return person_of(about) if about else None
    return None


def event(
    *,
    by: User | None,
    verb: str,
    target: models.Model | None,
    returnee: Returnee | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """An unsaved AuditEvent; only what differs between `before` and `after` is kept.

    Without a target it is about a page, and of the unit of whoever reads it. What a kind of record names in
    `NEVER_LOGGED` stays out: the log is read by more people than such a record.
    """
    returnee = returnee or (person_of(target) if target else None)
    before, after = before or {}, after or {}
    shut = getattr(target, "NEVER_LOGGED", ())
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key) and key not in shut]
    role, own_unit = by.acts_as() if by else ("", None)
    came = get_origin()
    unit_id = returnee.unit_id if returnee else getattr(target, "unit_id", None) if target else own_unit
    return AuditEvent(
        actor_id=by.pk if by else None,
        actor=by.full_name if by else "",
        role=role,
        actor_unit_id=own_unit,
        verb=verb,
        target_type=noun(target) if target else AuditEvent.PAGE,
        target_id=target.pk if target else None,
        label=str(target)[:200] if target else "",
        returnee_id=returnee.pk if returnee else None,
        unit_id=target.pk if isinstance(target, Unit) else unit_id,
        before={key: before[key] for key in changed if key in before},
        after={key: after[key] for key in changed if key in after},
        reason="" if "reason" in shut else reason[:300],
        address=came.address,
        device=came.device,
    )


def record(**what: Unpack[EventFields]) -> AuditEvent:
    """Write one audit row; the one way an AuditEvent is made, besides `record_all`."""
    row = event(**what)
    row.save()
    get_origin().has_recorded = True
    return row


def record_all(events: list[AuditEvent]) -> None:
    with row_scope.beyond("lines are added whoever acts, and of whomever they are"):
        AuditEvent.objects.bulk_create(events)
    get_origin().has_recorded = True
