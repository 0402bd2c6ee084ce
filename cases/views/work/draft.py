from uuid import UUID

from django.http import JsonResponse

from cases.access.permissions import Permission
from cases.reports.work import recorded as register
from cases.views.gate import gate

AT_MOST = 50  # as many drafts as a device keeps of one user (static/js/draft-store.js)


@gate(Permission.HOME)
def show_recorded(request):
    """Which of the entries asked about (?uid=…&uid=…) are recorded; what is no uid is passed over."""
    asked = [uid for uid in map(as_uid, request.GET.getlist("uid")[:AT_MOST]) if uid]
    return JsonResponse({"recorded": sorted(str(uid) for uid in register.recorded_uids(request.user, asked))})


def as_uid(text):
    try:
        return UUID(text)
    except ValueError:
        return None
