from collections import Counter
from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.importing import QUESTIONS as WORDS
from cases.forms.importing import RowForm, UploadForm
from cases.importing import run as runs
from cases.importing import workbook
from cases.importing.columns import BY_NAME
from cases.importing.register import BOOKS, EVERY
from cases.importing.rows import BAD, CELL, HEIR, QUESTIONS
from cases.jobs import queue
from cases.lib.numbers import parse_key
from cases.lib.text import UNKNOWN
from cases.models import ImportRun, StagedRow
from cases.reports.lists.imports import uploads
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.workbook import XLSX

RECENT = 10
ASKED = 50  # rows of which the questions stand above the preview
BLANKS = {
    "template": (workbook.template, "so-theo-doi-mau-trong.xlsx"),
    "example": (workbook.example, "so-theo-doi-vi-du.xlsx"),
    "notices": (partial(workbook.template, ImportRun.Kind.NOTICES), "danh-sach-thong-bao-mau-trong.xlsx"),
    "notices-example": (partial(workbook.example, ImportRun.Kind.NOTICES), "danh-sach-thong-bao-vi-du.xlsx"),
}
TOLD = ("meeting", "file", "full_name", "born_on", "on", "act_on", "kind", "offence", "topic")  # what tells rows apart


def _find(request, pk):
    return get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)


def _crumbs(*items):
    return [{"label": _("Import from Excel"), "url": reverse("import-list")}, *items]


