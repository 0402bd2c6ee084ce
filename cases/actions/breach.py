from datetime import date, datetime, time

from django.db import transaction

from cases.actions import audit, row
from cases.models import Breach, User
from cases.models.moment import moment_on


@transaction.atomic
def record(*, breach: Breach, by: User) -> Breach:
    """Enter a breach of one's own unit; from when it was found the clock of 72 hours runs."""
    breach.unit = by.unit
    return row.add(row=breach, by=by)


@transaction.atomic
def tell(*, breach: Breach, on: date, at: time, reference: str, by: User, now: datetime) -> Breach:
    """The authority was told: the breach is closed. Raises ValidationError where that was noted otherwise before."""
    if breach.told_on:
        row.refuse_more(breach, told_on=on, told_reference=reference)
        return breach
    breach.check_told(moment_on(on, at), now)
    breach.told_on, breach.told_time, breach.told_reference = on, at, reference
    return row.correct(row=breach, by=by, verb="breach.told")


def record_letter(*, breach: Breach, by: User) -> None:
    """The letter to the authority was taken away as a file."""
    audit.record(by=by, verb="breach.letter_downloaded", target=breach)
