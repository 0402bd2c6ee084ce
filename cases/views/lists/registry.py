"""The lists one may take away as a workbook: each with the page it stands on, the right it needs and its columns."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.audit import AuditFilter
from cases.forms.employment import EmployerFilter
from cases.forms.loan import LoanListForm
from cases.forms.paperwork import PaperworkFilter
from cases.forms.unit import UnitFilter
from cases.forms.user import UserFilter
from cases.reports.casefile import clearance, file_header
from cases.reports.periodic import letter_draft, official_letter, sheet
from cases.views import pages
from cases.views.administration import audit, unit
from cases.views.administration import user as users
from cases.views.casefile import expungement, paperwork, returnee
from cases.views.lists import export_behind, export_columns, export_counted, export_held
from cases.views.lists.workbook import CHUNK, List, one_sheet
from cases.views.periodic import report, report_query
from cases.views.work import employer, meeting


def _known(request):
    return {"user": request.user, "on": pages.today()}


def _people(request):
    on = pages.today()
    rows = returnee.chosen(request).qs.iterator(chunk_size=CHUNK)
    standing = file_header.standings(rows, on)
    return one_sheet(request, _("Files"), export_columns.people(), standing)


def _meetings(request):
    rows = meeting.chosen(request).order_by("-on", "-pk").iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Group meetings"), export_columns.meetings(pages.today()), rows)


def _paperwork(request):
    rows = paperwork.chosen(request, PaperworkFilter(request.GET, **_known(request))).iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Paperwork"), export_columns.paperwork(pages.today()), rows)


def _employers(request):
    rows = employer.chosen(request, EmployerFilter(request.GET, **_known(request))).iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Employers"), export_columns.employers(), rows)


CLEAN_RECORDS = {"confirm": export_columns.evidence, "court": export_columns.applications}


def _clean_records(request):
    shown = expungement.list_asked(request)
    rows = clearance.listed(shown, request.user, pages.today()).iterator(chunk_size=CHUNK)
    columns = CLEAN_RECORDS.get(shown, export_columns.due_records)()
    return one_sheet(request, _("Clean record"), columns, rows, str(expungement.LIST_WORDS[shown]))


def _loans(request):
    rows = LoanListForm(**_known(request)).fields["people"].queryset.iterator(chunk_size=CHUNK)
    return one_sheet(request, _("List for a loan"), export_columns.borrowers(), rows)


def _silent(request):
    asked, days, _people, found = report.silent(request)
    names = {each.pk: each.name for each in asked.units}
    return one_sheet(
        request, _("Who has not been met individually"), export_columns.silent(names), found, asked.unit.name,
        str(report.SILENT_WORDS[days]),
    )  # fmt: skip


def _report(request):
    asked = report_query.understand(request)
    return sheet.sheets(official_letter.compared(asked.where, asked.named, asked.period))


def _official(request):
    """The figures as they stand on the official report, those written by hand marked."""
    asked = report_query.understand(request)
    document = letter_draft.stored(asked.unit, asked.named, asked.where.lens, pages.today())
    return sheet.sheets(letter_draft.comparison(document, asked.where, asked.named, asked.period))


def _users(request):
    rows = users.chosen(request, UserFilter(request.GET, **_known(request)))
    return one_sheet(request, _("Users"), export_columns.accounts(), export_columns.rostered(rows, pages.today()))


def _log(request):
    rows = audit.chosen(request, AuditFilter(request.GET, **_known(request)))
    return one_sheet(request, _("Log"), export_columns.log(), export_columns.in_words(rows, request.user))


def _units(request):
    form = UnitFilter(request.GET, **_known(request))
    rows = unit.chosen(request, form).select_related("parent").order_by("path")
    return one_sheet(request, _("Units"), export_columns.units(), rows, f"{form.day_asked:%d/%m/%Y}")


LISTS = {
    each.name: each
    for each in (
        List("people", gettext_lazy("Files"), "returnee-list", Permission.CASE_VIEW, "ho-so", _people),
        List("meetings", gettext_lazy("Group meetings"), "meeting-list", Permission.MEETING_VIEW, "gap-go", _meetings),
        List("paperwork", gettext_lazy("Paperwork"), "paperwork-list", Permission.CASE_VIEW, "thu-tuc", _paperwork),
        List(
            "employers", gettext_lazy("Employers"), "employer-list", Permission.EMPLOYMENT_VIEW, "noi-lam-viec",
            _employers,
        ),
        List(
            "clean-records", gettext_lazy("Clean record"), "expungement-list", Permission.CASE_VIEW, "ho-so-den-han",
            _clean_records,
        ),
        List("loans", gettext_lazy("List for a loan"), "loan-list", Permission.EMPLOYMENT_EDIT, "vay-von", _loans),
        List(
            "silent", gettext_lazy("Who has not been met individually"), "report-silent", Permission.REPORT_VIEW,
            "chua-gap", _silent,
        ),
        List("report", gettext_lazy("Report"), "report-show", Permission.REPORT_VIEW, "bao-cao", _report),
        List(
            "official", gettext_lazy("Official report"), "report-document", Permission.REPORT_VIEW,
            "bao-cao-chinh-thuc", _official,
        ),
        List("users", gettext_lazy("Users"), "user-list", Permission.USER_MANAGE, "tai-khoan", _users),
        List("log", gettext_lazy("Log"), "audit-list", Permission.AUDIT_VIEW, "nhat-ky", _log),
        List("units", gettext_lazy("Units"), "unit-list", Permission.UNIT_VIEW, "don-vi", _units),
        *export_held.LISTS,
        *export_counted.LISTS,
        *export_behind.LISTS,
    )
}  # fmt: skip
