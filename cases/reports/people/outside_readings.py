"""Looks into files beyond somebody's scope: one's own, and those into the files of the units one signs for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import AuditEvent, OutsideReading, User
from cases.reports.casefile.history import OPENED

OWN_SHOWN = timedelta(hours=24)


@dataclass(frozen=True)
class OutsideLine:
    """One look, whether it goes on, and how many pages of the file were opened with it."""

    reading: OutsideReading
    is_running: bool
    pages: int = 0


def to_sign(user: User) -> QuerySet[OutsideReading]:
    """Looks into files of the user's units: those nobody has signed first, then the latest."""
    rows = OutsideReading.objects.visible_to(user).select_related("returnee", "asked_by", "asked_unit", "signed_by")
    return rows.order_by(F("signed_at").desc(nulls_first=True), "-since", "-pk")


def own_lines(user: User, now: datetime) -> list[OutsideLine]:
    """The user's own of the last day: which unit, until when; of the person nothing."""
    rows = OutsideReading.objects.known_to(user).filter(since__gt=now - OWN_SHOWN).select_related("unit")
    return [OutsideLine(row, row.is_running(now)) for row in rows]


def lines(readings: Iterable[OutsideReading], now: datetime) -> list[OutsideLine]:
    """Each with how often the file was opened while it ran; one query."""
    readings = list(readings)
    opened: Counter[int] = Counter()
    about = {"returnee_id__in": {row.returnee_id for row in readings}, "verb": OPENED}
    events = AuditEvent.objects.filter(**about, actor_id__in={row.asked_by_id for row in readings})
    if readings:
        events = events.filter(at__gte=min(row.since for row in readings))
        for at, actor, person in events.order_by().values_list("at", "actor_id", "returnee_id"):
            opened.update(
                row.pk
                for row in readings
                if (row.asked_by_id, row.returnee_id) == (actor, person) and row.since <= at <= row.last_moment
            )
    return [OutsideLine(row, row.is_running(now), opened[row.pk]) for row in readings]


def sentence(reading: OutsideReading) -> str:
    """Who read whose file, when and why, in one sentence."""
    local = timezone.localtime(reading.since)
    return _("%(who)s, %(unit)s, read the file of %(name)s from %(moment)s. Reason given: %(reason)s") % {
        "who": reading.asked_by.full_name,
        "unit": reading.asked_unit.name,
        "name": reading.returnee.full_name,
        "moment": f"{local:%H:%M %d/%m/%Y}",
        "reason": reading.reason,
    }
