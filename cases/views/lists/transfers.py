from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.access.permissions import Permission
from cases.reports.lists.transfers import departure_columns, departures, transfer_columns
from cases.reports.people import handed_over, transfers
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet


def rows_asked(request):
    """Which list was asked for, and its rows: transfers, or the people handed over."""
    user, shown = request.user, request.GET.get("show", "answer")
    if shown == "former":
        return shown, handed_over.former_people(user)
    if shown == "sent":
        return shown, transfers.sent_proposals(user)
    return "answer", (transfers.to_answer if user.may(Permission.TRANSFER_PROPOSE) else transfers.waiting_beneath)(user)


def _transfers(request):
    shown, rows = rows_asked(request)
    if shown == "former":
        title = pgettext("transfer", "Handed over")
        return one_sheet(request, _("Transfers"), departure_columns(), departures(rows, request.user), title)
    title = _("Sent") if shown == "sent" else pgettext("transfer", "Waits for an answer")
    lines = transfers.transfer_lines(rows, request.user, pages.today())
    return one_sheet(request, _("Transfers"), transfer_columns(), lines, title)


TRANSFERS = List(
    "transfers", gettext_lazy("Transfers"), "transfer-list", Permission.TRANSFER_VIEW, "ban-giao", _transfers
)
