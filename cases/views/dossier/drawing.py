"""A form on the page and as a file: what both do with any paper, whoever it is about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.reports.people import sealed
from cases.reports.writers import docx_form
from cases.reports.writers.docx_layout import DOCX


def show_paper(request, paper, *, crumbs, **context):
    """The page of one paper; sending its one button takes it away as a file."""
    return render(request, "dossier/paper.html", {"paper": paper, "crumbs": crumbs, "now": timezone.now(), **context})


def hand_out(request, papers, name, opened=None):
    """The papers as one document, without the names that no page tells either; `opened` as in the gate."""
    hidden = sealed.mask(request.user, opened)
    mark = sealed.mark()
    plain = [paper.mapped(lambda text: hidden.hide(text, mark)) for paper in papers] if hidden else list(papers)
    content = docx_form.write(plain)
    return HttpResponse(content, DOCX, headers={"Content-Disposition": f'attachment; filename="{name}.docx"'})
