from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import audit
from cases.models import Device, User

AT_MOST = 5  # devices of one user in use at a time


@transaction.atomic
def register(*, user: User, label: str) -> Device:
    """Mark a device as the user's own; ValidationError where they have AT_MOST in use already."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # two presses at once are counted one after the other
    if Device.objects.in_use().filter(user=user).count() >= AT_MOST:
        said = _("%(count)d devices are marked already: take one that is not used any more off the list first.")
        raise ValidationError(said % {"count": AT_MOST})
    device = Device(user=user, label=label or _("Unknown device"))
    device.full_clean()
    device.save()
    audit.record(by=user, verb="user.device_marked", target=user, after={"device": device.label})
    return device


def note_contact(*, device: Device, now: datetime) -> None:
    """The device was heard of; that it was is no change of the account, so the log does not tell it."""
    device.seen_at = now
    device.save(update_fields=["seen_at"])


def note_file(*, device: Device, recorded: int, refused: int, by: User) -> None:
    """What was written on the device came as a file: whom each entry is of stands with the entries."""
    told = {"device": device.label, "recorded": recorded, "refused": refused}
    audit.record(by=by, verb="user.device_file_taken_in", target=device.user, after=told)


@transaction.atomic
def revoke(*, device: Device, by: User, now: datetime) -> Device:
    """What is read is wiped from the device when it is heard of next; taken away twice it is taken away once."""
    stored = Device.objects.select_for_update(no_key=True).select_related("user").get(pk=device.pk)
    if stored.revoked_at is None:
        stored.revoked_at, stored.revoked_by = now, by
        stored.save(update_fields=["revoked_at", "revoked_by"])
        audit.record(by=by, verb="user.device_revoked", target=stored.user, after={"device": stored.label})
    return stored


def revoke_all(*, of: User, by: User, now: datetime) -> None:
    """Take every device of a user off."""
    for device in Device.objects.in_use().filter(user=of):
        revoke(device=device, by=by, now=now)
