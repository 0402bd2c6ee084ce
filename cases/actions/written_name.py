"""What was written of people who are forgotten: the name goes out of it, the words stay; the log tells nothing of them.

Rows that only grow are changed with a receipt (`Erasure`), so that the log still proves itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.actions import audit
from cases.lib import log_chain, packed
from cases.lib.mask import Mask
from cases.models import (
    Activity,
    AuditEvent,
    DistinctPair,
    Erasure,
    ImportRun,
    PreparedPart,
    QueuedJob,
    ReportVersion,
    Returnee,
    Unit,
)
from cases.models.audit_event import STORED
from cases.models.audit_seal import EDITION, EDITIONS
from cases.models.declared import DECLARED, MARK, NOTHING
from cases.models.fields import KeyedDigest, LoggedValues, StoredValues
from cases.models.job import FETCHED_WITHIN
from cases.models.number_digests import DigestQuerySet

AT_ONCE = 2000
SEARCHES = ("page.searched", "page.looked_up")
WORDS_OF_THE_PROGRAM = ("page", "row")  # in the log, beside what was asked
WITH_RECEIPT = ("arrivalanswer", "transferstep")
MACHINE = {  # read by the program, whatever it is called for people
    *("username", "password", "code", "key", "path", "digest", "search_text", "sort_key", "kept_detail", "kept_kind"),
    *("outbox_key", "type", "kind", "page", "role", "target", "file_hash", "indicator", "report", "edition", "verb"),
    *("error", "language", "certainty", "duty", "rules", "checksum", "trace", "born_on", "state", "owner"),
    *("target_type", "chapter", "article", "file_number", "actor", "device", "targets", "counts", "figures", "facts"),
    *("answer", "previous", "lines", "steps", "shares", "choices", "mapped", "identity_number", "old_identity_number"),
}
OF_EVERYBODY = {
    *("Unit", "User", "Organisation", "Posting", "AuditEvent", "Erasure", "AuditSeal", "ErrorEvent", "SentForm"),
}
MACHINES_OWN = {"Device", "Backup", "WorkerProcess", "NameKey", "ImportRun", "PreparedPart", "UnitChange", "Succession"}
WAYS = {
    *("unit", "returnee", "judgment", "group", "referral", "transfer", "submission", "document", "version", "run"),
    "campaign",
}


@dataclass
class Forgetting:
    """The people who are forgotten together, and what is to be found of them in what others wrote."""

    people: list[Returnee]
    units: set[int] = field(default_factory=set)
    mask: Mask = field(default_factory=Mask)
    texts: int = 0

    @property
    def ids(self) -> list[int]:
        return [person.pk for person in self.people]

    def hide(self, said: str) -> str:
        """What was written, without their names and numbers."""
        return self.mask.hide(said, MARK)


def blank(value: Any) -> Any:
    """A value of JSON without its words: numbers stand, lists are empty, a text is a dash."""
    if isinstance(value, str):
        return NOTHING if value else value
    if isinstance(value, dict):
        return {key: blank(each) for key, each in value.items()}
    return [] if isinstance(value, list) else value


def hide_elsewhere(found: Forgetting) -> None:
    """Take the names out of every text of the units that held them and of those above."""
    for model in apps.get_app_config("cases").get_models():
        names = [each.name for each in model._meta.concrete_fields if _is_written(model, each)]
        if names and (written := rows_of_units(model, found.units)) is not None:
            for row in written.iterator(chunk_size=AT_ONCE):
                _hide_in(row, names, found)
    _end_uploads(found)
    _end_prepared(found)


def _is_written(model: type[models.Model], stored: models.Field) -> bool:
    """Whether words of people may stand in a field."""
    if model.__name__ in OF_EVERYBODY | MACHINES_OWN or stored.choices or stored.name in MACHINE:
        return False
    if isinstance(stored, KeyedDigest):
        return False
    if isinstance(stored, models.BinaryField):
        return model is ReportVersion
    return isinstance(stored, models.CharField | models.TextField | models.JSONField)


OWN_WAYS: dict[type[models.Model], tuple[str, ...]] = {
    Returnee: ("unit", "placements__unit"),
    Activity: ("entries__returnee__placements__unit",),
    DistinctPair: ("first__placements__unit",),
}


def unit_ways(model: type[models.Model], deep: int = 4) -> Iterator[str]:
    """How a row leads to units, as a query spells it: to the unit it is of, and to those that held its person."""
    yield from OWN_WAYS.get(model, ())
    if model not in OWN_WAYS and deep:
        for stored in [each for each in model._meta.fields if isinstance(each, models.ForeignKey)]:
            if stored.related_model is Unit and stored.name in ("unit", "from_unit", "to_unit"):
                yield stored.name
            elif stored.name in WAYS:
                yield from (f"{stored.name}__{way}" for way in unit_ways(stored.related_model, deep - 1))


def rows_of_units(model: type[models.Model], units: set[int]) -> QuerySet | None:
    """The rows of a model that lead to one of `units`; None of a model that leads to none."""
    ways = list(unit_ways(model))
    if not ways:
        return None
    own = Q()
    for way in ways:
        own |= Q(pk__in=rows(model).filter(**{f"{way}__in": units}).values("pk"))
    return rows(model).filter(own).order_by("pk")


def _fit(model: type[models.Model], name: str, value: Any) -> Any:
    """A text cut to what its column holds: the mark may be longer than the name it stands for."""
    longest = getattr(model._meta.get_field(name), "max_length", None)
    return value[:longest] if isinstance(value, str) else value


def _hide_in(row: models.Model, names: list[str], found: Forgetting) -> None:
    now = {}
    for name in names:
        value = getattr(row, name)
        hidden = _fit(type(row), name, _without(value, found))
        if hidden != value:
            now[name] = hidden
    if now:
        found.texts += len(now)
        write(row, now)


def _without(value: Any, found: Forgetting) -> Any:
    """The same without their names: a text, a value of JSON, a Word or Excel file."""
    if isinstance(value, str):
        return found.hide(value)
    if isinstance(value, dict):
        return {found.hide(key): _without(each, found) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, found) for each in value]
    if isinstance(value, bytes | memoryview) and bytes(value[:2]) == b"PK":
        return packed.change_texts(bytes(value), found.hide)
    return value


def _end_uploads(found: Forgetting) -> None:
    """A workbook that is not loaded yet and names one of them is discarded; the name of the file loses theirs."""
    for run in ImportRun.objects.filter(unit__in=found.units):
        _hide_in(run, ["file_name", "told"], found)
    for run in ImportRun.objects.unfinished().filter(unit__in=found.units):
        typed = run.rows.order_by("pk").values_list("cells", "messages", "changes")
        told = [run.corrections, run.notices, run.mapping, *map(list, typed)]
        content = bytes(run.content or b"")
        if _without(told, found) != told or _without(content, found) != content:
            run.rows.all().delete()
            now: dict[str, Any] = {
                "content": None,
                "corrections": {},
                "notices": [],
                "mapping": {},
                "state": ImportRun.State.DISCARDED,
            }
            write(run, now)


def _end_prepared(found: Forgetting) -> None:
    """A prepared file that waits to be fetched names whoever stood in the list: it is asked for again."""
    prepared = QueuedJob.objects.filter(unit__in=found.units, parts__isnull=False).distinct()
    PreparedPart.objects.filter(job__in=list(prepared)).delete()
    QueuedJob.objects.filter(pk__in=[job.pk for job in prepared], state=QueuedJob.State.DONE).update(
        ended_at=timezone.now() - FETCHED_WITHIN - timedelta(minutes=1)
    )


def empty_log(found: Forgetting) -> None:
    """What the log tells of them goes; of others' rows only their names. What, when and by whom stays."""
    log = rows(AuditEvent).annotate(**STORED)
    own = log.filter(returnee_id__in=found.ids).order_by("pk")
    for event in own.iterator(chunk_size=AT_ONCE):
        _change_event(event, {name: _untold(event, name) for name in ("label", "before", "after", "reason")})
    about = Q(unit_id__in=found.units) | Q(actor_unit_id__in=found.units, verb__in=SEARCHES)
    others = log.filter(about).exclude(returnee_id__in=found.ids).order_by("pk")
    for event in others.iterator(chunk_size=AT_ONCE):
        kept = {name: getattr(event, name) for name in ("label", "before", "after", "reason")}
        _change_event(event, {name: _without(value, found) for name, value in kept.items()})


