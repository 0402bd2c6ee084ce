from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.importing.way_back import UnitRegister
from cases.models import Unit
from cases.views.lists.workbook import List, row_asked


def _register(request):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=row_asked(request.GET))
    return UnitRegister(request.user, unit).sheets()


REGISTER = List(
    "register",
    gettext_lazy("Register"),
    "unit-detail",
    Permission.CASE_VIEW,
    "so-theo-doi",
    _register,
    of=True,
    holds=gettext_lazy(
        "The file holds the whole register of the unit, in the columns in which it is loaded: loaded again as it is it "
        "adds nothing. Sealed files do not stand in it."
    ),
)
