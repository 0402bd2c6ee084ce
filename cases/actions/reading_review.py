from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import audit
from cases.models import ReadingReview, Unit, User


@transaction.atomic
def sign(
    *, unit: Unit, month: date, is_above: bool, lines: list[dict], remark: str, on: date, by: User
) -> ReadingReview:
    """Sign the unusual readings of a unit in the month that begins with `month`; signed once, it stays signed.

    Raises ValidationError where the month is not over on the day `on`.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)  # two who sign at once
    known = ReadingReview.objects.filter(unit=unit, month=month, is_above=is_above).first()
    if known:
        return known
    if (month.year, month.month) >= (on.year, on.month):
        raise ValidationError(_("The month is not over yet: it is signed from the first day of the next one on."))
    row = ReadingReview(unit=unit, month=month, is_above=is_above, lines=lines, remark=remark.strip(), signed_by=by)
    row.full_clean(exclude=["unit", "signed_by"])
    row.save()
    told = {"month": f"{month:%m/%Y}", "lines": len(lines)}
    audit.record(by=by, verb="readingreview.signed", target=row, after=told, reason=row.remark)
    return row
