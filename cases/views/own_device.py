"""The device that sends a request, out of those of whoever signed in on it."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from cases.models import Device


def find(request):
    """The device of the user that the request names; 404 where it is none of theirs."""
    try:
        uid = UUID(request.POST.get("device", ""))
    except ValueError:
        uid = None
    return get_object_or_404(Device.objects.visible_to(request.user).filter(user=request.user), uid=uid)
