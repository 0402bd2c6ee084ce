from django.db import transaction

from cases.actions import audit
from cases.models import LetterheadCheck, Unit, User


@transaction.atomic
def confirm(*, unit: Unit, words: dict[str, str], by: User) -> LetterheadCheck:
    """Keep that the head of the unit's letters was found right in these words (superior, body, symbol, place)."""
    check = LetterheadCheck.objects.create(unit=unit, checked_by=by, **words)
    audit.record(by=by, verb="letterheadcheck.confirmed", target=check, after=audit.snapshot(check))
    return check
