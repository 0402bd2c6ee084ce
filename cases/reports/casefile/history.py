"""Who changed what in one case file, and who opened it: the rows of the audit table in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.lib import numbers
from cases.lib.text import UNKNOWN
from cases.models import Activity, ActivityEntry, AuditEvent, Organisation, Returnee, Unit, User
from cases.models.joint_read import read_jointly

OPENED = "returnee.opened"
NOUNS = {
    "returnee": gettext_lazy("File"),
    "notice": gettext_lazy("Notice of the release"),
    "arrivalanswer": gettext_lazy("Answer about the arrival"),
    "judgment": gettext_lazy("Judgment"),
    "activity": gettext_lazy("Activity"),
    "appointment": gettext_lazy("Appointment"),
    "attendance": gettext_lazy("Group meeting"),
    "snooze": gettext_lazy("Duty"),
    "assessment": gettext_lazy("Assessment"),
    "need": gettext_lazy("Need"),
    "sensitivenote": gettext_lazy("Closed note"),
    "safetyflag": gettext_lazy("What to mind for the person's safety"),
    "administrativeviolation": gettext_lazy("Administrative violation"),
    "confinement": gettext_lazy("Custody and compulsory measures"),
    "crime": gettext_lazy("New crime"),
    "recidivismfinding": gettext_lazy("Finding of the court"),
    "paperworkrequest": gettext_lazy("Paperwork"),
    "jobreferral": gettext_lazy("Job referral"),
    "jobcheck": gettext_lazy("Job check"),
    "trainingreferral": gettext_lazy("Training"),
    "transfer": gettext_lazy("Handover"),
    "loan": gettext_lazy("Loan"),
    "helpergroup": gettext_lazy("5+1 group"),
    "groupmember": gettext_lazy("Member of the 5+1 group"),
    "expungement": gettext_lazy("Clearing of the record"),
    "consent": gettext_lazy("Ground for giving data"),
    "courtapplication": gettext_lazy("Application to the court"),
    "congratulation": gettext_lazy("Congratulation"),
    "personaltask": gettext_lazy("Own task"),
    "distinctpair": gettext_lazy("Two different people"),
    "attachment": gettext_lazy("Photograph of a paper"),
    "dossierpaper": gettext_lazy("Paper of the dossier"),
    "outsidereading": gettext_lazy("Look beyond the scope"),
}
DONE = {
    "accepted": gettext_lazy("accepted"),
    "added": gettext_lazy("added"),
    "allocated": gettext_lazy("allocated to a commune"),
    "answered": gettext_lazy("given"),
    "anonymised": gettext_lazy("anonymised"),
    "approved": gettext_lazy("approved"),
    "begun": gettext_lazy("begun"),
    "checked": gettext_lazy("checked"),
    "closed": gettext_lazy("closed"),
    "confirmed": gettext_lazy("confirmed"),
    "corrected": gettext_lazy("corrected"),
    "done": gettext_lazy("done"),
    "ended": gettext_lazy("ended"),
    "entry_corrected": gettext_lazy("how it went corrected"),
    "evidence": gettext_lazy("evidence brought"),
    "form_downloaded": gettext_lazy("form taken away as a file"),
    "formed": gettext_lazy("formed"),
    "handed_over": gettext_lazy("handed over"),
    "issued": gettext_lazy("issued"),
    "lead_changed": gettext_lazy("another officer leads"),
    "letter_downloaded": gettext_lazy("letter taken away as a file"),
    "listed": gettext_lazy("put on a list"),
    "member_added": gettext_lazy("added"),
    "member_ended": gettext_lazy("ended"),
    "missed": gettext_lazy("did not take place"),
    "needed": gettext_lazy("needed"),
    "noted": gettext_lazy("note written"),
    "paid_out": gettext_lazy("paid out"),
    "parts_corrected": gettext_lazy("offences, penalties and obligations corrected"),
    "presented": gettext_lazy("presented"),
    "proposed": gettext_lazy("proposed"),
    "progressed": gettext_lazy("progress recorded"),
    "recorded": gettext_lazy("recorded"),
    "referred": gettext_lazy("referred"),
    "refused": gettext_lazy("refused"),
    "registered": gettext_lazy("opened for the first time"),
    "reopened": gettext_lazy("reopened"),
    "requested": gettext_lazy("requested"),
    "resumed": gettext_lazy("stands again"),
    "signed": gettext_lazy("signed"),
    "snoozed": gettext_lazy("put off"),
    "stage_reached": gettext_lazy("later stage reached"),
    "unsealed": gettext_lazy("opened although sealed"),
    "started": gettext_lazy("started"),
    "state_changed": gettext_lazy("state changed"),
    "submitted": gettext_lazy("submitted"),
    "told": gettext_lazy("told to the authority"),
    "unit_named": gettext_lazy("commune named"),
    "withdrawn": gettext_lazy("withdrawn"),
}
LOOKED_UP = {Unit: "name", User: "full_name", Organisation: "name"}
PARTS = {
    "offences": gettext_lazy("Offences"),
    "additional_penalties": gettext_lazy("Additional penalties"),
    "obligations": gettext_lazy("Obligations"),
    "lead": gettext_lazy("Lead officer"),
    "members": gettext_lazy("Members"),
}
UNTOLD = {"returnee", "withdrawn_at", "withdrawn_by", "withdrawn_reason", "made_in", "kept_by", "judgment"}


@dataclass(frozen=True)
class FieldChange:
    """One field: what it was called on the page, and its value before and after; "—" where nothing was known."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    at: datetime
    actor: str
    title: str
    changes: list[FieldChange]
    reason: str = ""


