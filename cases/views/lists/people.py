from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.filters import ReturneeFilter
from cases.forms.force_grid import ForceGridForm
from cases.models import Organisation
from cases.reports.casefile import file_header
from cases.reports.lists.people import caseload_columns, file_columns, force_columns, pair_columns, with_judgments
from cases.reports.people import duplicates, force_grid
from cases.reports.work import caseload
from cases.views import pages
from cases.views.lists.workbook import CHUNK, List, one_sheet


def rows_asked(request):
    """The people the list shows, as it is filtered."""
    return ReturneeFilter(request.GET, file_header.files_for(request.user), user=request.user, on=pages.today())


def _files(request):
    rows = with_judgments(rows_asked(request).qs).iterator(chunk_size=CHUNK)
    return one_sheet(request, _("Files"), file_columns(), file_header.file_standings(rows, pages.today()))


def forces_asked(request):
    """The form of what was asked of the grid of the forces, and the people it asks for."""
    on = pages.today()
    form = ForceGridForm(request.GET, user=request.user, on=on)
    hamlet, force = form.chosen
    people = force_grid.people(request.user, on, force).select_related("unit")
    return form, people.filter(hamlet=hamlet) if hamlet else people


def _forces(request):
    on = pages.today()
    forces = list(Organisation.objects.visible_to(request.user).on(on))
    people = forces_asked(request)[1].iterator(chunk_size=CHUNK)
    parts = iter(lambda: list(islice(people, CHUNK)), [])
    rows = (row for part in parts for row in force_grid.grid(part, on, forces)[1])
    return one_sheet(request, _("Contacts of the 5+1, force by force"), force_columns(forces), rows)


def _alike(request):
    return one_sheet(request, _("Files likely made twice"), pair_columns(), duplicates.likely_pairs(request.user))


def _caseloads(request):
    return one_sheet(request, _("Caseloads"), caseload_columns(), caseload.loads(request.user))


FILES = List("people", gettext_lazy("Files"), "returnee-list", Permission.CASE_VIEW, "ho-so", _files)
FORCES = List(
    "forces",
    gettext_lazy("Contacts of the 5+1, force by force"),
    "force-grid",
    Permission.CASE_VIEW,
    "tiep-xuc-theo-luc-luong",
    _forces,
)
ALIKE = List(
    "alike", gettext_lazy("Files likely made twice"), "duplicate-list", Permission.RETURNEE_CLOSE, "ho-so-trung", _alike
)
CASELOADS = List(
    "caseloads", gettext_lazy("Caseloads"), "caseload-list", Permission.CASELOAD_SHARE, "phan-cong", _caseloads
)
