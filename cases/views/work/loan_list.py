"""The commune's list of people who may borrow, for the People's Committee to confirm; no offence stands on it."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.loan import LoanListForm
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.EMPLOYMENT_EDIT, "GET", "POST")
def show(request):
    """Tick the people, then print; the printed list is a page of its own, named by its ?people=."""
    known = {"user": request.user, "on": pages.today()}
    if request.method == "GET" and "people" in request.GET:
        form = LoanListForm(request.GET, **known)
        if form.is_valid():
            return _paper(request, form.cleaned_data["people"], known["on"])
    else:
        form = LoanListForm(pages.bound_data(request), **known)
    if pages.is_sent(request, form):
        people = list(form.cleaned_data["people"])
        actions.loan.make_list(people=people, by=request.user)
        return redirect(f"{reverse('loan-list')}?{urlencode({'people': [row.pk for row in people]}, doseq=True)}")
    return pages.show_form(
        request,
        form,
        title=_("List for a loan"),
        template="loan/list.html",
        people=form.offer("people"),
        chosen=form.chosen("people"),
    )


def _paper(request, people, on):
    context = {"people": list(people), "on": on, "now": timezone.now(), "unit": request.user.unit}
    return render(request, "loan/paper.html", context)