def changes(returnee: Returnee) -> QuerySet[AuditEvent]:
    """Everything that was done in this file, newest first."""
    return AuditEvent.objects.filter(returnee_id=returnee.pk).exclude(verb=OPENED)


def openings(returnee: Returnee) -> QuerySet[AuditEvent]:
    """Who opened this file and when, newest first."""
    return AuditEvent.objects.filter(returnee_id=returnee.pk, verb=OPENED)


def history_entries(events: Iterable[AuditEvent], user: User, opened: int | None = None) -> list[HistoryEntry]:
    """Audit rows as `user` reads them; names of units, officers and bodies are looked up once for all rows.

    What was noted of several people is told to whoever may read of all of them; `opened` as in `visible_to`.
    """
    events = list(events)
    untold = _untold(events, user, opened)
    names = _names(events)
    return [
        HistoryEntry(
            at=event.at,
            actor=event.actor or UNKNOWN,
            title=title(event),
            changes=_changes(event, names, _hidden(event, untold)),
            reason=event.reason,
        )
        for event in events
    ]


def title(event: AuditEvent) -> str:
    """What was done, as "Judgment: corrected"."""
    done = event.verb.rsplit(".", 1)[-1]
    if event.verb == "referral.checked":
        return str(NOUNS["jobcheck"])
    noun = NOUNS.get(event.target_type, event.target_type)
    return f"{noun}: {DONE.get(done, done)}"


def _untold(events: list[AuditEvent], user: User, opened: int | None) -> set[int]:
    """Ids of the activities among these events of whose people the user may not read of all."""
    mine = (event.target_id for event in events if event.target_type == Activity._meta.model_name)
    about = {pk for pk in mine if pk is not None}
    if not about:
        return set()
    known = Activity.objects.known_to(user, opened).filter(pk__in=about)
    return about - set(known.order_by().values_list("pk", flat=True))


def _hidden(event: AuditEvent, untold: set[int]) -> tuple[str, ...]:
    return Activity.PERSONAL if event.target_type == Activity._meta.model_name and event.target_id in untold else ()


def _model(event: AuditEvent) -> type[models.Model] | None:
    """What a row of the log is about; None for a page."""
    return None if event.target_type == AuditEvent.PAGE else apps.get_model("cases", event.target_type)


def _changes(event: AuditEvent, names: dict, hidden: Iterable[str]) -> list[FieldChange]:
    model = _model(event)
    told = []
    for key in {**event.before, **event.after}:
        if key not in UNTOLD and key not in hidden and (event.before.get(key) or event.after.get(key)):
            field = _field(model, key)
            label = field.verbose_name if field else PARTS.get(key, key)
            before, after = (_shown(field, side.get(key), names) for side in (event.before, event.after))
            told.append(FieldChange(str(label), before, after))
    return told


def _field(model: type[models.Model] | None, key: str) -> models.Field | None:
    """The field a value was stored in; how an activity went with the person stands in its entry."""
    if model is None:
        return None
    for owner in (model, ActivityEntry) if model is Activity else (model,):
        try:
            field = owner._meta.get_field(key)
        except FieldDoesNotExist:
            continue
        return field if isinstance(field, models.Field) else None
    return None


def _shown(field: models.Field | None, value: Any, names: dict) -> str:
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, list):
        return ngettext("%(count)d row", "%(count)d rows", len(value)) % {"count": len(value)}
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, value), str(value))
    if isinstance(field, models.DateField):
        return _moment(value) if isinstance(field, models.DateTimeField) else _day(value)
    if field is not None and field.flatchoices:
        return str({str(code): name for code, name in field.flatchoices}.get(str(value), value))
    return numbers.group(value) if isinstance(field, models.PositiveBigIntegerField) else str(value)


def _day(value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


def _moment(value: str) -> str:
    """What was stored in universal time, on the local clock: before seven in the morning it is another day."""
    try:
        return f"{timezone.localtime(datetime.fromisoformat(value)):%d/%m/%Y %H:%M}"
    except ValueError:
        return value


def _names(events: list[AuditEvent]) -> dict[tuple[type[models.Model], int], str]:
    """One statement, whatever the rows refer to and however many they are: id 0 is nobody's."""
    wanted: dict[type[models.Model], set[int]] = {model: set() for model in LOOKED_UP}
    for event in events:
        model = _model(event)
        for key, value in [*event.before.items(), *event.after.items()]:
            field = _field(model, key)
            if isinstance(field, models.ForeignKey) and field.related_model in wanted and isinstance(value, int):
                wanted[field.related_model].add(value)
    asked = {
        model: model._base_manager.filter(pk__in={0, *wanted[model]}).values_list("pk", column)
        for model, column in LOOKED_UP.items()
    }
    read_jointly(*asked.values())
    return {(model, pk): name for model, rows in asked.items() for pk, name in rows}
