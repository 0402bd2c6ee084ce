from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.reports.lists.imports import upload_columns, uploads
from cases.views.lists.workbook import List, one_sheet


def _imports(request):
    return one_sheet(request, _("Import from Excel"), upload_columns(), uploads(request.user))


IMPORTS = List(
    "imports", gettext_lazy("Import from Excel"), "import-list", Permission.IMPORT_NOTICES, "cac-lan-nhap", _imports
)
