"""What to mind for a person's safety stands above every page of the file: here, where no page can forget it."""

from cases.access import row_scope
from cases.access.permissions import Permission
from cases.lib.numbers import parse_key
from cases.models import SafetyFlag
from cases.views import pages, reading
from cases.views.casefile import unsealed


def flags_above(request):
    """What stands above this page: of the person it is of, or of those named in its address (`?person=`), for whoever
    reads the file; nothing on any other page.
    """
    came = request.resolver_match
    if came is None or not request.user.may(Permission.CASE_VIEW):
        return []
    person, row = (parse_key(f"{came.kwargs.get(name)}") for name in ("returnee_pk", "pk"))
    if person is not None:
        return _standing(request, person if unsealed.get_opening(request, person) else None, returnee=person)
    if row is not None and (way := reading.way_to_row(came)):
        return _standing(request, None, pk__in=_flags_of_row(request, way, row))
    named = [key for asked in request.GET.getlist("person") if (key := parse_key(asked)) is not None]
    return _standing(request, None, returnee__in=named) if named else []


def _flags_of_row(request, way, row):
    """The ids alone: what is read of them is read within the scope of the user."""
    rows = SafetyFlag.objects.visible_to(request.user).filter(**{f"returnee__{way}": row})
    with row_scope.beyond("whose the row of a page is may be told by rows of others"):
        return set(rows.values_list("pk", flat=True))


def _standing(request, opened, **of):
    rows = SafetyFlag.objects.visible_to(request.user, opened).standing(pages.today()).filter(**of)
    return list(rows.select_related("returnee", "created_by"))
