"""Units opened, renamed, moved, merged and divided: typed, previewed, done, and undone while nothing is frozen."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.returnee import ReasonForm
from cases.forms.unit_change import MergeForm, MoveForm, OpenForm, RenameForm, SplitForm
from cases.models import Unit, UnitChange
from cases.reports.administration.unit_preview import preview
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def open_below(request, pk):
    lead = _("A cluster groups communes under one reviewer; communes are moved into it afterwards.")
    return change(request, pk, OpenForm, _("New unit below"), lead)


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def rename(request, pk):
    lead = _("From its day on the unit bears the new name; reports of earlier days keep the old one.")
    return change(request, pk, RenameForm, _("Rename"), lead)


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def move(request, pk):
    lead = _("Its people, files and accounts stay with it; from its day on it reports to the other unit.")
    return change(request, pk, MoveForm, _("Move below another unit"), lead)


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def merge(request, pk):
    lead = _("People, files and accounts of every unit that joins move on the same day.")
    return change(request, pk, MergeForm, _("Merge"), lead)


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def split(request, pk):
    lead = _("Who lives in a hamlet that is given to a part moves at once; everybody else waits, still counted.")
    return change(request, pk, SplitForm, _("Divide"), lead)


def change(request, pk, form_class, title, lead):
    """Type, look at what it does, do it; `confirm` is sent by the preview only."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    if request.method == "GET" and not unit.in_force(pages.today()):
        raise Http404  # a form sent twice finds the unit ended already, and its own change made
    form = form_class(pages.bound_data(request), unit=unit, user=request.user, on=pages.today())
    shown = None
    if pages.is_sent(request, form):
        plan, on = form.plan(), form.cleaned_data["on"]
        try:
            if "confirm" in request.POST:
                done = actions.unit_change.make(change=form.instance, plan=plan, by=request.user)
                messages.success(request, _("Done: %(change)s.") % {"change": done})
                return redirect("unit-change-detail", done.pk)
            actions.unit_change.refuse_unfit(plan, on)
            shown = preview(plan, on)
        except ValidationError as error:
            pages.refuse(form, error)
    back = reverse("unit-detail", args=[pk])
    return pages.show_form(
        request,
        form,
        title=f"{title}: {unit.name}",
        tab_title=_("Units"),
        lead=lead,
        template="unit/change_preview.html" if shown else "_components/form_page.html",
        preview=shown,
        unit=unit,
        crumbs=[
            {"label": _("Units"), "url": reverse("unit-list")},
            {"label": unit.name, "url": back},
            {"label": title},
        ],
        save_label=_("See what it does"),
        cancel_url=back,
        wide=form_class is SplitForm,
    )


@gate(Permission.UNIT_CHANGE)
def show_list(request):
    changes = UnitChange.objects.visible_to(request.user).select_related("created_by")
    page = pages.paginate(request, changes)
    crumbs = [{"label": _("Units"), "url": reverse("unit-list")}, {"label": _("Changes of units")}]
    return render(request, "unit/changes.html", {"page_obj": page, "crumbs": crumbs})


@gate(Permission.UNIT_CHANGE)
def detail(request, pk):
    done = find(request, pk)
    context = {"change": done, "hindrance": actions.unit_change.hindrance(done), "crumbs": crumbs(done)}
    return render(request, "unit/change.html", context)


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def undo(request, pk):
    done = find(request, pk)
    form = ReasonForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            actions.unit_change.undo(change=done, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Undone: %(change)s.") % {"change": done})
            return redirect("unit-change-detail", done.pk)
    back = reverse("unit-change-detail", args=[done.pk])
    return pages.show_form(
        request,
        form,
        title=_("Undo the change"),
        tab_title=_("Units"),
        lead=_("People, files and accounts go back; what the new unit recorded since goes to the unit it followed."),
        crumbs=[*crumbs(done)[:-1], {"label": str(done), "url": back}, {"label": _("Undo the change")}],
        save_label=_("Undo"),
        cancel_url=back,
        danger=True,
    )


def find(request, pk):
    changes = UnitChange.objects.visible_to(request.user).select_related("created_by", "undone_by")
    return get_object_or_404(changes, pk=pk)


def crumbs(done):
    return [
        {"label": _("Units"), "url": reverse("unit-list")},
        {"label": _("Changes of units"), "url": reverse("unit-change-list")},
        {"label": str(done)},
    ]
