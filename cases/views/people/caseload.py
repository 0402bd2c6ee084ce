"""A chief gives the whole caseload of an officer to colleagues."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.transfer import ShareForm
from cases.reports.work import caseload
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.CASELOAD_SHARE)
def show_list(request):
    return render(request, "caseload/list.html", {"loads": caseload.loads(request.user)})


@gate(Permission.CASELOAD_SHARE, "GET", "POST")
def share(request, pk):
    """First who gets how many, then, on the same page, the step itself."""
    giver = get_object_or_404(caseload.leaders(request.user), pk=pk)
    form = ShareForm(pages.bound_data(request), giver=giver, user=request.user, on=pages.today())
    rows = []
    if pages.is_sent(request, form):
        chosen = list(form.cleaned_data["takers"])
        if "confirm" not in request.POST:
            rows = caseload.preview(request.user, giver, chosen)
        elif done := hand_out(request, form, giver, chosen):
            return done
    led = next((load.now for load in caseload.loads(request.user) if load.officer == giver), 0)
    return render(
        request,
        "caseload/share.html",
        {
            "form": form,
            "giver": giver,
            "led": led,
            "rows": rows,
            "title": _("Hand over the caseload"),
            "crumbs": [
                {"label": _("Caseloads"), "url": reverse("caseload-list")},
                {"label": giver.full_name, "url": ""},
            ],
            "cancel_url": reverse("caseload-list"),
        },
    )


def hand_out(request, form, giver, chosen):
    try:
        given = actions.caseload.share_out(giver=giver, takers=chosen, by=request.user)
    except ValidationError as error:
        pages.refuse(form, error)
        return None
    count = sum(given.values())
    said = ngettext("%(count)d case of %(name)s handed over.", "%(count)d cases of %(name)s handed over.", count)
    messages.success(request, said % {"count": count, "name": giver.full_name})
    return redirect("caseload-list")
