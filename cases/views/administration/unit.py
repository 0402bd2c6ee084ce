from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.forms.unit import UnitFilter
from cases.forms.unit_field import AMONG, SHOWN
from cases.models import RuleVersion, Unit, User
from cases.reports.administration import accounts
from cases.reports.administration.unit_tree import provinces, tree
from cases.reports.people.unallocated import count_by_unit
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.units import rows_asked, top_of

WHOLE_TREE = 300  # units; a larger forest is opened province by province


@gate(Permission.UNIT_VIEW)
def show_list(request):
    form = UnitFilter(request.GET, user=request.user, on=pages.today())
    units = rows_asked(request, form)
    context = {"form": form, "day": form.day_asked, "unallocated": sum(count_by_unit(request.user).values())}
    if form.words:
        page = pages.paginate(request, units.select_related("parent__parent"))
        return render(request, "unit/found.html", {**context, "page_obj": page, "count": page.count})
    count = units.count()
    top = top_of(request, units)
    if count > WHOLE_TREE and top is None:
        return render(request, "unit/provinces.html", {**context, "count": count, "provinces": provinces(units)})
    forest = tree(units.prefetch_related("successions__new", "origins__old"))
    return render(request, "unit/list.html", {**context, "forest": forest, "count": count, "top": top})


@gate(Permission.HOME)
def find(request):
    """Suggestions for what is being typed. Names and codes are public; which units a form takes is its own matter."""
    units = AMONG.get(request.GET.get("among"), AMONG["mine"])(request.user, pages.today())
    words = request.GET.get("q", "")[:80].strip()
    found = units.search(words).select_related("parent__parent")[:SHOWN] if words else []
    return render(request, "unit/_found.html", {"units": found})


@gate(Permission.UNIT_VIEW)
def detail(request, pk):
    mine = Unit.objects.visible_to(request.user)
    unit = get_object_or_404(mine.select_related("parent"), pk=pk)
    posted = User.objects.visible_to(request.user).filter(is_active=True).posted(pages.today(), unit=unit)
    return render(
        request,
        "unit/detail.html",
        {
            "unit": unit,
            "certainty": dict(RuleVersion.Certainty.choices).get(unit.certainty, ""),
            "parent": mine.filter(pk=unit.parent_id).first(),
            "below": mine.filter(parent=unit).order_by("-valid_from", "code"),
            "successions": unit.successions.select_related("new"),
            "origins": unit.origins.select_related("old"),
            "reachable": set(mine.values_list("pk", flat=True)),
            "may_change": request.user.may(Permission.UNIT_CHANGE) and unit.in_force(pages.today()),
            "accounts": accounts.roster(posted, pages.today()),
            "crumbs": [{"label": _("Units"), "url": reverse("unit-list")}, {"label": unit.name}],
        },
    )
