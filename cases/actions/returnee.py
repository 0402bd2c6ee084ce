from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.access import row_scope
from cases.actions import audit, row, verdict
from cases.lib import identity
from cases.lib.text import UNKNOWN
from cases.models import NameKey, Placement, Returnee, Unit, User, Verdict
from cases.models.scope import SEALED


def next_file_number(unit: Unit, year: int) -> str:
    """Mã hồ sơ: commune code, year of completion, running number, as in 24697-2022-015."""
    prefix = f"{unit.code}-{year}-"
    known = Returnee.objects.filter(file_number__startswith=prefix).order_by().values_list("file_number", flat=True)
    with row_scope.beyond("no file number is given twice, also where the file is elsewhere by now"):
        running = [number.removeprefix(prefix) for number in known]
    last = max((int(number) for number in running if number.isascii() and number.isdigit()), default=0)
    return f"{prefix}{last + 1:03d}"  # a number that was typed may end in anything


@transaction.atomic
def register(*, returnee: Returnee, by: User, checked: bool = False, vouched: bool = False) -> Returnee:
    """Open the file of a person at the unit set on it, held there from the day of completion."""
    Unit.objects.select_for_update(no_key=True).get(pk=returnee.unit_id)  # two files opened at once get two numbers
    if earlier := row.earlier(returnee, vouched=vouched):
        return earlier
    if not returnee.file_number:
        returnee.file_number = next_file_number(returnee.unit, returnee.completed_on.year)
    returnee.stamp(by)
    if not (checked or vouched):
        returnee.full_clean(exclude=["created_by", "changed_by", "search_text", "sort_key"])
    returnee.save()
    place(returnee=returnee, unit=returnee.unit, since=returnee.completed_on, reason=Placement.Reason.INTAKE, by=by)
    audit.record(by=by, verb="returnee.registered", target=returnee, after=audit.snapshot(returnee))
    return returnee


@transaction.atomic
def register_many(*, people: list[tuple[Returnee, list[tuple[Unit, date]]]], by: User) -> None:
    """Open the files of many people, each at its unit, and let them follow its successors, as `register` and `follow`.

    Each has its file number; their maker answers for them.
    """
    for start in range(0, len(people), row.AT_ONCE):
        some = people[start : start + row.AT_ONCE]
        units = {returnee.unit_id for returnee, _way in some}
        list(Unit.objects.select_for_update(no_key=True).filter(pk__in=units).order_by("pk"))
        opened = Returnee.objects.bulk_create([returnee.prepare().stamp(by) for returnee, _way in some])
        NameKey.objects.keep_first(opened)
        Placement.objects.bulk_create([each.stamp(by) for returnee, way in some for each in placements(returnee, way)])
        audit.record_all(
            [
                audit.event(by=by, verb="returnee.registered", target=returnee, after=audit.snapshot(returnee))
                for returnee in opened
            ]
        )
        moved: dict[Unit, list[int]] = {}
        for returnee, way in some:
            if way:
                returnee.unit = way[-1][0]
                moved.setdefault(returnee.unit, []).append(returnee.pk)
        for unit, pks in moved.items():
            Returnee.objects.filter(pk__in=pks).update(unit=unit)


def placements(returnee: Returnee, way: list[tuple[Unit, date]]) -> list[Placement]:
    """Where somebody is held from the day of completion on: at the unit, then at each successor from its first day."""
    held = [
        Placement(returnee=returnee, unit=returnee.unit, since=returnee.completed_on, reason=Placement.Reason.INTAKE)
    ]
    for unit, since in way:
        held[-1].until = since - timedelta(days=1)
        held.append(Placement(returnee=returnee, unit=unit, since=since, reason=Placement.Reason.SUCCESSION))
    return held


@transaction.atomic
def correct(*, returnee: Returnee, by: User, vouched: bool = False) -> Returnee:
    """Save corrected facts of a person; the first placement follows a corrected completion day."""
    row.correct(row=returnee, by=by, vouched=vouched)
    verdict.recompute(returnee=returnee, by=by, cause=Verdict.Cause.PERSON, vouched=vouched)
    first = returnee.placements.order_by("since").first()
    if first and first.since != returnee.completed_on and (first.until is None or first.until >= returnee.completed_on):
        first.since = returnee.completed_on
        first.stamp(by).save()
    return returnee


