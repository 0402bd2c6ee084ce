"""Entering what a prison or an amnesty list says of somebody who comes home; one looks first whether they are known."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.arrival import AnnounceForm, NoticeForm
from cases.forms.returnee import FindForm
from cases.lib import identity
from cases.reports.casefile import file_header
from cases.reports.people import search
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step
from cases.views.gate import gate


@gate(Permission.ARRIVAL_ANSWER, "GET", "POST")
def add(request):
    """Look first; whoever is known gets the notice, else the one page takes notice and person."""
    on = pages.today()
    asked = request.GET.get("q", "")[:80]
    find = FindForm({"q": asked} if asked else None, user=request.user, on=on)
    number = identity.tidy(asked)
    known = {"identity_number": number} if number.isdigit() else {"full_name": asked}
    form = AnnounceForm(pages.bound_data(request), initial=known, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            notice = actions.arrival.announce(
                returnee=form.instance, notice=form.notice(), by=request.user, assign=form.cleaned_data["assign"]
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, announcement_text(notice))
            return redirect("arrival-detail", notice.returnee_id)
    context = {
        "find": find,
        "asked": asked,
        "rows": list(file_header.file_standings(_alike(find, request.user), on)),
        "elsewhere": search.held_elsewhere(asked, request.user) if asked else None,
        "crumbs": [{"label": _("Awaited"), "url": reverse("arrival-list")}, {"label": _("Enter a notice")}],
    }
    return pages.show_form(
        request, form, title=_("Enter a notice"), tab_title=_("Notice"), template="arrival/add.html", **context
    )


def _alike(find, user):
    return search.search_rows(find.cleaned_data["q"], user) if find.is_bound and find.is_valid() else []


def announcement_text(notice):
    if notice.assigned_to:
        said = _("Notice recorded: %(name)s. %(officer)s checks the address.")
        return said % {"name": notice.returnee.full_name, "officer": notice.assigned_to.full_name}
    return _("Notice recorded: %(name)s.") % {"name": notice.returnee.full_name}


@gate(Permission.ARRIVAL_ANSWER, "GET", "POST")
def attach(request, returnee_pk):
    """A notice of somebody on file."""
    returnee = frame.get_stored_person(request, returnee_pk)
    on = pages.today()
    known = {"received_on": on, "sender": returnee.prison, "address": returnee.address}
    form = NoticeForm(pages.bound_data(request), initial=known, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            notice = actions.arrival.announce(
                returnee=returnee, notice=form.instance, by=request.user, assign=form.cleaned_data["assign"]
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, announcement_text(notice))
            return redirect("arrival-detail", returnee.pk)
    return show_step(request, form, returnee, title=_("Enter a notice"), draft="notice")
