"""The register of breaches: entered by whom they befell, read by the units above, closed when the authority is told."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.breach import BreachCorrectionForm, BreachForm, BreachToldForm
from cases.models import Breach
from cases.reports.dossier import breach_letter
from cases.views import pages
from cases.views.dossier import drawing
from cases.views.gate import gate


def _find(request, pk):
    rows = Breach.objects.visible_to(request.user).select_related("unit", "created_by", "changed_by")
    return get_object_or_404(rows, pk=pk)


def _own(request, pk):
    """One to be worked on: of the unit one is posted at."""
    return get_object_or_404(
        Breach.objects.visible_to(request.user).select_related("unit"), pk=pk, unit=request.user.unit
    )


def _crumbs(*items):
    return [{"label": _("Breaches"), "url": reverse("breach-list")}, *items]


@gate(Permission.BREACH_VIEW)
def show_list(request):
    rows = Breach.objects.visible_to(request.user).select_related("unit")
    page, now = pages.paginate(request, rows), timezone.now()
    rows = [(breach, breach.clock(now)) for breach in page]
    return render(request, "breach/list.html", {"page_obj": page, "rows": rows})


@gate(Permission.BREACH_VIEW)
def detail(request, pk):
    breach = _find(request, pk)
    context = {
        "breach": breach,
        "clock": breach.clock(timezone.now()),
        "is_own": breach.unit_id == request.user.unit.pk,
        "crumbs": _crumbs({"label": str(breach)}),
    }
    return render(request, "breach/detail.html", context)


@gate(Permission.BREACH_EDIT, "GET", "POST")
def add(request):
    breach = Breach(unit=request.user.unit)
    local = timezone.localtime()
    initial = {"found_on": pages.today(), "found_time": f"{local:%H:%M}", "units": request.user.unit.name}
    form = BreachForm(pages.bound_data(request), instance=breach, initial=initial, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            breach = actions.breach.record(breach=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Entered. The authority is to be told within 72 hours of when it was found."))
            return redirect("breach-detail", breach.pk)
    title, back = _("Enter a breach"), reverse("breach-list")
    crumbs = _crumbs({"label": title})
    return pages.show_form(
        request, form, title=title, tab_title=_("Breaches"), crumbs=crumbs, cancel_url=back, draft="breach-add"
    )


@gate(Permission.BREACH_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    breach = pages.lock_row(request, _own(request, pk))
    form = BreachCorrectionForm(pages.bound_data(request), instance=breach, user=request.user, on=pages.today())
    back = reverse("breach-detail", args=[pk])
    if pages.is_sent(request, form):
        try:
            actions.row.correct(row=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved."))
            return redirect(back)
    title = _("Correct the breach")
    crumbs = _crumbs({"label": str(breach), "url": back}, {"label": title})
    return pages.show_form(request, form, title=title, tab_title=_("Breaches"), crumbs=crumbs, cancel_url=back)


@gate(Permission.BREACH_EDIT, "GET", "POST")
@pages.one_at_a_time
def tell(request, pk):
    """The authority was told: with it the breach is closed."""
    breach = pages.lock_row(request, _own(request, pk))
    local, back = timezone.localtime(), reverse("breach-detail", args=[pk])
    initial = {"told_on": pages.today(), "told_time": f"{local:%H:%M}"}
    form = BreachToldForm(pages.bound_data(request), initial=initial, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        said = form.cleaned_data
        facts = {"on": said["told_on"], "at": said["told_time"], "reference": said["told_reference"]}
        try:
            actions.breach.tell(breach=breach, **facts, by=request.user, now=timezone.now())
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Closed: the authority was told."))
            return redirect(back)
    title = _("The authority was told")
    crumbs = _crumbs({"label": str(breach), "url": back}, {"label": title})
    return pages.show_form(request, form, title=title, tab_title=_("Breaches"), crumbs=crumbs, cancel_url=back)


@gate(Permission.BREACH_VIEW, as_file=True)
def letter(request, pk):
    """The draft of the letter to the authority, as a page and as a Word file."""
    breach = _find(request, pk)
    paper = breach_letter.letter(breach, pages.today())
    if request.method == "POST":
        actions.breach.record_letter(breach=breach, by=request.user)
        return drawing.hand_out(request, [paper], f"thong-bao-vi-pham-{breach.pk}")
    crumbs = _crumbs({"label": str(breach), "url": reverse("breach-detail", args=[pk])}, {"label": _("Letter")})
    return drawing.show_paper(request, paper, crumbs=crumbs, heading=_("Letter to the authority"))