@transaction.atomic
def give_phone(*, returnee: Returnee, field: str, number: str, before: str, uid: UUID, by: User) -> Returnee:
    """Write down a new number of the person or the household (`field`), once for each `uid`.

    Raises ValidationError, code "changed", where another number than `before` stands there by now: both are told.
    """
    stored = Returnee.objects.select_for_update(no_key=True).get(pk=returnee.pk)
    if row.was_sent(uid, "phone", returnee.pk, field, number):
        return stored
    now = getattr(stored, field)
    if now not in (number, before):
        said = _("%(now)s was entered here meanwhile, %(number)s was written down on this device: which one is right?")
        told = {"now": identity.spaced_phone(now) or UNKNOWN, "number": identity.spaced_phone(number), "stored": now}
        raise ValidationError(said, params=told, code="changed")
    setattr(stored, field, number)
    return row.correct(row=stored, by=by)


@transaction.atomic
def present(*, returnee: Returnee, on: date, by: User, vouched: bool = False) -> Returnee:
    """The person presented at the commune on `on` (trình diện): from that day the file is open."""
    if returnee.presented_on and returnee.presented_on != on:
        raise ValidationError(
            {
                "presented_on": _("This person presented on %(day)s already.")
                % {"day": f"{returnee.presented_on:%d/%m/%Y}"}
            }
        )
    returnee.presented_on = on
    row.correct(row=returnee, by=by, verb="returnee.presented", vouched=vouched)
    verdict.recompute(returnee=returnee, by=by, cause=Verdict.Cause.PERSON, vouched=vouched)
    return returnee


@transaction.atomic
def close(*, returnee: Returnee, on: date, reason: str, by: User, note: str = "", vouched: bool = False) -> Returnee:
    """End the file on `on`, on which day it is no longer open; the 5+1 group ends with it."""
    if returnee.closed_on:
        raise ValidationError(_("This file was closed on %(day)s already.") % {"day": f"{returnee.closed_on:%d/%m/%Y}"})
    if reason == SEALED and not vouched and not returnee.expungements.confirmed().exists():
        raise ValidationError(_("A record is cleared with evidence that was confirmed: see the tab “Clean record”."))
    returnee.closed_on, returnee.close_reason, returnee.close_note = on, reason, note
    row.correct(row=returnee, by=by, verb="returnee.closed", vouched=vouched)
    for group in returnee.groups.filter(until__isnull=True):
        group.until = max(on, group.since)
        group.stamp(by).save()
    return returnee


@transaction.atomic
def reopen(*, returnee: Returnee, by: User, reason: str) -> Returnee:
    """Open a file that was closed by mistake; the audit keeps the closing and the reason."""
    returnee.closed_on, returnee.close_reason, returnee.close_note = None, "", ""
    return row.correct(row=returnee, by=by, verb="returnee.reopened", reason=reason)


@transaction.atomic
def hand_over(*, returnee: Returnee, to_unit: Unit, on: date, by: User) -> Returnee:
    """From `on` the person is held by `to_unit`; one owner on every day."""
    current = returnee.placements.select_for_update(no_key=True).get(until__isnull=True)
    if on <= current.since:
        raise ValidationError({"on": _("The handover must come after %(day)s.") % {"day": f"{current.since:%d/%m/%Y}"}})
    current.until = on - timedelta(days=1)
    current.stamp(by).save()
    place(returnee=returnee, unit=to_unit, since=on, reason=Placement.Reason.TRANSFER, by=by)
    from_name = returnee.unit.name
    returnee.unit = to_unit
    returnee.stamp(by).save()
    for group in returnee.groups.filter(until__isnull=True):
        group.until = max(on, group.since)
        group.stamp(by).save()
    audit.record(
        by=by,
        verb="returnee.handed_over",
        target=returnee,
        before={"unit": from_name},
        after={"unit": to_unit.name, "on": f"{on}"},
    )
    return returnee


@transaction.atomic
def follow(*, returnee: Returnee, way: list[tuple[Unit, date]], by: User) -> Returnee:
    """Let somebody entered late follow the unit they came home to: `way` names each successor and its first day."""
    current = returnee.placements.get(until__isnull=True)
    for unit, since in way:
        current.until = since - timedelta(days=1)
        current.stamp(by).save()
        current = Placement(returnee=returnee, unit=unit, since=since, reason=Placement.Reason.SUCCESSION).stamp(by)
        current.save()
        returnee.unit = unit
    Returnee.objects.filter(pk=returnee.pk).update(unit=returnee.unit)
    return returnee


def place(*, returnee: Returnee, unit: Unit, since: date, reason: str, by: User) -> None:
    Placement(returnee=returnee, unit=unit, since=since, reason=reason).stamp(by).save()


def record_opening(*, pk: int, page: str, by: User, reason: str = "") -> None:
    """Record in the audit log that the user opened this file on `page`; for a sealed file, with the reason."""
    returnee = Returnee.objects.only("pk", "unit_id", "full_name").get(pk=pk)
    audit.record(by=by, verb="returnee.opened", target=returnee, after={"page": page}, reason=reason)
