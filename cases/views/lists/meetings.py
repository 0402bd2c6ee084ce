from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.models import GroupMeeting
from cases.reports.lists.meetings import meeting_columns
from cases.views import pages
from cases.views.lists.workbook import CHUNK, List, one_sheet


def rows_asked(request):
    """The meetings of the list: planned, to be recorded and held."""
    return GroupMeeting.objects.visible_to(request.user).kept().with_counts().select_related("unit")


def _meetings(request):
    rows = rows_asked(request).order_by("-on", "-pk").iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Group meetings"), meeting_columns(pages.today()), rows)


MEETINGS = List(
    "meetings", gettext_lazy("Group meetings"), "meeting-list", Permission.MEETING_VIEW, "gap-go", _meetings
)
