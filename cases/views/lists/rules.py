from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.law.versions import in_force
from cases.models import RuleVersion
from cases.reports.lists.rules import deadline_columns, deadlines, wait_columns, waits
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet


def _rules(request):
    on = pages.today()
    now = in_force(RuleVersion.objects.visible_to(request.user).rule_sets(), on)
    told = _("In force: %(code)s, from %(day)s") % {"code": now.code, "day": f"{now.valid_from:%d/%m/%Y}"}
    return [
        *one_sheet(request, _("Waiting periods in months"), wait_columns(), waits(now), told),
        *one_sheet(request, _("Deadlines of the officers"), deadline_columns(), deadlines(request.user, on)),
    ]


RULES = List("rules", gettext_lazy("Rules"), "rule-list", Permission.RULE_VIEW, "quy-dinh", _rules)
