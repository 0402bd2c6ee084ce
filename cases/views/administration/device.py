"""The devices marked to be taken along: one's own among the sign-ins, all of them for an administrator."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.lib import device as browser
from cases.models import Device
from cases.views import own_device, ways
from cases.views.gate import gate, open_to_all


@gate(Permission.TRIP, "POST")
def add(request):
    """Mark the device that asks; answered with its id and the key of its outbox."""
    label = browser.short(request.headers.get("User-Agent", ""))
    try:
        device = actions.device.register(user=request.user, label=label)
    except ValidationError as error:
        return JsonResponse({"why": error.messages}, status=409)
    return JsonResponse({"device": str(device.uid), "key": device.outbox_key})


@gate(Permission.TRIP, "POST")
def contact(request):
    """A device of the user is there: whether it is still theirs, and the key of what was not sent from it yet.

    A device taken off the list may send what was written on it, but keeps nothing to be read.
    """
    device = own_device.find(request)
    actions.device.note_contact(device=device, now=timezone.now())
    return JsonResponse({"kept": device.is_kept, "key": device.outbox_key})


@open_to_all
def state(request, uid):
    """Whether what is read may stay on a device, for one that is not signed in; of an unknown one it may not."""
    device = Device.objects.known_to(uid).first()
    return JsonResponse({"kept": device is not None and device.is_kept})


@gate(Permission.HOME, "POST")
def revoke(request, pk):
    """Take a device off: one's own, or for an administrator anybody's."""
    device = get_object_or_404(Device.objects.visible_to(request.user), pk=pk)
    actions.device.revoke(device=device, by=request.user, now=timezone.now())
    messages.success(request, _("The device is taken off: what is read on it is wiped when it is connected next."))
    return redirect(ways.back(request))
