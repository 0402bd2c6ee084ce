from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import audit
from cases.models import Placement, Returnee, Succession, Unit, User


@transaction.atomic
def allocate(*, returnee: Returnee, to: Unit, by: User) -> Returnee:
    """Place somebody of a divided unit at the part they live in, from the day of the division on.

    Sent twice it is done once. Raises ValidationError where `to` took no part of the unit.
    """
    returnee = Returnee.objects.select_for_update(no_key=True).select_related("unit").get(pk=returnee.pk)
    old = returnee.unit
    if old == to:
        return returnee
    took = Succession.objects.filter(old=old, new=to, share=Succession.Share.PART).first()
    if took is None:
        raise ValidationError(_("%(new)s took no part of %(old)s.") % {"new": to.name, "old": old.name})
    place(returnee=returnee, to=to, since=took.on, by=by)
    returnee.unit = to
    returnee.stamp(by).save(update_fields=["unit", "changed_by", "changed_at"])
    audit.record(
        by=by, verb="returnee.allocated", target=returnee, before={"unit": str(old.pk)}, after={"unit": str(to.pk)}
    )
    return returnee


def place(*, returnee: Returnee, to: Unit, since: date, by: User) -> None:
    """End the open placement the day before `since`; one that began later is put right instead."""
    held = returnee.placements.filter(until__isnull=True).first()
    if held and held.since >= since:
        held.unit = to
        held.stamp(by).save()
        return
    if held:
        held.until = since - timedelta(days=1)
        held.stamp(by).save()
    Placement(returnee=returnee, unit=to, since=since, reason=Placement.Reason.SUCCESSION).stamp(by).save()