def _untold(event: AuditEvent, name: str) -> Any:
    value = getattr(event, name)
    if isinstance(value, str):
        return NOTHING if value else value
    kept = _kept_in_log(event.target_type)
    return {key: each if key in kept else blank(each) for key, each in value.items()}


def _kept_in_log(target_type: str) -> set[str]:
    """Fields whose values name nobody: those that figures stand on and plain ones."""
    if target_type == AuditEvent.PAGE:
        return {*WORDS_OF_THE_PROGRAM}
    try:
        model = apps.get_model("cases", target_type)
    except LookupError:  # a kind of row there was once
        return {*WORDS_OF_THE_PROGRAM}
    declared = DECLARED.get(model.__name__)
    return {*WORDS_OF_THE_PROGRAM, *(declared.counted.split() if declared else ()), *_plain_days(model)}


def _plain_days(model: type[models.Model]) -> set[str]:
    """Plain fields that are no text: days, choices, numbers, references."""
    return {
        each.name
        for each in model._meta.concrete_fields
        if each.name in model.PLAIN  # type: ignore[attr-defined]
        and (each.choices or not isinstance(each, models.CharField | models.TextField | models.JSONField))
    }


def _change_event(event: AuditEvent, now: dict[str, Any]) -> None:
    """The receipt is over the row as it will be stored, so what is encrypted of it is encrypted here, once."""
    now = {name: _fit(AuditEvent, name, value) for name, value in now.items()}
    now = {name: value for name, value in now.items() if value != getattr(event, name)}
    if now:
        now = {name: _stored(name, value) if isinstance(value, dict) else value for name, value in now.items()}
        row = {"id": event.pk, **{name: getattr(event, name) for name in EDITIONS[EDITION]}, **now}
        row |= {f"{name}_stored": value for name, value in now.items() if isinstance(value, dict)}
        Erasure.receipt("auditevent", event.pk, log_chain.digest(row, EDITIONS[EDITION])).save()
        rows(AuditEvent).filter(pk=event.pk).update(**now)


def _stored(name: str, values: dict[str, Any]) -> StoredValues:
    return cast(LoggedValues, AuditEvent._meta.get_field(name)).stored(values)


def rows(model: type[models.Model]) -> QuerySet:
    """Every row of a model, also of one whose own manager changes none; a number that goes takes its digest along."""
    return DigestQuerySet(model)


def write(row: models.Model, now: dict[str, Any]) -> None:
    """Store new values without a stamp: who made the row stays who made it."""
    if not now:
        return
    for name, value in now.items():
        setattr(row, name, value)
    if isinstance(row, ReportVersion):
        Erasure.receipt("reportversion", row.pk, row.counted_checksum()).save()
    elif audit.noun(row) in WITH_RECEIPT:
        Erasure.receipt(audit.noun(row), row.pk, "").save()
    rows(type(row)).filter(pk=row.pk).update(**now)
