from django.db import transaction

from cases.actions import audit
from cases.models import Holiday, User


@transaction.atomic
def correct(*, version: Holiday, by: User) -> Holiday:
    """Save what was wrong of a day on the list, the day itself included."""
    before, after = audit.snapshot(Holiday.objects.select_for_update().get(pk=version.pk)), audit.snapshot(version)
    if before != after:
        version.full_clean()
        version.save()
        audit.record(by=by, verb="holiday.corrected", target=version, before=before, after=after)
    return version


@transaction.atomic
def add(*, version: Holiday, by: User) -> Holiday:
    """Enter a day, or correct the one that stands; see `save_holiday`."""
    save_holiday(holiday=version, by=by)
    return version


@transaction.atomic
def save_holiday(*, holiday: Holiday, by: User | None) -> bool:
    """Enter a day off, or give a known day its new name and source; say whether anything changed."""
    holiday.full_clean(validate_unique=False, validate_constraints=False)
    known = Holiday.objects.filter(day=holiday.day).first()
    before = audit.snapshot(known) if known else {}
    holiday.pk = known.pk if known else None
    after = audit.snapshot(holiday)
    if before == after:
        return False
    holiday.save()
    audit.record(by=by, verb="holiday.entered", target=holiday, before=before, after=after)
    return True
