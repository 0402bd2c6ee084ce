from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import audit
from cases.models import Placement, Returnee, Succession, Unit, User


@transaction.atomic
def open_unit(*, unit: Unit, by: User | None) -> Unit:
    """Save a new unit; its path follows from its parent."""
    unit.full_clean(exclude=["path", "standing"])
    unit.save()
    audit.record(by=by, verb="unit.opened", target=unit, after=audit.snapshot(unit))
    return unit


@transaction.atomic
def succeed(
    *, old: Unit, new: Unit, on: date, share: str = Succession.Share.FULL, decree: str = "", by: User | None
) -> None:
    """From `on`, `new` stands in the place of `old`; wholly succeeded units hand over their people that day.

    Of a unit that was split the people stay where they are until each is placed by hamlet. Raises ValidationError
    where `new` is not in force on `on`.
    """
    if old.pk == new.pk or not new.in_force(on):
        raise ValidationError(_("%(unit)s is not in force on %(day)s.") % {"unit": new.name, "day": f"{on:%d/%m/%Y}"})
    Succession.objects.create(old=old, new=new, on=on, share=share, decree=decree)
    if old.valid_to is None:
        old.valid_to = on - timedelta(days=1)
    if share == Succession.Share.FULL:
        Unit.objects.filter(standing=old).update(standing=new.standing)
        old.standing = new.standing
        move_people(old=old, new=new, on=on, by=by)
    elif old.standing_id == old.pk:
        old.standing = None
    old.save()
    audit.record(
        by=by, verb="unit.succeeded", target=old, after={"new": str(new), "on": f"{on:%Y-%m-%d}", "share": share}
    )


def move_people(*, old: Unit, new: Unit, on: date, by: User | None) -> None:
    """Everybody placed at `old` is placed at `new` from `on`; ended files keep their last unit's successor too."""
    held = Placement.objects.filter(unit=old, until__isnull=True)
    moved = [
        Placement(
            returnee_id=placement.returnee_id,
            unit=new,
            since=on,
            reason=Placement.Reason.SUCCESSION,
            created_by=by or placement.created_by,
            changed_by=by or placement.created_by,
        )
        for placement in held.filter(since__lt=on).select_related("created_by")
    ]
    held.filter(since__lt=on).update(until=on - timedelta(days=1))
    Placement.objects.bulk_create(moved)
    Returnee.objects.filter(unit=old).update(unit=new)
