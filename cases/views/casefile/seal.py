"""The one way into a sealed file: its number and a reason, by the chief, for a quarter of an hour."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.returnee import UnsealForm
from cases.views import pages
from cases.views.casefile import unsealed
from cases.views.gate import gate


@gate(Permission.SEAL_OPEN, "GET", "POST")
def open_file(request):
    form = UnsealForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        given = form.cleaned_data
        try:
            person = actions.seal.unseal(number=given["number"], reason=given["reason"], by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            unsealed.open_for_now(request, person, given["reason"])
            return redirect("returnee-detail", person.pk)
    title = _("Open a sealed file")
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=_("Files"),
        lead=_("Whoever is cleared counts as never convicted. The reason is kept in the log; the file opens to read."),
        crumbs=[{"label": _("Files"), "url": reverse("returnee-list")}, {"label": title, "url": ""}],
        cancel_url=reverse("returnee-list"),
        save_label=_("Open for 15 minutes"),
    )
