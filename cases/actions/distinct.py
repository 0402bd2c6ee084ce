from django.db import transaction

from cases.actions import audit, row
from cases.models import DistinctPair, Returnee, User


@transaction.atomic
def tell_apart(*, one: Returnee, other: Returnee, by: User, reason: str = "") -> DistinctPair:
    """Remember that two files are of two people; said twice, it is remembered once.

    Raises ValidationError where it was said before for another reason.
    """
    first, second = sorted((one, other), key=lambda returnee: returnee.pk)
    known = DistinctPair.objects.filter(first=first, second=second).first()
    reason = reason.strip()[:300]
    if known:
        row.refuse_more(known, reason=reason)
        return known
    pair = DistinctPair(first=first, second=second, reason=reason)
    pair.stamp(by).full_clean(exclude=["created_by", "changed_by"])
    pair.save()
    after = {"first": first.file_number, "second": second.file_number}
    audit.record(by=by, verb="distinctpair.added", target=pair, returnee=one, after=after, reason=pair.reason)
    return pair
