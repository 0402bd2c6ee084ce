"""A version that was sent: the frozen list behind each figure, and its files byte for byte."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from cases import actions
from cases.access.permissions import Permission
from cases.lib import packed
from cases.reports.lists.submissions import lines
from cases.reports.people import sealed
from cases.reports.periodic.indicators import Countable
from cases.reports.writers.docx_layout import DOCX
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.submissions import drill_down
from cases.views.lists.workbook import XLSX
from cases.views.periodic import frame


@gate(Permission.REPORT_VIEW)
def show_list(request, pk):
    """The frozen list behind a figure: as many lines as were counted, named where the file may be seen."""
    submission, version, indicator, frozen_lines = drill_down(request, pk)
    page = pages.paginate(request, frozen_lines)
    return render(
        request,
        "submission/list.html",
        {
            "submission": submission,
            "version": version,
            "is_broken": not version.is_intact,
            "indicator": indicator,
            "count": len(frozen_lines),
            "page_obj": page,
            "lines": lines(page, request.user),
            "crumbs": frame.crumbs(indicator.title, frame.campaign_crumb(submission)),
            "back_url": f"{reverse('submission-detail', args=[submission.pk])}?version={version.number}",
            "counts_people": indicator.counts == Countable.PEOPLE,
        },
    )


@gate(Permission.REPORT_VIEW, "POST")
def download_letter(request, pk):
    """The letter of a version."""
    return _download(request, pk, "docx", DOCX, lambda version: version.letter)


@gate(Permission.REPORT_VIEW, "POST")
def download_workbook(request, pk):
    """The figures of a version as a workbook."""
    return _download(request, pk, "xlsx", XLSX, lambda version: version.workbook)


def _download(request, pk, form, content_type, file_of):
    """A file as it was sent; one that is no longer so is told of and not served.

    What is kept stays as it was sent; whoever was sealed since is named no more in what is handed out of it.
    """
    submission = frame.find_document(request, pk)
    version = frame.version(request, submission, request.POST)
    try:
        actions.campaign.record_download(version=version, form=form, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("submission-detail", submission.pk)
    days = submission.campaign.period
    name = f"bao-cao-{submission.unit.code}-{days.start:%Y%m%d}-{days.end:%Y%m%d}-ban-{version.number}.{form}"
    disposition = f'attachment; filename="{name}"'
    with translation.override("vi"):
        content = packed.change_texts(bytes(file_of(version)), sealed.hider(request.user))
    return HttpResponse(content, content_type, headers={"Content-Disposition": disposition})
