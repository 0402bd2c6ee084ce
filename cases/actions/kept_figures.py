"""Figures of large units are kept as a worker counted them, and fall with whatever they stand on."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from cases.lib.period import Period
from cases.models import FiguresGround, KeptFigures, Unit
from cases.models.figures_edition import figures_edition

KEPT = timedelta(days=40)  # nobody is shown older ones; a period is counted anew when it is asked for


def ground() -> int:
    """The version of units and rules that a count begins on."""
    return FiguresGround.objects.order_by("pk").values_list("version", flat=True).first() or 0


def keep(
    *,
    unit: Unit,
    page: KeptFigures.Page,
    lens: str,
    named: Period,
    upto: date,
    figures: dict[str, Any],
    on_ground: int,
    at: datetime,
    on: date,
) -> KeptFigures:
    """Keep the figures of one page, counted at the moment `at`, in place of what was counted of the same before."""
    told = {"upto": upto, "counted_at": at, "counted_on": on, "edition": figures_edition(), "ground": on_ground}
    place: dict[str, Any] = {"page": page, "lens": lens, "start": named.start, "end": named.end}
    defaults: dict[str, Any] = {**told, "figures": figures}
    return KeptFigures.objects.update_or_create(unit=unit, **place, defaults=defaults)[0]


def delete_old(*, now: datetime) -> int:
    """Delete those of other editions and grounds, and those that were counted long ago; how many."""
    stale = Q(counted_at__lt=now - KEPT) | ~Q(edition=figures_edition()) | ~Q(ground=ground())
    return KeptFigures.objects.filter(stale).delete()[0]
