from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.loan import LoanListForm
from cases.reports.lists.loans import borrower_columns
from cases.views import pages
from cases.views.lists.workbook import CHUNK, List, one_sheet


def _loans(request):
    form = LoanListForm(user=request.user, on=pages.today())
    rows = form.fields["people"].queryset.iterator(chunk_size=CHUNK)
    return one_sheet(request, _("List for a loan"), borrower_columns(), rows)


LOANS = List("loans", gettext_lazy("List for a loan"), "loan-list", Permission.EMPLOYMENT_EDIT, "vay-von", _loans)
