"""Changes of units: made in one go from a plan, and put back until figures of their time are frozen."""

from copy import copy
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.actions import allocation, audit, row, unit
from cases.models import (
    ArrivalAnswer,
    GroupMeeting,
    Placement,
    ReportVersion,
    Returnee,
    SentForm,
    Succession,
    Unit,
    UnitChange,
    UnitPlan,
    User,
)

PEOPLE_OF_UNITS = "an administrator, who sees no case, changes units with the people they hold"
MOVED: dict[str, type[Placement | Returnee | GroupMeeting]] = {  # rows that change their unit
    "placement": Placement,
    "returnee": Returnee,
    "groupmeeting": GroupMeeting,
}
LIST = "unit_change_list"  # what a list sent is noted as
TREE = {"parent", "standing", "old", "new"}  # keys between units, which the change itself answers for


@row_scope.beyond(PEOPLE_OF_UNITS)
@transaction.atomic
def make(*, change: UnitChange, plan: UnitPlan, by: User, today: date | None = None) -> UnitChange:
    """End, open and follow what the plan says, from `change.on` on; sent twice it is done once.

    People move with wholly followed units; of a divided one those of the hamlets named in the plan, the others wait to
    be allocated. Before its day, where `today` is given, it is kept and takes effect then. Raises ValidationError
    where the plan does not fit the units as they stand, or what is entered ahead already.
    """
    entered = _enter(change, plan, by, today)
    if entered.is_planned:
        refuse_contrary([entered], by)
    return entered


def _enter(change: UnitChange, plan: UnitPlan, by: User, today: date | None) -> UnitChange:
    if known := row.earlier(change, plan.asked):
        return known
    if today and change.on > today:
        refuse_unfit(plan, change.on)
        change.steps = plan.steps
        return row.add(row=change, by=by, verb="unitchange.planned")
    carry_out(change, plan, by)
    return row.add(row=change, by=by, verb="unitchange.made")


@transaction.atomic
def make_many(*, changes: list[tuple[UnitChange, UnitPlan]], uid: UUID, by: User, today: date) -> list[UnitChange]:
    """Make the changes of the list `uid`, or none; those of a later day wait for it. Raises ValidationError where one
    does not fit, or the list was sent before."""
    row.wait_for_the_same(uid)
    _noted, is_first = SentForm.objects.get_or_create(uid=uid, target_type=LIST, defaults={"digest": ""})
    if not is_first:
        raise ValidationError(_("These changes were entered already: nothing was done twice."), code="sent_before")
    entered = [_enter(change, plan, by, today) for change, plan in changes]
    refuse_contrary([each for each in entered if each.is_planned], by)
    return entered


def list_was_sent(uid: UUID) -> bool:
    """Whether the changes of the list with this id were made."""
    return SentForm.objects.filter(uid=uid, target_type=LIST).exists()


@transaction.atomic
def take_effect(*, change: UnitChange, on: date) -> UnitChange:
    """Do what was entered ahead, once its day has come; in the name of whoever entered it."""
    change = UnitChange.objects.select_for_update(no_key=True).select_related("created_by").get(pk=change.pk)
    if not change.is_planned or change.on > on:
        return change
    by = change.created_by
    carry_out(change, UnitPlan.again(change.steps), by)
    change.stamp(by).save()
    audit.record(by=by, verb="unitchange.made", target=change, after={"done": str(change.done)})
    return change


def carry_out(change: UnitChange, plan: UnitPlan, by: User) -> None:
    """Do what the plan says and note on the change, which is not saved yet, what was done and what stood before."""
    refuse_unfit(plan, change.on)
    change.before = rows_of(plan.ended)
    eve = change.on - timedelta(days=1)
    for old in plan.ended:  # first: a code is borne by one unit at a time
        unit.end(unit=old, last_day=eve, by=by)
    for new in plan.opened:
        new.parent, new.valid_from = new.parent, change.on  # the key of the unit above is known once it is saved
        unit.open_unit(unit=new, by=by)
    for old, new, share in plan.followed:
        unit.succeed(old=old, new=new, on=change.on, share=share, decree=change.decree, by=by)
    place_by_hamlet(plan, by)
    change.done = describe(plan)


