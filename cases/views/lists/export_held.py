"""Lists of who is held by whom, as workbooks: awaited, held by nobody, handed over, likely twice, by officer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from cases.access.permissions import Permission
from cases.models import ArrivalAnswer
from cases.reports.people import arrivals, custody, duplicates, transfers
from cases.reports.people.unallocated import unallocated
from cases.reports.work import caseload
from cases.views import pages
from cases.views.lists.export_columns import Columns, day_column, number_column, text_column, who
from cases.views.lists.workbook import List, one_sheet
from cases.views.people import arrival_list, transfer

LIKE_WORDS = {
    "number": gettext_lazy("Identity number"),
    "name": gettext_lazy("Full name"),
    "name_alike": gettext_lazy("Full name nearly the same"),
    "born": gettext_lazy("Born"),
    "birth_year": gettext_lazy("Birth year"),
    "hamlet": gettext_lazy("Hamlet"),
    "phone": gettext_lazy("Phone"),
}


def _awaited(request):
    on = pages.today()
    shown, unit, band, people = arrival_list.chosen(request, on)
    told = [str(arrival_list.LIST_WORDS[shown]), *([unit.name] if unit else [])]
    told += [arrival_list.band_words(band)] if band else []
    return one_sheet(request, _("Awaited"), awaited(), arrivals.rows(people, on), " · ".join(told))


def awaited() -> Columns:
    return Columns(
        *who(lambda row: row.person),
        day_column(_("Release day"), lambda row: row.person.completed_on),
        number_column(_("Days since release"), lambda row: row.days if row.days >= 0 else ""),
        text_column(_("State"), _state, 28),
        day_column(_("Check the address by"), lambda row: row.check and row.check.by),
        text_column(_("Officer who answers"), lambda row: row.officer, 24),
        text_column(
            _("To be put right"), lambda row: "; ".join(str(custody.BREACH_WORDS[x]) for x in row.breaches), 40
        ),
    )


def _state(row):
    if row.needs_unit:
        return _("Commune to be named")
    if row.state == custody.State.BOUNCING:
        return _("Sent on, no answer yet")
    return ArrivalAnswer.Kind(row.last.kind).label if row.last else ""


def _sent_elsewhere(request):
    return one_sheet(request, _("Sent elsewhere"), sent_elsewhere(), arrival_list.gone(request))


def sent_elsewhere() -> Columns:
    return Columns(
        text_column(_("Full name"), lambda row: row.returnee.full_name, 26),
        text_column(_("Birth year"), lambda row: row.returnee.birth_year, 9),
        text_column(_("Sent by"), lambda row: row.unit.name, 22),
        text_column(_("Named commune"), lambda row: row.named_unit.name, 22),
        day_column(_("Day"), lambda row: row.on),
        text_column(_("What was said"), lambda row: row.note, 40),
    )


def _held_by_nobody(request):
    on = pages.today()
    rows = arrivals.ages(request.user, on).rows
    return one_sheet(request, _("Held by nobody"), held_by_nobody(), rows, f"{on:%d/%m/%Y}")


def held_by_nobody() -> Columns:
    bands = [
        number_column(arrival_list.band_words(band), lambda row, place=place: row.counts[place])
        for place, band in enumerate(arrivals.BANDS)
    ]
    return Columns(
        text_column(_("Commune"), lambda row: row.unit.name, 24),
        *bands,
        number_column(_("Longest (days)"), lambda row: row.longest),
        number_column(_("All (people)"), lambda row: row.total),
    )


def _transfers(request):
    shown, rows = transfer.chosen(request)
    if shown == "former":
        title, columns = pgettext("transfer", "Handed over"), handed_over()
        return one_sheet(request, _("Transfers"), columns, transfer.left(rows, request.user), title)
    title = _("Sent") if shown == "sent" else pgettext("transfer", "Waits for an answer")
    lines = transfers.lines(rows, request.user, pages.today())
    return one_sheet(request, _("Transfers"), under_way(), lines, title)


def under_way() -> Columns:
    return Columns(
        text_column(_("Full name, or the number asked for"), lambda row: row.who, 28),
        text_column(_("Birth year and hamlet"), lambda row: row.tell, 26),
        text_column(_("From the commune"), lambda row: row.transfer.from_unit.name, 22),
        text_column(_("To the commune"), lambda row: row.transfer.to_unit.name, 22),
        text_column(_("Kind"), lambda row: _("Request") if row.transfer.is_request else _("Offer"), 14),
        day_column(_("Proposed day"), lambda row: row.transfer.on),
        number_column(_("Days waiting"), lambda row: row.days),
    )


def handed_over() -> Columns:
    return Columns(
        text_column(_("Full name"), lambda row: row[0].full_name, 26),
        text_column(_("Birth year"), lambda row: row[0].birth_year, 9),
        day_column(_("Handed over on"), lambda row: row[1] and row[1].on),
        text_column(_("To the commune"), lambda row: row[1].to_unit.name if row[1] else "", 24),
    )


def _alike(request):
    return one_sheet(request, _("Files likely made twice"), alike(), duplicates.likely_pairs(request.user))


def alike() -> Columns:
    def facts(title, of):
        return [
            text_column(f"{title}: {_('File number')}", lambda row: of(row).file_number),
            text_column(f"{title}: {_('Full name')}", lambda row: of(row).full_name, 26),
            text_column(f"{title}: {_('Born')}", lambda row: of(row).born, 12),
            text_column(f"{title}: {_('Hamlet')}", lambda row: of(row).hamlet, 20),
        ]

    return Columns(
        *facts(_("Earlier file"), lambda row: row.first),
        *facts(_("Later file"), lambda row: row.second),
        text_column(_("What agrees"), lambda row: ", ".join(str(LIKE_WORDS[each]) for each in row.look.reasons), 30),
    )


def _caseloads(request):
    return one_sheet(request, _("Caseloads"), caseloads(), caseload.loads(request.user))


def caseloads() -> Columns:
    return Columns(
        text_column(_("Officer in charge"), lambda row: row.officer.full_name, 26),
        text_column(_("Rank or position"), lambda row: row.officer.rank, 22),
        number_column(_("Cases led"), lambda row: row.now),
    )


def _not_allocated(request):
    return one_sheet(request, _("Not allocated"), not_allocated(), unallocated(request.user).items())


def not_allocated() -> Columns:
    return Columns(
        text_column(_("Official code"), lambda row: row[0].code, 13),
        text_column(_("Unit"), lambda row: row[0].name, 28),
        text_column(_("Belongs to"), lambda row: row[0].parent.name if row[0].parent else "", 26),
        day_column(_("In force from"), lambda row: row[0].valid_from),
        day_column(_("In force to"), lambda row: row[0].valid_to),
        number_column(_("People"), lambda row: row[1]),
    )


LISTS = (
    List("awaited", gettext_lazy("Awaited"), "arrival-list", Permission.CASE_VIEW, "cho-ve", _awaited),
    List(
        "sent-elsewhere", gettext_lazy("Sent elsewhere"), "arrival-sent", Permission.CASE_VIEW, "chuyen-noi-khac",
        _sent_elsewhere,
    ),
    List(
        "nobody", gettext_lazy("Held by nobody"), "arrival-nobody", Permission.ARRIVAL_ASSIGN, "chua-ai-quan-ly",
        _held_by_nobody,
    ),
    List("transfers", gettext_lazy("Transfers"), "transfer-list", Permission.TRANSFER_VIEW, "ban-giao", _transfers),
    List(
        "alike", gettext_lazy("Files likely made twice"), "duplicate-list", Permission.RETURNEE_CLOSE, "ho-so-trung",
        _alike,
    ),
    List("caseloads", gettext_lazy("Caseloads"), "caseload-list", Permission.CASELOAD_SHARE, "phan-cong", _caseloads),
    List(
        "unallocated", gettext_lazy("Not allocated"), "unit-unallocated", Permission.UNIT_VIEW, "chua-phan-bo",
        _not_allocated,
    ),
)  # fmt: skip
