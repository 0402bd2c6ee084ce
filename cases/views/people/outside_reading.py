"""A look into a file beyond one's scope: asking for it, ending it; and signing, for the unit that holds the file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.outside_reading import OutsideReadingForm, OutsideSignForm
from cases.models import OutsideReading
from cases.reports.people import outside_readings
from cases.views import pages
from cases.views.gate import gate
from cases.views.people import outside


def crumbs(*more):
    return [
        {"label": _("Looks beyond the scope"), "url": reverse("outside-reading-list")},
        *({"label": label, "url": ""} for label in more),
    ]


@gate(Permission.OUTSIDE_READ)
def show_list(request):
    """One's own of the last day; for whoever signs, those into the files of the units, the unsigned first."""
    user, now = request.user, timezone.now()
    page = pages.paginate(request, outside_readings.to_sign(user))
    context = {
        "title": _("Looks beyond the scope"),
        "crumbs": [{"label": _("Files"), "url": reverse("returnee-list")}, {"label": _("Looks beyond the scope")}],
        "own": outside_readings.own_lines(user, now),
        "may_sign": user.may(Permission.OUTSIDE_SIGN),
        "page_obj": page,
        "lines": outside_readings.lines(page.object_list, now),
    }
    return render(request, "outside_reading/list.html", context)


@gate(Permission.OUTSIDE_READ, "GET", "POST")
def ask(request):
    """`?number=` fills in the number that was looked up."""
    number = request.GET.get("number", "")[:20]
    form = OutsideReadingForm(
        pages.bound_data(request), initial={"number": number}, user=request.user, on=pages.today()
    )
    if pages.is_sent(request, form):
        try:
            reading = actions.outside_reading.begin(
                returnee=form.found, reason=form.cleaned_data["reason"], by=request.user
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            outside.keep(request, reading)
            return redirect("returnee-detail", reading.returnee_id)
    title = _("Look into a file beyond the scope")
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=_("Files"),
        lead=_(
            "For an emergency: one file, to read, for one hour. The chief of the unit that holds it is told at once "
            "who read it and why, and signs it off."
        ),
        crumbs=crumbs(title),
        cancel_url=reverse("outside-reading-list"),
        save_label=_("Open for one hour"),
    )


@gate(Permission.OUTSIDE_READ, "POST")
def end(request, pk):
    """Whoever asked ends it, or whoever signs at the unit that holds the file."""
    reading = OutsideReading.objects.known_to(request.user).filter(pk=pk).first()
    reading = reading or OutsideReading.objects.visible_to(request.user).filter(pk=pk).first()
    if reading is None:
        raise Http404
    actions.outside_reading.end(reading=reading, by=request.user)
    messages.success(request, _("Ended: the file is closed to who read it."))
    return redirect("outside-reading-list")


@gate(Permission.OUTSIDE_SIGN, "GET", "POST")
def sign(request, pk):
    rows = OutsideReading.objects.visible_to(request.user).select_related("returnee", "asked_by", "asked_unit")
    reading = get_object_or_404(rows, pk=pk)
    if reading.signed_at:
        messages.info(request, _("Signed already."))
        return redirect("outside-reading-list")
    form = OutsideSignForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            actions.outside_reading.sign(reading=reading, remark=form.cleaned_data["remark"], by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Signed: you have seen who read the file and why."))
            return redirect("outside-reading-list")
    title = _("Sign a look beyond the scope")
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=_("Files"),
        lead=outside_readings.sentence(reading),
        crumbs=crumbs(title),
        cancel_url=reverse("outside-reading-list"),
        save_label=_("I have seen it"),
    )
