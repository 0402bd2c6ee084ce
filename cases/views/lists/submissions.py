from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.models import Campaign
from cases.reports.lists import submissions
from cases.reports.periodic import frozen
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.templatetags.words import period_days, period_label
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet, row_asked
from cases.views.periodic import frame


def drill_down(request, pk):
    """The report, the version asked for, the figure and its lines as they were sent."""
    submission = frame.find_document(request, pk)
    version = frame.version(request, submission, request.GET)
    indicator = BY_KEY.get(request.GET.get("indicator", ""), INDICATORS[0])
    return submission, version, indicator, frozen.lines_of(version, indicator.key)


def _campaigns(request):
    user = request.user
    if user.unit.is_commune:
        return one_sheet(request, _("Reports sent"), submissions.owed_columns(), submissions.submissions(user))
    return one_sheet(request, _("Reports sent"), submissions.collected_columns(), submissions.campaigns(user))


def _campaign(request):
    """The communes of one campaign; what a commune may see of it is its own row."""
    asked = get_object_or_404(Campaign.objects.visible_to(request.user), pk=row_asked(request.GET))
    rows = frozen.standings(submissions.expected_submissions(asked, request.user), pages.today())
    told = asked.unit.name, period_label(asked.period)
    return one_sheet(request, _("Reports sent"), submissions.standing_columns(), rows, *told)


def _sent(request):
    submission, version, indicator, found = drill_down(request, row_asked(request.GET))
    told = _("%(unit)s, version %(number)s of the report") % {
        "unit": submission.unit.name, "number": version.number,
    }  # fmt: skip
    rows = submissions.lines(found, request.user)
    days = period_days(submission.campaign.period)
    return one_sheet(request, indicator.title, submissions.line_columns(), rows, told, days)


CAMPAIGNS = List(
    "campaigns", gettext_lazy("Reports sent"), "campaign-list", Permission.REPORT_VIEW, "dot-bao-cao", _campaigns
)
CAMPAIGN = List(
    "campaign", gettext_lazy("Reports sent"), "campaign-detail", Permission.REPORT_VIEW, "tinh-hinh-nop-bao-cao",
    _campaign, of=True,
)  # fmt: skip
SENT = List(
    "sent", gettext_lazy("The list behind a figure"), "submission-list", Permission.REPORT_VIEW, "chi-tieu-da-gui",
    _sent, of=True,
)  # fmt: skip
