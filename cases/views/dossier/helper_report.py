"""The helper's report of a quarter (HCD-08): for who helps, and for the officer who keeps it."""

from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.law.forms import HELPER_REPORT
from cases.reports.dossier.checklist import last_quarter, quarters_due
from cases.reports.dossier.drafts import quarterly
from cases.reports.dossier.form_paper import FormNames
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.dossier import drawing
from cases.views.gate import gate


@gate(Permission.RETURNEE_CONTACT, sealed=True, as_file=True)
def show(request, returnee_pk, opened):
    """The report of ?quarter=, the first day of one; else of the last that is over."""
    person, on = frame.find(request, returnee_pk, opened), pages.today()
    quarters = [*quarters_due(person, on), last_quarter(on)]
    quarter = next((each for each in quarters if f"{each.start}" == request.GET.get("quarter")), quarters[0])
    paper = quarterly(person, quarter, request.user, FormNames.on_day(on))
    if request.method == "POST":
        actions.dossier.record_download(returnee=person, code=HELPER_REPORT, by=request.user)
        return drawing.hand_out(request, [paper], f"hcd-08-{person.pk}-{quarter.start:%Y%m}", opened)
    return drawing.show_paper(request, paper, crumbs=trail.of_person(person, _("Report of the quarter")))
