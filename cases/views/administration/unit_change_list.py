"""Changes of units from a workbook: upload, look at what they do, confirm once."""

import io
from uuid import uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.unit_change_list import ChangeListFileForm, ChangeListForm
from cases.importing import change_list
from cases.importing.log import BadFileError
from cases.reports.administration.unit_preview import preview
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.workbook import XLSX

BLANK = "thay-doi-don-vi-mau-trong.xlsx"


@gate(Permission.UNIT_CHANGE, "GET", "POST")
def upload(request):
    """Choose a workbook or paste its cells; what it holds is shown in the answer and kept nowhere."""
    files = request.FILES if request.method == "POST" else None
    form = ChangeListFileForm(request.POST or None, files, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        name, content = form.upload
        try:
            return show_preview(request, change_list.read(io.BytesIO(content)))
        except BadFileError as error:
            form.add_error("cells" if name == _("Pasted cells") else "file", str(error))
    context = {"title": _("Changes from a workbook"), "form": form, "crumbs": way()}
    return render(request, "unit/change_load.html", context)


def way(*titles):
    """From the list of units to the page of the workbook, and on."""
    return [
        {"label": _("Units"), "url": reverse("unit-list")},
        {"label": _("Changes of units"), "url": reverse("unit-change-list")},
        {"label": _("Changes from a workbook"), "url": reverse("unit-change-load")},
        *({"label": title} for title in titles),
    ]


@gate(Permission.UNIT_CHANGE)
def blank(request):
    """The empty workbook."""
    headers = {"Content-Disposition": f'attachment; filename="{BLANK}"'}
    return HttpResponse(change_list.template(), content_type=XLSX, headers=headers)


def show_preview(request, typed, uid=None, faults=()):
    """What the list would do, change by change, and what stands in the way."""
    found = change_list.plan(typed)
    initial = {"rows": typed, **({"uid": uid} if uid else {})}
    form = ChangeListForm(initial=initial, user=request.user, on=pages.today())
    title = _("Check the list")
    previews = [(each.change, preview(each.plan, each.change.on)) for each in found.changes]
    context = {
        "title": title,
        "form": form,
        "changes": previews,
        "problems": found.problems,
        "faults": faults,
        "today": pages.today(),
        "crumbs": way(title),
    }
    return render(request, "unit/change_load_preview.html", context)


@gate(Permission.UNIT_CHANGE, "POST")
def confirm(request):
    """Make all changes of a list, or none; sent a second time nothing is done twice."""
    form = ChangeListForm(request.POST, user=request.user, on=pages.today())
    if not form.is_valid():
        messages.error(request, _("The list came back damaged: upload the workbook again."))
        return redirect("unit-change-load")
    typed, uid = form.cleaned_data["rows"], form.cleaned_data["uid"]
    if actions.unit_change.list_was_sent(uid):
        messages.info(request, _("These changes were entered already: nothing was done twice."))
        return redirect("unit-change-list")
    found = change_list.plan(typed)
    if found.problems or not found.changes:
        return show_preview(request, typed, uid)
    for place, each in enumerate(found.changes):
        each.change.uid = uuid5(uid, str(place))
    asked = [(each.change, each.plan) for each in found.changes]
    try:
        done = actions.unit_change.make_many(changes=asked, uid=uid, by=request.user, today=pages.today())
    except ValidationError as error:
        return show_preview(request, typed, uid, error.messages)
    said = ngettext("%(count)d change entered.", "%(count)d changes entered.", len(done))
    messages.success(request, said % {"count": len(done)})
    return redirect("unit-change-list")
