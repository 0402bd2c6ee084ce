"""The case file: the header that stays and the tabs, its timeline and its history."""

from django.shortcuts import render
from django.urls import reverse

from cases.access.permissions import Permission
from cases.models import Activity, Appointment, GroupMeeting
from cases.reports.casefile import history, readers, timeline
from cases.reports.casefile.file_rows import FileRows
from cases.reports.work.helped import lead_phone
from cases.views import pages
from cases.views.casefile import frame
from cases.views.gate import gate

EDITED_AT = {
    "activity-edit": Permission.ACTIVITY_LOG,
    "appointment-missed": Permission.ACTIVITY_CORRECT,
    "meeting-detail": Permission.MEETING_VIEW,
}


@gate(Permission.RETURNEE_CONTACT, sealed=True)
def detail(request, returnee_pk, opened):
    """The first tab; a helper sees a page of their own with contact and next task, nothing of the file."""
    returnee = frame.find(request, returnee_pk, opened)
    if not request.user.may(Permission.CASE_VIEW):
        return contact(request, returnee)
    kind = request.GET.get("kind", "")
    kind = kind if kind in timeline.KINDS else ""
    rows = FileRows(returnee)
    page = pages.paginate(request, timeline.events(rows, request.user, pages.today(), kind, opened))
    months, meetings = timeline.months(page.object_list), visible_meetings(request.user, page.object_list)
    return frame.show_tab(
        request,
        returnee,
        "returnee/timeline.html",
        tab="timeline",
        rows=rows,
        page_obj=page,
        months=[(month.first, with_edit_links(request.user, month.events, meetings)) for month in months],
        kinds=timeline.KINDS.items(),
        kind=kind,
    )


def visible_meetings(user, events):
    """Which of the group meetings told of the user may open: a meeting belongs to its unit."""
    asked = [event.pk for event in events if event.route == "meeting-detail"]
    return set(GroupMeeting.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))


def with_edit_links(user, events, meetings):
    """Pair each event with the address where the user may edit it, or ""; of meetings those in `meetings`."""

    def edit_url(event):
        if not event.route or not user.may(EDITED_AT[event.route]):
            return ""
        shut = user.outside or event.route == "meeting-detail" and event.pk not in meetings
        return "" if shut else reverse(event.route, args=[event.pk])

    return [(event, edit_url(event)) for event in events]


def contact(request, returnee):
    """Name, hamlet, contact, next meeting, and what the helper logged: the least a helper needs."""
    standing = Activity.objects.visible_to(request.user).kept()
    logged = standing.filter(entries__returnee=returnee, entries__withdrawn_at=None)[:20]
    told = set(Activity.objects.known_to(request.user).filter(entries__returnee=returnee).values_list("pk", flat=True))
    return render(
        request,
        "returnee/contact.html",
        {
            "returnee": returnee,
            "lead_phone": lead_phone(returnee),
            "on": pages.today(),
            "appointment": Appointment.objects.visible_to(request.user).pending().filter(returnee=returnee).first(),
            "logged": [(activity, activity.note if activity.pk in told else "") for activity in logged],
        },
    )


@gate(Permission.CASE_VIEW, sealed=True)
def changes(request, returnee_pk, opened):
    """Who changed what, or with ?show=opened who opened the file."""
    returnee = frame.find(request, returnee_pk, opened)
    openings = request.GET.get("show") == "opened"
    rows = history.openings(returnee) if openings else history.changes(returnee)
    page = pages.paginate(request, rows)
    return frame.show_tab(
        request,
        returnee,
        "returnee/history.html",
        tab="history",
        page_obj=page,
        opened=openings,
        readings=readers.readings(page.object_list) if openings else [],
        entries=[] if openings else history.history_entries(page.object_list, request.user, opened),
    )
