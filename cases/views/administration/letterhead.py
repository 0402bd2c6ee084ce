"""The head of the letters of the administrator's own unit, to be compared with real ones."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.models import RuleVersion
from cases.reports.administration import letterhead
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.RULE_EDIT, "GET", "POST")
def check(request):
    unit, on = request.user.unit, pages.today()
    words = letterhead.head_words(unit, on)
    checked = letterhead.last_check(unit, words)
    if request.method == "POST":
        if checked is None:
            actions.letterhead.confirm(unit=unit, words=words, by=request.user)
        messages.success(request, _("Kept: the letterhead is right."))
        return redirect("home")
    context = {
        "unit": unit,
        "words": words,
        "checked": checked,
        "kinds": [(each, RuleVersion.Certainty(each.certainty).label) for each in letterhead.kinds(on)],
    }
    return render(request, "unit/letterhead.html", context)
