"""Files a reviewer talks over with those who lead them: five a week, a reply in one tap, which becomes their task."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import actions
from cases.access.permissions import Permission
from cases.models import Returnee
from cases.reports.dashboard import coaching
from cases.reports.dashboard.coaching import FILES, RULE_WORDS, CoachingRule
from cases.views import pages
from cases.views.gate import gate

WITHIN = timedelta(days=7)
REPLIES = {
    "meet": gettext_lazy("Please meet the person within a week"),
    "family": gettext_lazy("Please ask the family or the hamlet where the person is"),
    "need": gettext_lazy("Please see what the need waits for"),
    "facts": gettext_lazy("Please find the fact the judgment lacks"),
    "praise": gettext_lazy("Well done: please pass the praise on"),
}
# Of each rule the reply that fits first
FITTING = {
    CoachingRule.SILENT: ("meet", "family"),
    CoachingRule.FAILED: ("family", "meet"),
    CoachingRule.NEED: ("need", "meet"),
    CoachingRule.UNKNOWN: ("facts",),
    CoachingRule.PRAISE: ("praise",),
}


@gate(Permission.COACHING)
def show_list(request):
    on = pages.today()
    files = coaching.queue(request.user, on)
    context = {
        "files": [
            {
                "file": each,
                "reason": RULE_WORDS.get(each.rule, ""),
                "replies": [(key, REPLIES[key]) for key in FITTING.get(each.rule, ())] if each.recipient else [],
            }
            for each in files
        ],
        "week": coaching.week_start(on),
        "most": FILES,
        "crumbs": [{"label": _("Today"), "url": reverse("home")}, {"label": _("Files to talk over"), "url": ""}],
    }
    return render(request, "coaching/list.html", {"title": _("Files to talk over"), **context})


@gate(Permission.COACHING, "POST")
def reply(request, returnee_pk):
    on, key = pages.today(), request.POST.get("reply")
    person = get_object_or_404(Returnee.objects.visible_to(request.user).kept().managed(on), pk=returnee_pk)
    recipient = coaching.recipient_of(request.user, person, on)
    if key not in REPLIES or recipient is None:
        messages.warning(request, _("Nothing was sent: choose one of the replies on this page."))
    elif actions.task.ask(person=person, of=recipient, text=str(REPLIES[key]), on=on, within=WITHIN, by=request.user):
        messages.success(request, _("Sent to %(name)s as a task for a week.") % {"name": recipient.full_name})
    else:
        messages.info(request, _("You have asked about this person this week already."))
    return redirect("coaching-list")
