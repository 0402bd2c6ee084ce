"""A look into a file beyond one's scope: asked for with a reason, an hour long, signed by who holds the file."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.actions import audit
from cases.models import OutsideReading, Returnee, User

OPEN_FOR = timedelta(hours=1)
MOST, WITHIN = 3, timedelta(hours=24)


@transaction.atomic
def begin(*, returnee: Returnee, reason: str, by: User) -> OutsideReading:
    """Open one file beyond the scope of `by` to read, for an hour; what runs already is returned as it is.

    Raises ValidationError without a reason, for a file that is closed or in scope, and where `by` has opened too many.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # the same form sent twice, or from two tabs
    now = timezone.now()
    own = OutsideReading.objects.filter(asked_by=by)
    if known := own.running(now).filter(returnee=returnee).first():
        return known
    _refuse_unfit(returnee, by)
    if own.filter(since__gt=now - WITHIN).count() >= MOST:
        said = ngettext(
            "You opened %(count)d file beyond your scope within the last 24 hours; that is the most. Ask for the file "
            "by a handover, or ask the unit that holds it.",
            "You opened %(count)d files beyond your scope within the last 24 hours; that is the most. Ask for the file "
            "by a handover, or ask the unit that holds it.",
            MOST,
        )
        raise ValidationError({"number": said % {"count": MOST}})
    row = OutsideReading(
        returnee=returnee,
        unit=returnee.unit,
        asked_by=by,
        asked_unit=by.unit,
        reason=reason.strip(),
        since=now,
        until=now + OPEN_FOR,
    )
    row.full_clean(exclude=["returnee", "asked_by", "asked_unit", "unit"])
    row.save()
    _record(row, by, row.reason, verb="outsidereading.begun")
    return row


def _refuse_unfit(returnee: Returnee, by: User) -> None:
    if returnee.closed_on or returnee.withdrawn_at:
        raise ValidationError({"number": _("This file is closed: it is not opened to others.")})
    if Returnee.objects.visible_to(by).filter(pk=returnee.pk).exists():
        raise ValidationError({"number": _("This file is within your scope: open it from the list of files.")})


@transaction.atomic
def end(*, reading: OutsideReading, by: User) -> OutsideReading:
    """End it before its hour is over; what has ended stays as it is."""
    row = OutsideReading.objects.select_for_update(no_key=True).get(pk=reading.pk)
    now = timezone.now()
    if row.is_running(now):
        row.ended_at, row.ended_by = now, by
        row.save(update_fields=["ended_at", "ended_by"])
        _record(row, by, verb="outsidereading.ended")
    return row


@transaction.atomic
def sign(*, reading: OutsideReading, remark: str, by: User) -> OutsideReading:
    """Whoever answers for the unit that holds the file has seen it; signed once, it stays signed.

    Raises ValidationError where it is one's own.
    """
    row = OutsideReading.objects.select_for_update(no_key=True).get(pk=reading.pk)
    if row.signed_at:
        return row
    if row.asked_by_id == by.pk:
        raise ValidationError(_("Your own look is signed by somebody else."))
    row.signed_at, row.signed_by, row.remark = timezone.now(), by, remark.strip()
    row.save(update_fields=["signed_at", "signed_by", "remark"])
    _record(row, by, row.remark, verb="outsidereading.signed")
    return row


def _record(row: OutsideReading, by: User, reason: str = "", *, verb: str) -> None:
    about = {"until": f"{timezone.localtime(row.until):%H:%M %d/%m/%Y}"} if verb.endswith("begun") else {}
    event = audit.event(by=by, verb=verb, target=None, after=about, reason=reason)
    event.target_type, event.target_id, event.label = audit.noun(row), row.pk, str(row)
    event.returnee_id, event.unit_id = row.returnee_id, row.unit_id  # of the unit that held it, wherever it is by now
    audit.record_all([event])
