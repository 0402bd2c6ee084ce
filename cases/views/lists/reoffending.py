from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.reoffending import read, years_word
from cases.lib.numbers import parse_key
from cases.reports.dashboard import cohorts, reoffending
from cases.reports.dashboard.reoffending import PART_RULES, PART_WORDS, Base, CohortPart
from cases.reports.lists.reoffending import BASE_WORDS, CURVE_RULE, lines, release_columns
from cases.reports.periodic.report_scope import DIRECT
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet
from cases.views.periodic.report_query import understand


def drill_down(request):
    """What was asked for, the figure by base, part, cohort and row, and the releases behind it, the latest first."""
    on = pages.today()
    asked = understand(request, read)
    figure, month = _place(request.GET, asked.report.where), parse_key(request.GET.get("month", ""))
    people = cohorts.read(asked.report.where, on)
    found = reoffending.under_risk(people, month, on) if month else _counted_in(figure, people, asked, on)
    return asked, figure, sorted(found, key=lambda each: each.released_on, reverse=True)


def _counted_in(figure, people, asked, on):
    base, part, cohort, row = figure
    people = reoffending.finished_cohorts(reoffending.of_base(base, people), asked.years, on)
    if cohort is not None:
        people = [each for each in people if each.cohort == cohort]
    if row is not None:
        people = [each for each in people if asked.report.where.compared_at(each.unit) == row]
    return reoffending.drill_down(part, people, asked.years, on)


def _place(query, where):
    """Which figure is asked about; what is no base, part, year or unit of the page counts as not asked."""
    base, part, row = query.get("base"), query.get("part"), parse_key(query.get("part_of", ""))
    return (
        Base(base) if base in list(Base) else Base.COMPLETED,
        CohortPart(part) if part in list(CohortPart) else CohortPart.RELEASED,
        parse_key(query.get("cohort", "")),
        row if row == DIRECT or row in where.compared else None,
    )


def title_and_note(part, query):
    """What the list is called, and how it is counted."""
    month = parse_key(query.get("month", ""))
    if not month:
        return PART_WORDS[part], PART_RULES[part]
    return _("Still followed in month %(month)s after release") % {"month": month}, CURVE_RULE


def window(asked, query):
    """How long everybody of the list was followed; nothing for a month of the curve, which says it itself."""
    if parse_key(query.get("month", "")):
        return ""
    return _("followed for %(window)s after release") % {"window": years_word(asked.years)}


def place_name(where, row):
    return where.unit.name if row is None else where.name_of(row)


def _reoffending(request):
    asked, (base, part, cohort, row), found = drill_down(request)
    told = [place_name(asked.report.where, row), str(BASE_WORDS[base])]
    told += [f"{_('Year of release')} {cohort}"] if cohort else []
    told += [followed] if (followed := window(asked, request.GET)) else []
    rows = lines(found, asked.report.where, request.user)
    return one_sheet(request, title_and_note(part, request.GET)[0], release_columns(), rows, " · ".join(told))


REOFFENDING = List(
    "reoffending", gettext_lazy("The list behind a figure"), "reoffending-list", Permission.REPORT_VIEW, "tai-pham",
    _reoffending,
)  # fmt: skip
