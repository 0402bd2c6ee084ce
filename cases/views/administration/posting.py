from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.models import Posting
from cases.views.gate import gate


@gate(Permission.POSTING_CONFIRM, "GET", "POST")
def confirm(request, pk):
    """One button: the second account says that the person serves there and holds the slip."""
    among = Posting.objects.visible_to(request.user).select_related("user", "unit", "organisation", "asked_by")
    posting = get_object_or_404(among, pk=pk)
    if request.method == "POST":
        try:
            actions.posting.confirm(posting=posting, by=request.user)
            messages.success(request, _("Confirmed: %(name)s.") % {"name": posting.user.full_name})
            return redirect("home")
        except ValidationError as error:
            messages.error(request, error.messages[0])
    title = _("Posting to confirm")
    context = {
        "posting": posting,
        "title": title,
        "crumbs": [{"label": _("Today"), "url": reverse("home")}, {"label": title}],
        "cancel_url": reverse("home"),
    }
    return render(request, "user/posting_confirm.html", context)
