from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.employment import EmployerFilter
from cases.models import Employer
from cases.reports.lists.employers import employer_columns
from cases.views import pages
from cases.views.lists.workbook import CHUNK, List, one_sheet


def rows_asked(request, form):
    """The employers the list shows, as it is filtered."""
    found = form.apply(Employer.objects.visible_to(request.user).kept()).with_counts().select_related("unit")
    return found.order_by("search_text", "pk")


def _employers(request):
    form = EmployerFilter(request.GET, user=request.user, on=pages.today())
    return one_sheet(request, _("Employers"), employer_columns(), rows_asked(request, form).iterator(chunk_size=CHUNK))


EMPLOYERS = List(
    "employers", gettext_lazy("Employers"), "employer-list", Permission.EMPLOYMENT_VIEW, "noi-lam-viec", _employers
)
