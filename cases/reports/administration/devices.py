"""The devices an account was taken along on."""

from cases.models import Device, User

SHOWN = 20


def devices_of(user: User) -> list[Device]:
    """The devices of `user`, those taken off too, the one heard of last first; at most SHOWN."""
    return list(Device.objects.filter(user=user)[:SHOWN])
