from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.forms.unit import UnitFilter
from cases.importing import national
from cases.importing.way_back import UnitRegister
from cases.lib.numbers import parse_key
from cases.models import DeadlineVersion, Unit, UnitChange
from cases.reports.lists import units
from cases.reports.people.unallocated import count_by_unit
from cases.reports.work.reminders import changes_to_enter
from cases.views import pages
from cases.views.lists.workbook import List, one_sheet, row_asked


def rows_asked(request, form):
    """The units asked for, as they stood on the day asked for: all, those found, or those under one."""
    found = Unit.objects.visible_to(request.user).on(form.day_asked)
    if form.words:
        return found.search(form.words)
    top = top_of(request, found)
    return found.under(top) if top else found


def top_of(request, found):
    """The unit whose branch alone is looked at, or None."""
    key = parse_key(request.GET.get("under", ""))
    return None if key is None else found.filter(pk=key).first()


def _units(request):
    form = UnitFilter(request.GET, user=request.user, on=pages.today())
    rows = rows_asked(request, form).select_related("parent").order_by("path")
    return one_sheet(request, _("Units"), units.unit_columns(), rows, f"{form.day_asked:%d/%m/%Y}")


def _unallocated(request):
    return one_sheet(request, _("Not allocated"), units.divided_columns(), count_by_unit(request.user).items())


def _changes(request):
    rows = UnitChange.objects.visible_to(request.user).select_related("created_by", "undone_by")
    return one_sheet(request, _("Changes of units"), units.change_columns(), rows)


def _register(request):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=row_asked(request.GET))
    return UnitRegister(request.user, unit).sheets()


def _national(request):
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=row_asked(request.GET))
    on, entered = pages.today(), DeadlineVersion.objects.visible_to(request.user).table()
    changed = changes_to_enter(request.user, on, entered)
    sheets = UnitRegister(request.user, unit, among=changed).sheets()
    edition = national.edition_on(on)
    return national.with_titles(sheets, edition) if edition else sheets


NATIONAL = List(
    "national",
    gettext_lazy("For the database of execution"),
    "unit-detail",
    Permission.CASE_VIEW,
    "co-so-du-lieu-thi-hanh-an",
    _national,
    of=True,
    holds=gettext_lazy(
        "The file holds whoever presented, was taken over or was closed within the time in which it is to be entered "
        "into the database of execution (Decree 160/2026, Articles 8 and 14), with what the register holds of them, in "
        "the columns in which it is loaded: loaded again as it is it adds nothing. What that database calls its own "
        "columns is not known here yet, so they are called as in the register. Sealed files do not stand in it."
    ),
)
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
UNITS = List("units", gettext_lazy("Units"), "unit-list", Permission.UNIT_VIEW, "don-vi", _units)
UNALLOCATED = List(
    "unallocated", gettext_lazy("Not allocated"), "unit-unallocated", Permission.UNIT_VIEW, "chua-phan-bo", _unallocated
)
CHANGES = List(
    "unit-changes", gettext_lazy("Changes of units"), "unit-change-list", Permission.UNIT_CHANGE, "thay-doi-don-vi",
    _changes,
)  # fmt: skip
