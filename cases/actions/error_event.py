import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from cases.lib import faults
from cases.models import ErrorEvent

KEPT = 500  # different errors; the one not seen for longest goes first
LONGEST_TRACE = 20_000

logger = logging.getLogger(__name__)


@transaction.atomic
def record(*, error: BaseException, page: str, role: str, at: datetime) -> ErrorEvent:
    """Count an error that was seen before, or keep a new one; the table never grows beyond `KEPT` rows."""
    facts = {"page": page[:120], "kind": faults.kind(error)[:200], "trace": faults.trace(error)[-LONGEST_TRACE:]}
    event, is_new = ErrorEvent.objects.get_or_create(
        number=faults.number(error, page), defaults={**facts, "role": role, "first_at": at, "last_at": at}
    )
    if is_new:
        trim()
    else:
        ErrorEvent.objects.filter(pk=event.pk).update(times=F("times") + 1, last_at=at, role=role)
    return event


def keep(*, error: BaseException, page: str, role: str, at: datetime) -> str:
    """Record an error and give its number; where even that fails, nothing is raised: the error itself was logged."""
    try:
        record(error=error, page=page, role=role, at=at)
    except Exception as fault:
        logger.error("The error could not be kept in the database", exc_info=fault)
    return faults.number(error, page)


def trim() -> None:
    latest = ErrorEvent.objects.values_list("pk", flat=True)[:KEPT]
    ErrorEvent.objects.exclude(pk__in=list(latest)).delete()
