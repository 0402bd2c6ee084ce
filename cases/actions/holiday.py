from django.db import transaction

from cases.actions import audit, row
from cases.models import Holiday, User


def correct(*, version: Holiday, by: User) -> Holiday:
    """Save what was wrong of a day on the list, the day itself included."""
    return row.correct(row=version, by=by, verb="holiday.corrected")


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