def refuse_unfit(plan: UnitPlan, on: date) -> None:
    """Raise ValidationError with everything that keeps the plan from being done."""
    faults = []
    for old in plan.ended:
        if old.valid_to is not None:
            faults.append(_("%(unit)s is not in force any more.") % {"unit": old.full_label})
        elif old.valid_from >= on:
            said = _("%(unit)s stands only since %(day)s: choose a later day.")
            faults.append(said % {"unit": old.name, "day": f"{old.valid_from:%d/%m/%Y}"})
    ending = {old.pk for old in plan.ended}
    codes: set[str] = set()
    for new in plan.opened:
        bearer = Unit.objects.filter(code=new.code).exclude(valid_to__lt=on).exclude(pk__in=ending).first()
        if bearer or new.code in codes:
            said = _("The code %(code)s is borne by %(unit)s already.")
            faults.append(said % {"code": new.code, "unit": bearer.full_label if bearer else new.name})
        codes.add(new.code)
    if faults:
        raise ValidationError(faults)


def refuse_contrary(entered: list[UnitChange], by: User) -> None:
    """Raise ValidationError where what was entered ahead cannot all be done, each on its day.

    Changes that have a unit or a code in common are done in the order of their days and taken back. What could not be
    done before anyway keeps nothing away.
    """
    planned = list(UnitChange.objects.planned().select_related("created_by"))
    for group in _groups(planned):
        others = [each for each in group if each not in entered]
        if len(group) == 1 or len(others) == len(group):
            continue
        failing = _rehearse(others, by)
        stopped = [(each, why) for each, why in _rehearse(group, by).items() if each not in failing]
        if stopped:
            raise ValidationError([_contrary_words(each, why, group) for each, why in stopped])


def _contrary_words(stopped: UnitChange, why: str, group: list[UnitChange]) -> str:
    beside = ", ".join(f"“{each}” ({each.on:%d/%m/%Y})" for each in group if each != stopped)
    words = _("“%(change)s” (%(day)s) cannot be done beside what is entered ahead too, %(beside)s: %(why)s")
    return words % {"change": stopped, "day": f"{stopped.on:%d/%m/%Y}", "beside": beside, "why": why}


def _groups(changes: list[UnitChange]) -> list[list[UnitChange]]:
    """The changes sorted into those that meet, also by way of one another."""
    reach = {each.pk: each.reach for each in changes}
    keys = {key for each in reach.values() for key in each.ended | each.named}
    units = Unit.objects.filter(pk__in=keys).select_related("standing")
    paths = {each.pk: each.of_today.path for each in units}
    groups: list[list[UnitChange]] = []
    for change in changes:
        met = [group for group in groups if any(reach[change.pk].meets(reach[each.pk], paths) for each in group)]
        groups = [group for group in groups if group not in met]
        groups.append(sorted([*(each for group in met for each in group), change], key=lambda each: (each.on, each.pk)))
    return groups


def _rehearse(changes: list[UnitChange], by: User) -> dict[UnitChange, str]:
    """Do the changes one after the other and take them back: those that cannot be done, and why."""
    failing = {}
    with transaction.atomic():
        for change in changes:
            trial = copy(change)
            try:
                with transaction.atomic():
                    carry_out(trial, UnitPlan.again(trial.steps), by)
            except ValidationError as error:
                failing[change] = " ".join(error.messages)
            except ObjectDoesNotExist as error:
                failing[change] = str(error)
        transaction.set_rollback(True)
    return failing


def rows_of(units: list[Unit]) -> dict[str, dict[str, int]]:
    """Which unit each person, placement and meeting of these units has now."""
    return {
        name: {str(pk): of for pk, of in model.objects.filter(unit__in=units).values_list("pk", "unit")}
        for name, model in MOVED.items()
    }


def place_by_hamlet(plan: UnitPlan, by: User) -> None:
    """Allocate whoever lives in a hamlet the plan names; a hamlet nobody or two parts name is left for later."""
    for old in {old.pk: old for old, _new, share in plan.followed if share == Succession.Share.PART}.values():
        for person in Returnee.objects.kept().filter(unit=old):
            if part := plan.part_of(person.hamlet):
                allocation.allocate(returnee=person, to=part, by=by)


def describe(plan: UnitPlan) -> dict:
    """The plan in keys and words, to show and to undo later."""
    return {
        "ended": [[old.pk, old.name, old.code] for old in plan.ended],
        "opened": [[new.pk, new.name, new.code] for new in plan.opened],
        "followed": [[old.pk, old.name, new.pk, new.name, share] for old, new, share in plan.followed],
    }


# --- putting it back ---


def hindrance(change: UnitChange) -> str:
    """Why the change cannot be undone any more, in words; "" where it can."""
    if change.is_undone:
        return _("This change was undone already.")
    if change.is_planned:
        return ""
    touched = Unit.objects.filter(pk__in=keys(change, "ended") | keys(change, "opened") | followers(change))
    if ReportVersion.objects.frozen_since(touched, change.on).exists():
        return _("A report of this time was accepted: its figures are frozen, and so is what they were counted on.")
    later = Succession.objects.filter(old__in=keys(change, "opened")).select_related("new").first()
    if later:
        said = _("%(unit)s changed again on %(day)s: undo that first.")
        return said % {"unit": later.old.name, "day": f"{later.on:%d/%m/%Y}"}
    return ""


