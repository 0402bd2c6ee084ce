"""Who read one case file: by name, role and unit, when, which part and why; line by line, and day by day on paper."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.apps import apps
from django.db.models import Count, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.access.roles import find_role
from cases.lib.dates import add_months
from cases.lib.text import UNKNOWN
from cases.models import AuditEvent, Returnee, Unit
from cases.models.declared import DECLARED, FieldDeclaration, FieldKind, kind_of
from cases.models.moment import moment_on
from cases.models.user import ROLE_NAMES
from cases.reports.casefile.history import NOUNS, openings
from cases.reports.words import Words

MONTHS_BACK = 24  # so long the log is kept at least

# The first word of a route says which part of the file a page is of.
PARTS: dict[str, Words] = {
    "activity": _("Activity"),
    "administrative": _("Administrative violation"),
    "appointment": _("Appointment"),
    "arrival": _("Arrival"),
    "attachment": _("Photograph of a paper"),
    "assessment": _("Assessment"),
    "coaching": _("Files to talk over"),
    "consent": _("Why data may be given"),
    "court": _("Application to the court"),
    "crime": _("New crime"),
    "dossier": _("Dossier"),
    "duty": _("Duty"),
    "expungement": _("Clean record"),
    "group": _("5+1 group"),
    "helper": _("Report of the quarter"),
    "judgment": _("Judgment"),
    "loan": _("Loan"),
    "need": _("Need"),
    "note": _("Closed note"),
    "outside": _("Look beyond the scope"),
    "paperwork": _("Paperwork"),
    "referral": _("Job referral"),
    "safety": _("What to mind for the person's safety"),
    "training": _("Training"),
    "transfer": _("Handover"),
    "violation": _("Violations"),
}
TABS: dict[str, Words] = {
    "returnee-clock": _("Clean record"),
    "returnee-consents": _("Why data may be given"),
    "returnee-dossier": _("Dossier"),
    "returnee-former": _("Handover"),
    "returnee-group": _("5+1 group"),
    "returnee-history": _("History"),
    "returnee-needs": _("Needs"),
    "returnee-notes": _("Closed notes"),
    "returnee-paperwork": _("Paperwork"),
    "returnee-readers": _("Who read this file"),
    "returnee-sentence": _("Sentence"),
    "returnee-violations": _("Violations"),
    "returnee-work": _("Employment"),
}
WHOLE = _("Case file")


@dataclass(frozen=True)
class FileReading:
    """One look into the file; "—" where the log of that time does not say."""

    at: datetime
    actor: str
    role: str
    unit: str
    part: str
    reason: str


@dataclass
class ReaderDay:
    """What one person read on one day, acting for one unit, for one reason."""

    day: date
    actor: str
    role: str
    unit: str
    reason: str
    parts: list[str] = field(default_factory=list)
    times: int = 0


@dataclass(frozen=True)
class StoredKind:
    """What is kept of a person in one kind of record: how many, and which facts, the sensitive ones apart."""

    model: str
    noun: str
    rows: int
    personal: list[str]
    sensitive: list[str]


def stored_kinds(returnee: Returnee) -> list[StoredKind]:
    """Every kind of record that says something of this person, as the fields are declared; one query."""
    asked = [
        QuerySet(apps.get_model("cases", name))
        .filter(**{declared.way or "pk": returnee.pk})
        .order_by()
        .values(told=Value(name))
        .annotate(count=Count("pk"))
        .values_list("told", "count")
        for name, declared in DECLARED.items()
        if declared.way is not None and name.lower() in NOUNS
    ]
    first, *others = asked
    counts = dict(first.union(*others, all=True))
    return [_stored(name, DECLARED[name], counts[name]) for name in DECLARED if counts.get(name)]


def _stored(name: str, declared: FieldDeclaration, rows: int) -> StoredKind:
    model = apps.get_model("cases", name)
    labels: dict[FieldKind, list[str]] = {FieldKind.PERSONAL: [], FieldKind.SENSITIVE: []}
    for each in (*declared.personal.split(), *declared.sensitive.split()):
        field = model._meta.get_field(each)
        if not field.is_relation and field.editable:
            labels[kind_of(model, each)].append(str(field.verbose_name))
    return StoredKind(name, str(NOUNS[name.lower()]), rows, labels[FieldKind.PERSONAL], labels[FieldKind.SENSITIVE])


def part_of(page: str) -> str:
    """Which part of the file a page shows, in words."""
    return str(TABS.get(page) or PARTS.get(page.partition("-")[0]) or WHOLE)


def readings(events: Iterable[AuditEvent]) -> list[FileReading]:
    """Rows of the log as looks into the file; one query for the names of the units."""
    events = list(events)
    wanted = {event.actor_unit_id for event in events if event.actor_unit_id is not None}
    units = dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return [
        FileReading(
            at=event.at,
            actor=event.actor or UNKNOWN,
            role=_role(event.role),
            unit=units.get(event.actor_unit_id or 0, UNKNOWN),
            part=part_of(event.after.get("page", "")),
            reason=event.reason,
        )
        for event in events
    ]


def days(returnee: Returnee, on: date) -> list[ReaderDay]:
    """Who read the file in the 24 months before `on`, the latest day first."""
    since = moment_on(add_months(on, -MONTHS_BACK))
    found: dict[tuple, ReaderDay] = {}
    for each in readings(openings(returnee).filter(at__gte=since)):
        key = (timezone.localdate(each.at), each.actor, each.role, each.unit, each.reason)
        told = found.setdefault(key, ReaderDay(*key))
        told.times += 1
        if each.part not in told.parts:
            told.parts.append(each.part)
    return list(found.values())


def _role(role: str) -> str:
    known = find_role(role)
    return str(ROLE_NAMES[known]) if known else UNKNOWN
