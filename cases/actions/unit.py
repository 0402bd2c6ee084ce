from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat, LPad
from django.utils.translation import gettext as _

from cases.actions import audit
from cases.models import GroupMeeting, Placement, Returnee, Succession, Unit, User


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
    else:
        Unit.objects.filter(standing=old).update(standing=None)
        old.standing = None
    old.save()
    audit.record(
        by=by, verb="unit.succeeded", target=old, after={"new": str(new), "on": f"{on:%Y-%m-%d}", "share": share}
    )


@transaction.atomic
def end(*, unit: Unit, last_day: date, by: User | None) -> None:
    """The unit ends with `last_day`; who follows it, if anybody, is said with `succeed`."""
    unit.valid_to = last_day
    unit.full_clean(exclude=["path", "standing"])
    unit.save()
    audit.record(by=by, verb="unit.ended", target=unit, after={"valid_to": f"{last_day:%Y-%m-%d}"})


def move_people(*, old: Unit, new: Unit, on: date, by: User | None) -> None:
    """Whoever `old` held on `on` or was to hold after it is held by `new` from then; files follow, closed ones too.

    Also of who was handed on since: the days between the change and the handover are the new unit's.
    """
    later = Placement.objects.filter(unit=old).exclude(until__lt=on)
    split = later.filter(since__lt=on)
    moved = [
        Placement(
            returnee_id=placement.returnee_id,
            unit=new,
            since=on,
            until=placement.until,
            reason=Placement.Reason.SUCCESSION,
            created_by=by or placement.created_by,
            changed_by=by or placement.created_by,
        )
        for placement in split.select_related("created_by")
    ]
    later.filter(since__gte=on).update(unit=new)
    split.update(until=on - timedelta(days=1))
    Placement.objects.bulk_create(moved)
    Returnee.objects.filter(unit=old).update(unit=new)
    GroupMeeting.objects.filter(unit=old, on__gte=on).update(unit=new)


@transaction.atomic
def open_many(*, units: list[Unit], by: User | None) -> None:
    """Save new units of an official list, parents before children; one audit row tells how many."""
    if not units:
        return
    waiting = list(units)
    while waiting:
        ready = [unit for unit in waiting if unit.parent is None or unit.parent.pk]
        waiting = [unit for unit in waiting if unit.parent and not unit.parent.pk]
        for unit in ready:
            unit.search_text = unit.searched_by()
        Unit.objects.bulk_create(ready)
        set_paths()
    audit.record(by=by, verb="unit.loaded", target=Unit(name="units.csv"), after={"opened": len(units)})


def set_paths() -> None:
    """Give every unit without a path its own, from its parent's; it stands for itself."""
    above = Unit.objects.filter(pk=OuterRef("parent")).values("path")
    own = LPad(Cast(F("pk"), CharField()), 6, Value("0"))
    fresh = Unit.objects.filter(path="")
    fresh.filter(parent__isnull=True).update(path=Concat(Value("/"), own, Value("/")), standing=F("pk"))
    fresh.filter(parent__isnull=False).update(path=Concat(Subquery(above), own, Value("/")), standing=F("pk"))


@transaction.atomic
def succeed_many(*, successions: list[Succession], by: User | None) -> None:
    """`succeed` for the successions of an official list, whose old units bear their last day; one audit row."""
    if not successions:
        return
    Succession.objects.bulk_create(successions)
    _let_be_counted()
    stand()
    audit.record(by=by, verb="unit.loaded", target=Unit(name="units.csv"), after={"succeeded": len(successions)})


def _let_be_counted() -> None:
    """PostgreSQL knows nothing yet of rows written a moment ago, and would compare every unit with every other."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {Unit._meta.db_table}, {Succession._meta.db_table}")


def stand() -> None:
    """Let a unit nobody follows stand for itself, any other where its successors say, the latest changes first."""
    alone = Unit.objects.filter(successions__isnull=True).exclude(standing=F("pk"))
    alone.update(standing=F("pk"))
    days = Succession.objects.order_by("-on").values_list("on", flat=True).distinct()
    for on in list(days):
        found = Succession.objects.filter(old=OuterRef("pk"), on=on, share=Succession.Share.FULL)
        ended = Unit.objects.filter(successions__on=on)
        ended.filter(successions__share=Succession.Share.PART).update(standing=None)
        ended.filter(successions__share=Succession.Share.FULL).update(
            standing=Subquery(found.values("new__standing")[:1])
        )


def move_late(*, successions: list[Succession], by: User | None) -> None:
    """Move whoever a wholly succeeded unit still holds, also those registered there after the change."""
    held = set(Placement.objects.filter(until__isnull=True).values_list("unit", flat=True))
    filed = set(Returnee.objects.values_list("unit", flat=True))
    for succession in successions:
        if succession.old_id in held | filed:
            move_people(old=succession.old, new=succession.new, on=succession.on, by=by)
