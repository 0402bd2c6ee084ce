from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.filters import ReturneeFilter
from cases.reports.casefile import file_header
from cases.reports.lists.people import caseload_columns, file_columns, pair_columns, with_judgments
from cases.reports.people import duplicates
from cases.reports.work import caseload
from cases.views import pages
from cases.views.lists.workbook import CHUNK, List, one_sheet


def rows_asked(request):
    """The people the list shows, as it is filtered."""
    return ReturneeFilter(request.GET, file_header.files_for(request.user), user=request.user, on=pages.today())


def _files(request):
    rows = with_judgments(rows_asked(request).qs).iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Files"), file_columns(), file_header.file_standings(rows, pages.today()))


def _alike(request):
    return one_sheet(request, _("Files likely made twice"), pair_columns(), duplicates.likely_pairs(request.user))


def _caseloads(request):
    return one_sheet(request, _("Caseloads"), caseload_columns(), caseload.loads(request.user))


FILES = List("people", gettext_lazy("Files"), "returnee-list", Permission.CASE_VIEW, "ho-so", _files)
ALIKE = List(
    "alike", gettext_lazy("Files likely made twice"), "duplicate-list", Permission.RETURNEE_CLOSE, "ho-so-trung", _alike
)
CASELOADS = List(
    "caseloads", gettext_lazy("Caseloads"), "caseload-list", Permission.CASELOAD_SHARE, "phan-cong", _caseloads
)
