from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.duplicate import ApartForm
from cases.models import Returnee
from cases.reports.people import duplicates
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.RETURNEE_CLOSE, "GET", "POST")
def show_list(request):
    """Files that are likely of one person; each pair can be said to be two people."""
    form = ApartForm(request.POST if request.method == "POST" else None, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        files = Returnee.objects.visible_to(request.user)
        one, other = (get_object_or_404(files, pk=form.cleaned_data[name]) for name in ("first", "second"))
        try:
            actions.distinct.tell_apart(one=one, other=other, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Noted: two different people. They will not be asked about again."))
        return redirect("duplicate-list")
    pairs = duplicates.likely_pairs(request.user)
    return render(request, "duplicate/list.html", {"pairs": pairs, "form": form, "most": duplicates.AT_MOST})
