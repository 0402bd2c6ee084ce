"""Why data of a person may be given beyond the duty of the police: written down, shown where it is given, ended."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.consent import ConsentEndForm, ConsentForm
from cases.models import Consent
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.casefile.frame import show_step, take_step
from cases.views.gate import gate


def place_of(returnee_pk):
    return reverse("returnee-consents", args=[returnee_pk])


@gate(Permission.CASE_VIEW, sealed=True)
def show_page(request, returnee_pk, opened):
    returnee, on = frame.find(request, returnee_pk, opened), pages.today()
    rows = Consent.objects.visible_to(request.user, opened).kept().filter(returnee=returnee)
    rows = [(row, row.stands(on)) for row in rows.select_related("created_by", "photo")]
    title = _("Why data may be given")
    context = {"returnee": returnee, "rows": rows, "title": title, "crumbs": trail.of_person(returnee, title)}
    context["may_edit"] = frame.rights(request.user, returnee)["NEED_EDIT"]
    return render(request, "consent/page.html", context)


@gate(Permission.NEED_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    consent = Consent(returnee=returnee, given_on=pages.today(), purpose=request.GET.get("purpose", "")[:8])
    form = ConsentForm(pages.bound_data(request), instance=consent, user=request.user, on=pages.today())
    back = place_of(returnee.pk)
    if pages.is_sent(request, form):
        try:
            consent = actions.consent.give(consent=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Recorded: %(what)s.") % {"what": consent})
            return redirect(back)
    title = _("New ground for giving data")
    return show_step(request, form, returnee, title=title, cancel_url=back, draft="consent-add")


@gate(Permission.NEED_EDIT, "GET", "POST")
@pages.one_at_a_time
def end(request, pk):
    rows = Consent.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at=None)
    consent = pages.lock_row(request, get_object_or_404(rows.select_related("returnee"), pk=pk))
    initial = {"ended_on": consent.ended_on or pages.today()}
    form = ConsentEndForm(pages.bound_data(request), initial=initial, user=request.user, on=pages.today())
    back = place_of(consent.returnee_id)
    return take_step(
        request,
        consent.returnee,
        form,
        act=lambda given: actions.consent.end(consent=consent, on=given["ended_on"], by=request.user),
        said=_("Recorded: taken back."),
        title=_("Consent taken back"),
        next_url=back,
        cancel_url=back,
    )
