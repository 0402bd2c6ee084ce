from uuid import UUID

from django.http import JsonResponse

from cases.access.permissions import Permission
from cases.reports.work import recorded as register
from cases.views.gate import gate

AT_MOST = 50  # as many drafts as a device keeps of one user (static/js/draft-store.js)
PEOPLE_AT_MOST = 300  # as many people as are asked about at once (static/js/draft-people.js)


@gate(Permission.HOME)
def show_recorded(request):
    """Which of the entries asked about (?uid=…&uid=…) are recorded, and of which people (?person=…) nothing may be told
    any more: handed over or sealed since. What is no uid and no id is passed over; nobody is named.
    """
    asked = [uid for uid in map(as_uid, request.GET.getlist("uid")[:AT_MOST]) if uid]
    recorded = sorted(str(uid) for uid in register.recorded_uids(request.user, asked))
    people = [each for each in request.GET.getlist("person")[:PEOPLE_AT_MOST] if each.isascii() and each.isdigit()]
    return JsonResponse({"recorded": recorded, "unseen": register.unseen_people(request.user, people)})


def as_uid(text):
    try:
        return UUID(text)
    except ValueError:
        return None
