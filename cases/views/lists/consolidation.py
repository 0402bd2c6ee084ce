from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.reports.lists import consolidation
from cases.views.lists.workbook import List, row_asked
from cases.views.periodic import frame


def _sheets(request):
    return consolidation.sheets(frame.consolidate(request, row_asked(request.GET)))


CONSOLIDATION = List(
    "consolidation", gettext_lazy("Consolidated report"), "campaign-figures", Permission.CAMPAIGN_OPEN,
    "tong-hop-bao-cao", _sheets, of=True,
)  # fmt: skip
