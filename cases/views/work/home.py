from django.shortcuts import render

from cases.access import roles
from cases.access.permissions import Permission
from cases.models import Appointment, Assessment, User
from cases.reports.casefile import clearance
from cases.reports.counting import count_up_to
from cases.reports.people import transfers
from cases.reports.periodic import frozen
from cases.reports.work import duties as due
from cases.reports.work import duty_lists
from cases.views import pages
from cases.views.dashboard import supervisor
from cases.views.gate import gate

SHOWN = 10  # so many new accounts stand on a home page


@gate(Permission.HOME)
def show(request):
    return PAGES[roles.terms(request.user.role).home](request)


def officer(request):
    """An officer's day, and a chief's: with the assessments and the evidence that wait for a decision."""
    on = pages.today()
    # A chief answers for the whole commune, an officer for the people led and for those nobody leads.
    mine = request.GET.get("who", "all" if request.user.is_chief else "mine") != "all"
    context = {"on": on, "mine": mine, "lists": duty_lists.work_lists(due.duties(request.user, on, mine=mine))}
    context["evidence"] = list(clearance.to_confirm(request.user))
    context["transfers"] = count_up_to(transfers.to_answer(request.user))
    if request.user.may(Permission.REPORT_SEND):
        context["reports_waiting"] = frozen.waiting_for(request.user)
    if request.user.may(Permission.ASSESSMENT_APPROVE):
        waiting = Assessment.objects.visible_to(request.user).pending().select_related("returnee", "created_by")
        context["assessments"] = list(waiting.order_by("on", "pk"))
    return render(request, "home/officer.html", context)


def administrator(request):
    accounts = User.objects.visible_to(request.user)
    return render(
        request,
        "home/administrator.html",
        {
            "accounts": accounts.order_by("-made_at", "-pk").prefetch_related("postings__unit")[:SHOWN],
            "active": accounts.filter(is_active=True).count(),
            "inactive": accounts.filter(is_active=False).count(),
        },
    )


def helper(request):
    """The people one helps: name, hamlet, contact, next meeting; nothing else."""
    on = pages.today()
    people = due.people_of(request.user, on)
    upcoming = {}
    for appointment in Appointment.objects.visible_to(request.user).pending().filter(on__gte=on):
        upcoming.setdefault(appointment.returnee_id, appointment)
    rows = [{"person": person, "appointment": upcoming.get(person.pk)} for person in people]
    return render(request, "home/helper.html", {"on": on, "rows": rows})


PAGES = {"officer": officer, "supervisor": supervisor.show, "administrator": administrator, "helper": helper}
