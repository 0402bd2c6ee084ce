"""One's own sign-ins: where they were, and an end to all but this one."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.reports.administration import devices, sign_ins
from cases.views.gate import gate


@gate(Permission.HOME, "GET", "POST")
def show_list(request):
    if request.method == "POST":
        update_session_auth_hash(request, actions.user.end_sign_ins(user=request.user))
        messages.success(request, _("Every other sign-in of this account has ended, and every device is taken off."))
        return redirect("sign-in-list")
    context = {
        "sign_ins": sign_ins.recent_sign_ins(request.user, timezone.now()),
        "devices": devices.devices_of(request.user),
    }
    return render(request, "account/sign_ins.html", context)
