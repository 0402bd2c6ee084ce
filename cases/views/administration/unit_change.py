"""Units opened, renamed, moved, merged and divided: typed, previewed, done, and undone while nothing is frozen."""

from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.returnee import ReasonForm
from cases.forms.unit_change import MergeForm, MoveForm, OfficialForm, OpenForm, RenameForm, SplitForm
from cases.importing import unit_changes, units
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
                done = actions.unit_change.make(change=form.instance, plan=plan, by=request.user, today=pages.today())
                messages.success(request, words_of(done))
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


def words_of(done):
    """What is told once a change is entered."""
    if done.is_planned:
        return _("Entered: %(change)s. It takes effect on %(day)s.") % {"change": done, "day": f"{done.on:%d/%m/%Y}"}
    return _("Done: %(change)s.") % {"change": done}


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def official(request, on):
    """The new names of the shipped list from a day on, as they change the units that stand: looked at, then done."""
    found = next((each for each in units.new_names() if f"{each.on}" == on), None)
    if found is None:
        raise Http404
    plan = unit_changes.plan_names(found)
    if not plan.ended:
        messages.info(request, _("The units bear these names already: nothing was changed."))
        return redirect("unit-change-list")
    data = {"on": f"{found.on:%d/%m/%Y}", "decree": found.source[:100], "uid": request.POST.get("uid") or uuid4()}
    change = UnitChange(kind=UnitChange.Kind.RENAME, name=plan.ended[0].name)
    form = OfficialForm(data, instance=change, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            done = actions.unit_change.make(change=form.instance, plan=plan, by=request.user, today=pages.today())
            messages.success(request, words_of(done))
            return redirect("unit-change-detail", done.pk)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
    form.is_valid()
    title = _("New names of the official list")
    context = {
        "form": form,
        "title": f"{title}: {found.on:%d/%m/%Y}",
        "preview": preview(plan, found.on),
        "crumbs": crumbs(title),
        "cancel_url": reverse("unit-change-list"),
    }
    return render(request, "unit/change_preview.html", context)


@gate(Permission.UNIT_CHANGE, "POST")
def load_former(request):
    """Open the former units of the shipped list that are missing, so that the codes of old registers are known."""
    try:
        count = len(units.load(units.former(), by=request.user).opened)
    except ValidationError as error:  # the units here are not those of the official list
        messages.error(request, " ".join(error.messages))
    else:
        said = ngettext("%(count)d former unit loaded.", "%(count)d former units loaded.", count)
        messages.success(request, said % {"count": count})
    return redirect("unit-change-list")


@gate(Permission.UNIT_CHANGE, "POST")
def take_effect(request, pk):
    """Do a change whose day has come though the night left it undone."""
    planned = find(request, pk)
    try:
        done = actions.unit_change.take_effect(change=planned, on=pages.today())
        messages.success(request, words_of(done))
    except (ValidationError, ObjectDoesNotExist) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
    return redirect("unit-change-detail", pk)


@gate(Permission.UNIT_CHANGE)
def show_list(request):
    changes = UnitChange.objects.visible_to(request.user).select_related("created_by")
    page = pages.paginate(request, changes)
    waiting = [(day, plan) for day in units.new_names() if (plan := unit_changes.plan_names(day)).ended]
    crumbs = [{"label": _("Units"), "url": reverse("unit-list")}, {"label": _("Changes of units")}]
    context = {"page_obj": page, "crumbs": crumbs, "waiting": waiting, "missing": units.count_missing(units.former())}
    return render(request, "unit/changes.html", context)


@gate(Permission.UNIT_CHANGE)
def detail(request, pk):
    done = find(request, pk)
    context = {
        "change": done,
        "hindrance": actions.unit_change.hindrance(done),
        "is_due": done.is_planned and done.on <= pages.today(),
        "crumbs": crumbs(done),
    }
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
