"""The columns of a sheet that is no template: matched by whoever loads it; and the words that are recognised."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.column_mapping import MappingForm, SheetForm, SynonymCorrectionForm, SynonymForm
from cases.importing import run as runs
from cases.importing.mapping import from_json
from cases.importing.synonyms import NOTHING, SYNONYMS, targets
from cases.models import HeadingSynonym, ImportRun
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.IMPORT_NOTICES, "GET", "POST")
def match(request, pk):
    """What is proposed for each column, to be agreed to or corrected by choosing."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
    if not run.mapping or run.under_way:
        return _not_taken(request, run)
    mapping = from_json(run.mapping)
    seen = request.POST.get("seen", "")
    if seen not in ("", mapping.mark):
        return _not_taken(request, run)
    other = request.POST if "sheet" in request.POST else None
    sheet = SheetForm(other, mapping=mapping)
    if other and sheet.is_valid():
        if not runs.read_another_sheet(run=run, sheet=sheet.cleaned_data["sheet"], by=request.user):
            return _not_taken(request, run)
        return redirect("import-columns", pk=run.pk)
    form = MappingForm(None if other else request.POST or None, mapping=mapping, kind=run.kind)
    if request.method == "POST" and form.is_valid():
        if not runs.match_columns(run=run, mapping=form.mapping_chosen(), by=request.user):
            return _not_taken(request, run)
        return redirect("import-detail", pk=run.pk)
    title = _("Match the columns")
    crumbs = [
        {"label": _("Import from Excel"), "url": reverse("import-list")},
        {"label": run.file_name},
        {"label": title},
    ]
    shown = {"run": run, "mapping": mapping, "sheet": sheet}
    return pages.show_form(request, form, title=title, template="importing/columns.html", crumbs=crumbs, **shown)


def _not_taken(request, run):
    """Columns chosen on a page that was opened before: they are of another sheet, or the workbook is past that."""
    if request.method == "POST":
        run.refresh_from_db(fields=["state"])
        said = _("The columns chosen were not taken over: the workbook stands otherwise now: %(state)s.")
        messages.warning(request, said % {"state": run.get_state_display()})
    return redirect("import-detail", pk=run.pk)


@gate(Permission.RULE_EDIT)
def show_synonyms(request):
    """The words entered here with their days, and those that are built in."""
    both = targets(ImportRun.Kind.REGISTER) | targets(ImportRun.Kind.NOTICES)
    words = {code: target.words for code, target in both.items()}
    words[NOTHING] = _("Not read")
    entered = [(each, words.get(each.target, each.target)) for each in HeadingSynonym.objects.visible_to(request.user)]
    built_in: dict[str, list[str]] = {}
    for word, target in SYNONYMS:
        built_in.setdefault(words.get(target, target), []).append(word)
    context = {"entered": entered, "built_in": [(name, ", ".join(those)) for name, those in built_in.items()]}
    return render(request, "importing/synonyms.html", context)


@gate(Permission.RULE_EDIT, "GET", "POST")
def add_synonym(request):
    on = pages.today()
    synonym = HeadingSynonym(valid_from=on)
    form = SynonymForm(pages.bound_data(request), instance=synonym, user=request.user, on=on)
    return _keep(request, form, act=actions.column_mapping.add_synonym, title=_("Word for a column"))


@gate(Permission.RULE_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit_synonym(request, pk):
    synonym = pages.lock_row(request, get_object_or_404(HeadingSynonym.objects.visible_to(request.user), pk=pk))
    form = SynonymCorrectionForm(pages.bound_data(request), instance=synonym, user=request.user, on=pages.today())
    return _keep(request, form, act=actions.column_mapping.correct_synonym, title=synonym.word)


def _keep(request, form, *, act, title):
    back = reverse("rule-word-list")
    if pages.is_sent(request, form):
        try:
            act(version=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Entered: “%(word)s”.") % {"word": form.instance.word})
            return redirect(back)
    crumbs = [{"label": _("Words of registers"), "url": back}, {"label": title}]
    return pages.show_form(request, form, title=title, crumbs=crumbs, cancel_url=back)
