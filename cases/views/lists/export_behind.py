"""Lists behind figures as workbooks: who and what was counted, named where the file may be seen."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.reports.writers.xlsx import Column, Kind
from cases.templatetags.words import period_days, period_label
from cases.views.dashboard import overview_list, reoffending
from cases.views.lists.export_columns import Columns, day_column, text_column
from cases.views.lists.workbook import List, one_sheet, row_asked
from cases.views.periodic import report, submission_version


def _person() -> list:
    return [
        text_column(_("Full name or meeting"), _name, 30),
        text_column(_("Birth year"), lambda row: row["person"].birth_year if row["person"] else "", 9),
        text_column(_("Hamlet"), lambda row: row["person"].hamlet if row["person"] else "", 20),
    ]


def _name(row):
    """A file that is sealed or has left the user's scope counts, and is not named; a meeting has a topic."""
    if row["person"]:
        return row["person"].full_name
    if row.get("meeting"):
        return row["meeting"].topic
    if row["sealed"]:
        return _("A sealed file")
    return _("Group meeting") if row.get("is_meeting") else _("A file now held elsewhere")


def _unit():
    return text_column(_("Unit"), lambda row: row["unit"], 20)


def _day():
    return day_column(_("Day"), lambda row: row["line"].day)


def _figure(request):
    asked, indicator, place, found = report.behind(request)
    rows = report.lines(found, asked, request.user)
    return one_sheet(request, indicator.title, figure(), rows, place, period_label(asked.period))


def figure() -> Columns:
    other = text_column(_("Other unit"), lambda row: row["other"], 20)
    kind = text_column(_("Kind"), lambda row: row["kind"], 24)
    amount = Column(_("Amount (đồng)"), Kind.NUMBER, 16), lambda row: row["line"].amount
    return Columns(*_person(), _unit(), other, _day(), kind, amount)


def _overview(request):
    asked, standing, counted, which, found = overview_list.behind(request)
    rows = overview_list.lines(found, asked, counted.measure, request.user)
    told = [asked.report.unit.name, overview_list.days_of(counted.measure.part, standing)]
    told += [str(overview_list.BEHIND_WORDS[which])] if overview_list.BEHIND_WORDS[which] else []
    return one_sheet(request, counted.measure.title, overview(), rows, " · ".join(told))


def overview() -> Columns:
    return Columns(*_person(), _unit(), _day(), text_column(_("Note"), lambda row: row["told"], 40))


def _reoffending(request):
    asked, (base, part, cohort, row), found = reoffending.behind(request)
    told = [reoffending.place_name(asked.report.where, row), str(reoffending.BASE_WORDS[base])]
    told += [f"{_('Year of release')} {cohort}"] if cohort else []
    told += [window] if (window := reoffending.window(asked, request.GET)) else []
    rows = reoffending.lines(found, asked, request.user)
    return one_sheet(request, reoffending.titled(part, request.GET)[0], releases(), rows, " · ".join(told))


def releases() -> Columns:
    return Columns(*_person(), _unit(), day_column(_("Release day"), lambda row: row["followed"].released_on))


def _sent(request):
    submission, version, indicator, found = submission_version.behind(request, row_asked(request.GET))
    told = _("%(unit)s, version %(number)s of the report") % {
        "unit": submission.unit.name, "number": version.number,
    }  # fmt: skip
    rows = submission_version.lines(found, request.user)
    return one_sheet(request, indicator.title, sent(), rows, told, period_days(submission.campaign.period))


def sent() -> Columns:
    return Columns(*_person(), _day())


LISTS = (
    List(
        "figure", gettext_lazy("The list behind a figure"), "report-list", Permission.REPORT_VIEW, "chi-tieu", _figure,
    ),
    List(
        "overview", gettext_lazy("The list behind a figure"), "dashboard-list", Permission.REPORT_VIEW, "tong-quan",
        _overview,
    ),
    List(
        "reoffending", gettext_lazy("The list behind a figure"), "reoffending-list", Permission.REPORT_VIEW,
        "tai-pham", _reoffending,
    ),
    List(
        "sent", gettext_lazy("The list behind a figure"), "submission-list", Permission.REPORT_VIEW,
        "chi-tieu-da-gui", _sent, of=True,
    ),
)  # fmt: skip