@gate(Permission.IMPORT_NOTICES, "GET", "POST")
def show_list(request):
    """Upload a workbook; what one uploaded before stands below."""
    files = request.FILES if request.method == "POST" else None
    form = UploadForm(request.POST or None, files, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        name, content = form.upload
        uid, kind = form.cleaned_data["uid"], form.cleaned_data["kind"]
        run = runs.upload(name=name, content=content, uid=uid, by=request.user, kind=kind)
        _tell_others(request, run)
        return redirect("import-detail", pk=run.pk)
    waiting = _waiting(request.user)
    context = {
        "form": form,
        "waiting": waiting,
        "recent": uploads(request.user).exclude(pk__in=[run.pk for run in waiting])[:RECENT],
        "kinds": ImportRun.kinds_of(request.user),
    }
    return render(request, "importing/list.html", context)


def _waiting(user):
    return [run for run in uploads(user).unfinished() if not run.has_nothing_to_load]


def _tell_others(request, run):
    """A second workbook takes nothing from the first, which is found again in the list."""
    others = [other.file_name for other in _waiting(request.user) if other.pk != run.pk]
    if others:
        said = _("Kept beside it, not loaded yet: %(files)s. You find it again under “Import from Excel”.")
        messages.info(request, said % {"files": ", ".join(f"“{name}”" for name in others)})


@gate(Permission.IMPORT_NOTICES, "GET")
def blank(request, kind):
    make, name = BLANKS.get(kind, BLANKS["template"])
    return _download(make(), name)


def _download(content, name):
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@gate(Permission.IMPORT_NOTICES, "GET", "POST")
def show(request, pk):
    """What the check found, sheet by sheet; and on the way there or after the load, how far it has come."""
    run = _find(request, pk)
    if request.method == "POST":
        return _act(request, run)
    if run.state == ImportRun.State.MAPPING:
        return redirect("import-columns", pk=run.pk)
    sheets = [sheet for sheet in BOOKS[run.kind] if run.counts.get(sheet.name, {}).get("rows")]
    counts = [(sheet, run.counts[sheet.name]) for sheet in sheets]
    context = {
        "run": run,
        "title": run.file_name,
        "crumbs": _crumbs({"label": run.file_name}),
        **_progress(run),
        "table": _table(counts),
        "shares": _shares(run),
        "left": run.errors,
        "asking": run.rows.filter(state=BAD).exclude(choices=[]).count(),
        "awaits": run.kind == ImportRun.Kind.NOTICES and request.user.may(Permission.ARRIVAL_ANSWER),
        "notices": run.notices,
        "questions": _questions(run),
        "cells": _cells_in_question(run),
        "broken": any(said["level"] == "error" for said in run.notices),
        **(_preview(request, run, counts) if counts and not run.under_way else {}),
    }
    return render(request, "importing/detail.html", context)


def _progress(run):
    job = runs.find_job(run) if run.under_way else None
    return {**queue.progress(job), "cut_off": run.under_way and job is None}


def _questions(run):
    """What many rows ask alike, to be answered for all of them at once; a row's own answer goes before."""
    asking, choices = Counter(), {}
    for asked in run.rows.exclude(choices=[]).values_list("choices", flat=True):
        for name, offered in asked:
            asking[name] += 1
            choices[name] = offered
    shared = [name for name, answers in QUESTIONS.items() if answers and asking[name]]
    return [(name, WORDS[name], asking[name], choices[name]) for name in shared]


def _cells_in_question(run):
    """The first cells that read in several ways, each with what it may mean."""
    found = []
    for row in run.rows.exclude(choices=[])[:ASKED]:
        for name, offered in row.choices:
            if name.startswith(CELL):
                field = name.removeprefix(CELL)
                told = [row.cells[name] for name in TOLD if row.cells.get(name)][:3]
                header = BY_NAME[row.sheet].by_field[field].header
                found.append({"row": row, "told": told, "header": header, "field": field, "offered": offered})
    return found


def _table(counts):
    heads = [_("Sheet"), _("Rows"), _("New"), _("Changed"), _("Already there"), _("With errors")]
    names = ("rows", "create", "update", "same", "errors")
    lines = []
    for sheet, count in counts:
        cells = [
            {"value": count[name], "num": True, "zero": not count[name], "label": head}
            for name, head in zip(names, heads[1:], strict=True)
        ]
        lines.append({"cells": [{"value": sheet.name}, *cells]})
    return {"header": [{"label": head, "num": place > 0} for place, head in enumerate(heads)], "rows": lines}


def _shares(run):
    """Who is given how many of a list of notices: the officers of each commune, with what they have now."""
    heads = [_("Officer"), _("Commune"), _("People now"), _("Given"), _("After the load")]
    lines = []
    for unit, officer, before, given in run.shares:
        figures = [before, given, before + given] if officer else [UNKNOWN, given, UNKNOWN]
        cells = [{"value": officer or _("No officer is posted here")}, {"value": unit, "label": heads[1]}]
        for figure, head in zip(figures, heads[2:], strict=True):
            cells.append({"value": figure, "num": True, "zero": not figure, "label": head})
        lines.append({"cells": cells})
    return {"header": [{"label": head, "num": place > 1} for place, head in enumerate(heads)], "rows": lines}


STATES = {"error": "errors", "create": "create", "change": "update", "same": "same"}


def _preview(request, run, counts):
    """One sheet and one state at a time; the first with errors is shown first."""
    names = [sheet.name for sheet, _count in counts]
    first = next((sheet.name for sheet, count in counts if count["errors"]), names[0])
    shown = request.GET.get("sheet") if request.GET.get("sheet") in names else first
    count = run.counts[shown]
    words = {"error": _("With errors"), "create": _("New"), "change": _("Changed"), "same": _("Already there")}
    there = [state for state, name in STATES.items() if count[name]]
    rows = run.rows.filter(sheet=shown)
    state = request.GET.get("show")
    state = state if state in (*there, "flagged") else next(iter(there), "error")
    rows = rows.filter(flagged=True) if state == "flagged" else rows.filter(state=state)
    page = pages.paginate(request, rows)
    for row in page:
        row.told = [row.cells[name] for name in TOLD if row.cells.get(name)][:3]
    return {
        "sheets": [(name, run.counts[name]["rows"]) for name in names],
        "sheet": shown,
        "states": [(key, words[key], count[STATES[key]]) for key in there],
        "state": state,
        "flagged": run.rows.filter(sheet=shown, flagged=True).count(),
        "page_obj": page,
        "words": words,
        "editable": run.state == ImportRun.State.CHECKED,
    }


def _act(request, run):
    """Do what a button says; one of a page that was opened before is told what became of it."""
    done = request.POST.get("do")
    if done == "discard":
        return _discard(request, run)
    if done == "check":
        runs.check_again(run=run, by=request.user)
    elif done == "answer":
        _answer_all(request, run)
    elif done == "choose":
        _choose(request, run)
    elif done == "load" and run.errors and run.state == ImportRun.State.CHECKED:
        messages.warning(request, _("Nothing was loaded: there are rows with errors now."))
    elif done in ("load", "good") and not runs.begin_load(run=run, by=request.user, good_rows=done == "good"):
        messages.info(request, _begun_words(run))
    return redirect("import-detail", pk=run.pk)


def _begun_words(run):
    """Why a load did not begin."""
    if run.state in (ImportRun.State.LOADING, ImportRun.State.LOADED):
        return _("This workbook is being loaded or has been loaded already: nothing was entered twice.")
    return _("Nothing was loaded, the workbook stands otherwise now: %(state)s.") % {"state": run.get_state_display()}


def _discard(request, run):
    was_loaded = actions.import_run.discard(run=run, by=request.user).state == ImportRun.State.LOADED
    if was_loaded:
        messages.success(request, _("The rows that were not loaded are kept no more; what was loaded stays."))
    else:
        messages.success(request, _("Discarded: nothing of this file is kept."))
    return redirect("import-list")


def _answer_all(request, run):
    name, _mark, answer = request.POST.get("answer", "").partition("=")
    if answer not in QUESTIONS.get(name, ()):
        return
    correct = actions.import_run.correct_cells
    if correct(run=run, sheet=EVERY, numbers=[EVERY], typed={name: answer}, by=request.user):
        run.refresh_from_db()
        runs.check_again(run=run, by=request.user)
    else:
        _tell_not_taken(request, run, WORDS[name])


def _choose(request, run):
    """What one cell is to say, of the readings offered for it."""
    number, field, chosen = (request.POST.get(name, "") for name in ("row", "field", "value"))
    staged = run.rows.filter(pk=parse_key(number)).first()
    if staged is None or field not in BY_NAME[staged.sheet].by_field:
        _tell_not_taken(request, run, f"“{chosen}”")
        return
    about = _("row %(number)d, %(column)s: “%(value)s”") % {
        "number": staged.number,
        "column": BY_NAME[staged.sheet].by_field[field].header,
        "value": chosen,
    }
    correct = actions.import_run.correct_cells
    if chosen not in [value for value, _words in dict(staged.choices).get(f"{CELL}{field}", ())]:
        _tell_not_taken(request, run, about, stands=staged.cells.get(field, ""))
    elif correct(run=run, sheet=staged.sheet, numbers=[staged.number], typed={field: chosen}, by=request.user):
        run.refresh_from_db()
        runs.check_again(run=run, by=request.user)
    else:
        _tell_not_taken(request, run, about)


def _tell_not_taken(request, run, about, stands=None):
    """A choice of a page that was opened before: what it was, and why it is not taken over."""
    run.refresh_from_db(fields=["state"])
    told = {"about": about, "stands": stands, "state": run.get_state_display()}
    if stands is not None and run.state in ImportRun.CORRECTABLE:
        said = _("Not taken over, another page has answered meanwhile (%(about)s). The cell says “%(stands)s” now.")
    else:
        said = _("Not taken over (%(about)s): the workbook stands otherwise now: %(state)s.")
    messages.warning(request, said % told)


@gate(Permission.IMPORT_NOTICES, "GET", "POST")
def edit_row(request, pk, row):
    """Correct the cells of one row here instead of in Excel; the workbook is checked again."""
    run = _find(request, pk)
    staged = _staged(request, run, row)
    form = RowForm(request.POST or None, staged=staged, sheet=BY_NAME[staged.sheet])
    if pages.is_sent(request, form) and _correct(request, run, staged, form):
        return redirect(f"{reverse('import-detail', args=[run.pk])}?{urlencode({'sheet': staged.sheet})}")
    form.show_findings()
    title = _("Row %(number)d of the sheet %(sheet)s") % {"number": staged.number, "sheet": staged.sheet}
    return pages.show_form(
        request,
        form,
        title=title,
        template="importing/row.html",
        staged=staged,
        crumbs=_crumbs({"label": run.file_name, "url": reverse("import-detail", args=[run.pk])}, {"label": title}),
        cancel_url=reverse("import-detail", args=[run.pk]),
    )


def _staged(request, run, row):
    """The row of the address; what was typed into one that went meanwhile is shown once more, to be copied."""
    staged = run.rows.filter(pk=row).first()
    sheet, number = request.POST.get("of_sheet"), parse_key(request.POST.get("of_row", ""))
    if staged is None and sheet in {each.name for each in BOOKS[run.kind]} and number:
        staged = StagedRow(run=run, sheet=sheet, number=number)
    if staged is None:
        raise Http404
    return staged


def _correct(request, run, staged, form):
    """Keep what was typed and check again; False where that cannot be: the form says why and keeps it."""
    typed = form.typed()
    if staged.pk and form.cleaned_data["seen"] not in ("", form.seen):
        form.show_meanwhile()
        return False
    correct = partial(actions.import_run.correct_cells, run=run, sheet=staged.sheet, by=request.user)
    if not staged.pk or typed and not correct(numbers=[staged.number], typed=typed):
        run.refresh_from_db(fields=["state"])
        said = _("Not kept, the workbook stands otherwise now: %(state)s. What you typed stands below still.")
        form.add_error(None, said % {"state": run.get_state_display()})
        return False
    if HEIR in typed and form.cleaned_data["all_of_hamlet"]:
        correct(numbers=_neighbours(run, staged), typed={HEIR: typed[HEIR]})
    if typed:
        run.refresh_from_db()
        runs.check_again(run=run, by=request.user)
        messages.success(request, _("Row %(number)d corrected and checked again.") % {"number": staged.number})
    return True


def _neighbours(run, staged):
    """Rows of people of the same commune and hamlet who wait for the same choice."""
    same = {name: staged.cells[name] for name in ("unit", "hamlet") if staged.cells.get(name)}
    rows = run.rows.filter(sheet=staged.sheet, state="error").exclude(choices=[])
    asking = [row for row in rows.only("number", "cells", "choices") if HEIR in dict(row.choices)]
    return [row.number for row in asking if all(row.cells.get(name) == value for name, value in same.items())]


@gate(Permission.IMPORT_NOTICES, "GET")
def bad_rows(request, pk):
    """The rows with errors as a workbook of the same shape, with one more column that says why."""
    run = _find(request, pk)
    return _download(workbook.staged_rows(run.rows.filter(state="error"), run.kind), f"dong-loi-{run.pk}.xlsx")
