from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.audit import AuditFilter
from cases.models import AuditEvent
from cases.reports.lists.log import log_columns, log_lines
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet


def rows_asked(request, form):
    """The events the log shows, as it is filtered."""
    return form.narrow(AuditEvent.objects.visible_to(request.user, by_row=form.asks_for_few))


def _log(request):
    rows = rows_asked(request, AuditFilter(request.GET, user=request.user, on=pages.today()))
    return one_sheet(request, _("Log"), log_columns(), log_lines(rows, request.user))


LOG = List("log", gettext_lazy("Log"), "audit-list", Permission.AUDIT_VIEW, "nhat-ky", _log)
