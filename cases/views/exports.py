"""Excel for everybody: what a list page shows, filtered as it is there, as a workbook; with a reason, and logged."""

from hashlib import sha256
from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.list_export import ExportForm
from cases.jobs import queue
from cases.models import QueuedJob
from cases.views import pages, reading, standby
from cases.views.gate import gate
from cases.views.lists import workbook
from cases.views.lists.registry import LISTS


@gate(Permission.EXPORT, "GET", "POST")
def download(request, name):
    wanted = LISTS.get(name)
    if wanted is None:
        raise Http404
    if not request.user.may(wanted.permission):
        raise PermissionDenied
    form = ExportForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        return _take(request, wanted, form.cleaned_data["reason"])
    query = urlencode({key: value for key, value in _query(request.GET).items() if value and key != "of"})
    shown = _("The file holds what the page shows with its filters, every page of it.")
    return pages.show_form(
        request,
        form,
        title=_("Excel file: %(list)s") % {"list": wanted.title},
        tab_title=_("Excel file"),
        lead=f"{wanted.holds or shown} {_('Keep it as you keep the files.')}",
        save_label=_("Download"),
        answers_file=True,
        cancel_url=f"{wanted.address(request.GET)}{query and '?'}{query}",
    )


def _query(asked):
    """What of the address chooses rows; not where in the list somebody was."""
    query = asked.copy()
    for name in reading.PLACES:
        query.pop(name, None)
    return query


def _take(request, wanted, reason):
    """The file at once; of a long list a job that prepares it, whose page hands it out."""
    try:
        return _file(request, wanted, reason)
    except workbook.TooManyRowsError:
        return redirect("job-detail", _prepare(request, wanted, reason).pk)


def _prepare(request, wanted, reason):
    asked = {"name": wanted.name, "query": _query(request.GET).urlencode(), "reason": reason}
    digest = sha256(asked["query"].encode()).hexdigest()[:16]
    job = queue.put(QueuedJob.Kind.EXPORT, f"export-{request.user.pk}-{wanted.name}-{digest}", asked, request.user)
    queue.start(job)
    return job


@transaction.atomic
def _file(request, wanted, reason):
    out = TemporaryFile()  # closed by the response once it is sent
    try:
        most = settings.EXPORT_ROWS
        with standby.figures(request):
            rows = workbook.write(wanted, request, out, reason=reason, at=timezone.now(), most=most)
        about = {"name": wanted.name, "filters": reading.mask_numbers(request.GET), "rows": rows, "reason": reason}
        actions.list_export.record(**about, by=request.user)
    except BaseException:
        out.close()
        raise
    return _hand_out(out, wanted)


def _hand_out(out, wanted):
    out.seek(0)
    name = f"{wanted.file_name}-{pages.today():%Y%m%d}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=workbook.XLSX)


@gate(Permission.EXPORT, "GET", "POST")
def fetch(request, pk):
    """A file that was prepared: for whoever asked for it, in the posting of that time, and with a line in the log."""
    job = get_object_or_404(
        QueuedJob.objects.visible_to(request.user), pk=pk, kind=QueuedJob.Kind.EXPORT, made_by=request.user
    )
    wanted = LISTS[job.arguments["name"]]
    if not request.user.may(wanted.permission):
        raise PermissionDenied
    if request.method != "POST":
        return redirect("job-detail", job.pk)
    now = timezone.now()
    if not job.is_fetchable(now) or job.unit_id != request.user.unit.pk:
        messages.info(request, _("This file is not kept any longer: take the list away again."))
        return redirect("job-detail", job.pk)
    about = {name: job.arguments[name] for name in ("name", "rows", "reason")}
    actions.list_export.record(
        **about, filters=reading.mask_numbers(QueryDict(job.arguments["query"])), by=request.user
    )
    out = TemporaryFile()
    for part in job.parts.iterator(chunk_size=1):
        out.write(part.content)
    return _hand_out(out, wanted)
