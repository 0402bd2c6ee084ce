from datetime import date

from django.db import transaction

from cases.actions import row
from cases.models import Consent, User


@transaction.atomic
def give(*, consent: Consent, by: User) -> Consent:
    """Write down why data of a person may be given to somebody beyond the duty."""
    return row.add(row=consent, by=by)


@transaction.atomic
def end(*, consent: Consent, on: date, by: User) -> Consent:
    """The person took it back: from `on` nothing more is given. Raises ValidationError where another day stands."""
    if consent.ended_on:
        row.refuse_more(consent, ended_on=on)
        return consent
    consent.ended_on = on
    return row.correct(row=consent, by=by, verb="consent.ended")
