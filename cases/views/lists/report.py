from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.reports import report_sheet
from cases.reports.dashboard import silence
from cases.reports.lists import report
from cases.reports.lists.report import OVERDUE, SILENT_WORDS
from cases.reports.periodic import letter_draft, reintegration
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.reports.periodic.report_scope import DIRECT, names_of
from cases.templatetags.words import period_label
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet
from cases.views.periodic import counted, report_query


def drill_down(request):
    """What was asked for, the figure, its place and the lines behind it."""
    asked = report_query.understand(request)
    key = request.GET.get("indicator", "")
    indicator = BY_KEY.get(key)
    if indicator is None:
        indicator = INDICATORS[0]
        messages.warning(
            request,
            _("There is no figure “%(asked)s”: this is “%(title)s”.") % {"asked": key[:30], "title": indicator.title},
        )
    row = DIRECT if request.GET.get("part") == report_query.DIRECTLY else reintegration.TOTAL
    place = asked.unit.name if row is reintegration.TOTAL else asked.where.name_of(row)
    return asked, indicator, place, reintegration.lines_behind(indicator, asked.where, asked.period, row)


def silent(request):
    """What was asked for, for how long, everybody managed there, and those not met for so long."""
    asked = report_query.understand(request)
    days = request.GET.get("days", "60")
    if days not in SILENT_WORDS:
        messages.warning(request, _("There is no such list: these are people not met individually for 60 days."))
        days = "60"
    people = silence.managed_people(request.user, pages.today(), asked.unit)
    found = [each for each in people if (each.is_overdue if days == OVERDUE else each.days >= int(days))]
    return asked, days, people, found


def _figure(request):
    asked, indicator, place, found = drill_down(request)
    rows = report.lines(found, request.user)
    return one_sheet(request, indicator.title, report.line_columns(), rows, place, period_label(asked.period))


def _silent(request):
    asked, days, _people, found = silent(request)
    names = names_of({each.unit_id for each in found})
    title, told = _("Who has not been met individually"), (asked.unit.name, str(SILENT_WORDS[days]))
    return one_sheet(request, title, report.silent_columns(names), found, *told)


def _report(request):
    asked = report_query.understand(request)
    return report_sheet.sheets(counted.compare(request, asked))


def _official(request):
    """The figures as they stand on the official report, those written by hand marked."""
    asked = report_query.understand(request)
    document = letter_draft.load_document(asked.unit, asked.named, asked.lens, pages.today())
    return report_sheet.sheets(counted.compare_for_letter(request, asked, document))


FIGURE = List(
    "figure", gettext_lazy("The list behind a figure"), "report-list", Permission.REPORT_VIEW, "chi-tieu", _figure
)
SILENT = List(
    "silent", gettext_lazy("Who has not been met individually"), "report-silent", Permission.REPORT_VIEW, "chua-gap",
    _silent,
)  # fmt: skip
REPORT = List("report", gettext_lazy("Report"), "report-show", Permission.REPORT_VIEW, "bao-cao", _report)
OFFICIAL = List(
    "official", gettext_lazy("Official report"), "report-document", Permission.REPORT_VIEW, "bao-cao-chinh-thuc",
    _official,
)  # fmt: skip
