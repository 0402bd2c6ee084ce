"""Who leads how many people under a unit, and who of them needs help: a page for whoever talks it over with them."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.access.permissions import Permission
from cases.lib.percentage import rate
from cases.reports.dashboard import workload
from cases.reports.dashboard.workload import BACK, WITHIN, WorkloadOrder
from cases.reports.work.entry_patterns import entry_patterns, persistent
from cases.views import pages
from cases.views.gate import gate

ORDERS = {
    WorkloadOrder.OVERDUE: gettext_lazy("Most overdue"),
    WorkloadOrder.LOAD: gettext_lazy("Most people"),
    WorkloadOrder.SIGN_IN: gettext_lazy("Longest not signed in"),
    WorkloadOrder.LATE: gettext_lazy("Logs late"),
}

TITLE = gettext_lazy("Officers: load, overdue, sign-in, time to log")


@gate(Permission.COACHING)
def show_list(request):
    """Nobody is named to the whole country: there the overview tells of each province."""
    if request.user.sees_everything:
        return pages.show_of_country(request, TITLE)
    asked = request.GET.get("order")
    order = WorkloadOrder(asked) if asked in set(WorkloadOrder) else WorkloadOrder.OVERDUE
    on = pages.today()
    officers, nobody = workload.workloads(request.user, on, order)
    page = pages.paginate(request, officers)
    patterns = entry_patterns([each.officer.pk for each in page], on)
    context = {
        "title": TITLE,
        "on": on,
        "orders": [(each, words, None, f"?order={each}") for each, words in ORDERS.items()],
        "order": order,
        "page_obj": page,
        "rows": [
            {
                "row": each,
                "overdue": rate(each.overdue, each.led, step="1"),
                "soon": rate(each.soon, each.logged, step="1"),
                "patterns": persistent(patterns.get(each.officer.pk, ()), on),
            }
            for each in page
        ],
        "nobody": nobody,
        "back": BACK,
        "within": WITHIN,
        "crumbs": [{"label": _("Today"), "url": reverse("home")}, {"label": _("Officers"), "url": ""}],
    }
    return render(request, "workload/list.html", context)