def keys(change: UnitChange, what: str) -> set[int]:
    return {one[0] for one in change.done[what]}


def followers(change: UnitChange) -> set[int]:
    return {new for _old, _name, new, *_rest in change.done["followed"]}


@row_scope.beyond(PEOPLE_OF_UNITS)
@transaction.atomic
def undo(*, change: UnitChange, reason: str, by: User) -> UnitChange:
    """Put everything back as it stood before the change; what new units did since falls to the first they followed.

    Raises ValidationError where figures of the time are frozen, a later change stands on this one, or something was
    recorded since that cannot be carried back.
    """
    change = UnitChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    if why := hindrance(change):
        raise ValidationError(why)
    if change.done:
        put_back(change)
    change.undone_at, change.undone_by, change.undone_reason = timezone.now(), by, reason
    change.stamp(by).save()
    audit.record(by=by, verb="unitchange.undone", target=change, reason=reason)
    return change


def put_back(change: UnitChange) -> None:
    """Let units, successions and rows stand as before the change."""
    pairs = [(old, new) for old, _name, new, *_rest in change.done["followed"]]
    Succession.objects.filter(on=change.on, old__in=keys(change, "ended"), new__in=followers(change)).delete()
    touched = rejoin_placements(pairs, change.on)
    restore_rows(change)
    try:
        with transaction.atomic():
            close_opened(change, pairs)
    except (ProtectedError, IntegrityError) as error:
        raise ValidationError(_("Something was recorded at a new unit that cannot be carried back.")) from error
    Unit.objects.filter(pk__in=keys(change, "ended")).update(valid_to=None)  # a code has one bearer a day
    follow_placements(touched | {int(pk) for pk in change.before["returnee"]})
    unit.stand()


def rejoin_placements(pairs: list[tuple[int, int]], on: date) -> set[int]:
    """Let each placement the change cut in two be one again; gives the people it was about."""
    touched = set()
    for old, new in pairs:
        cut = Placement.objects.filter(unit=old, until=on - timedelta(days=1))
        made = Placement.objects.filter(unit=new, since=on, reason=Placement.Reason.SUCCESSION)
        before = {placement.returnee_id: placement for placement in cut}
        for placement in made.filter(returnee__in=before):
            earlier = before[placement.returnee_id]
            placement.delete()
            earlier.until = placement.until
            earlier.save()
            touched.add(earlier.returnee_id)
    return touched


def restore_rows(change: UnitChange) -> None:
    """Rows that got another unit by the change, and still have it, get the one before back."""
    for name, before in change.before.items():
        by_unit: dict[int, list[int]] = {}
        for pk, of in before.items():
            by_unit.setdefault(of, []).append(int(pk))
        for of, pks in by_unit.items():
            MOVED[name].objects.filter(pk__in=pks, unit__in=followers(change)).update(unit=of)


def close_opened(change: UnitChange, pairs: list[tuple[int, int]]) -> None:
    """Carry what the new units have of their own to the first unit each of them followed; then they never were."""
    heirs: dict[int, int] = {}
    for old, new in pairs:
        heirs.setdefault(new, old)
    opened = Unit.objects.filter(pk__in=keys(change, "opened")).order_by("-path")  # the lower ones first
    for ending in opened:
        for relation in Unit._meta.related_objects:
            rows: models.QuerySet = relation.related_model._default_manager.filter(**{relation.field.name: ending})
            if relation.field.name not in TREE and ending.pk in heirs and rows.exists():
                carry(rows, relation.field.name, heirs[ending.pk])
        Unit.objects.filter(standing=ending).update(standing=heirs.get(ending.pk))
        ending.delete()


def carry(rows: models.QuerySet, field: str, to: int) -> None:
    """Let the rows be of another unit; what never changes, an answer about an arrival, cannot be carried."""
    if rows.model is ArrivalAnswer:
        raise ProtectedError("", set(rows))
    rows.update(**{field: to})


def follow_placements(people: set[int]) -> None:
    """The unit of a file is the one of its last placement."""
    for person in Returnee.objects.filter(pk__in=people):
        last = person.placements.order_by("since").last()
        if last and last.unit_id != person.unit_id:
            Returnee.objects.filter(pk=person.pk).update(unit=last.unit_id)
