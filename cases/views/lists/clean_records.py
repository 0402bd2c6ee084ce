from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.reports.casefile import clearance
from cases.reports.lists.clean_records import LIST_WORDS, clean_record_columns
from cases.views import pages
from cases.views.lists.workbook import CHUNK, List, one_sheet


def list_asked(request):
    """Which of the lists is asked for; the first where it is none."""
    shown = request.GET.get("show", "due")
    return shown if shown in clearance.LISTS else "due"


def _clean_records(request):
    shown = list_asked(request)
    rows = clearance.list_files(shown, request.user, pages.today()).iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Clean record"), clean_record_columns(shown), rows, str(LIST_WORDS[shown]))


CLEAN_RECORDS = List(
    "clean-records", gettext_lazy("Clean record"), "expungement-list", Permission.CASE_VIEW, "ho-so-den-han",
    _clean_records,
)  # fmt: skip
