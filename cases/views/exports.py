"""Excel for everybody: what a list page shows, filtered as it is there, as a workbook; with a reason, and logged."""

from tempfile import TemporaryFile
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.list_export import ExportForm
from cases.reports.people import sealed
from cases.reports.writers import xlsx
from cases.templatetags.words import day_and_hour
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.registry import LISTS
from cases.views.lists.workbook import XLSX

LONGEST_FILTER = 100


@gate(Permission.EXPORT, "GET", "POST")
def download(request, name):
    wanted = LISTS.get(name)
    if wanted is None:
        raise Http404
    if not request.user.may(wanted.permission):
        raise PermissionDenied
    form = ExportForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        return _file(request, wanted, form.cleaned_data["reason"])
    query = urlencode({key: value for key, value in _filters(request).items() if key != "of"})
    return pages.show_form(
        request,
        form,
        title=_("Excel file: %(list)s") % {"list": wanted.title},
        tab_title=_("Excel file"),
        lead=_("The file holds what the page shows with its filters, every page of it. Keep it as you keep the files."),
        save_label=_("Download"),
        answers_file=True,
        cancel_url=f"{wanted.address(request.GET)}{query and '?'}{query}",
    )


def _filters(request):
    return {key: value[:LONGEST_FILTER] for key, value in request.GET.items() if value and key != "page"}


@transaction.atomic
def _file(request, wanted, reason):
    now = timezone.now()
    foot = _("Exported by %(name)s, %(unit)s, on %(day)s. Reason: %(reason)s") % {
        "name": request.user.full_name,
        "unit": request.user.unit.name,
        "day": day_and_hour(now),
        "reason": reason,
    }
    out = TemporaryFile()  # closed by the response once it is sent
    try:
        rows = xlsx.write(out, sealed.mask_sheets(wanted.sheets(request), request.user), foot=foot, made_at=now)
        about = {"name": wanted.name, "filters": _filters(request), "rows": rows, "reason": reason}
        actions.list_export.record(**about, by=request.user)
    except BaseException:
        out.close()
        raise
    out.seek(0)
    name = f"{wanted.file_name}-{pages.today():%Y%m%d}.xlsx"
    return FileResponse(out, as_attachment=True, filename=name, content_type=XLSX)
