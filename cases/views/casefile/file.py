"""The case file: the header that stays and the tabs, its timeline and its history."""

from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.models import Activity, Appointment, GroupMeeting, Returnee
from cases.reports.casefile import file_header, history, timeline
from cases.views import pages
from cases.views.casefile import unsealed
from cases.views.gate import gate

EDITED_AT = {
    "activity-edit": Permission.ACTIVITY_CORRECT,
    "appointment-missed": Permission.ACTIVITY_CORRECT,
    "meeting-detail": Permission.MEETING_VIEW,
}
AT_A_SEALED_FILE = (Permission.CASE_VIEW, Permission.RETURNEE_CLOSE)


def tabs(returnee, current):
    """The tabs of the file as links; a tab whose page does not exist is left out."""
    words = {
        "timeline": ("returnee-detail", _("Timeline")),
        "sentence": ("returnee-sentence", _("Sentence")),
        "clock": ("returnee-clock", _("Clean record")),
        "needs": ("returnee-needs", _("Needs")),
        "paperwork": ("returnee-paperwork", _("Paperwork")),
        "work": ("returnee-work", _("Employment")),
        "group": ("returnee-group", _("5+1 group")),
        "violations": ("returnee-violations", _("Violations")),
        "history": ("returnee-history", _("History")),
    }
    found = []
    for key, (route, label) in words.items():
        url = address(route, returnee.pk)
        if url:
            # A phone shows the part asked for, not the head once more.
            place = "" if key == "timeline" else "#part"
            found.append({"label": label, "url": f"{url}{place}", "current": key == current})
    return found


def address(route, *arguments):
    try:
        return reverse(route, args=arguments)
    except NoReverseMatch:
        return ""


def find(request, returnee_pk):
    """The person, in the user's scope and not withdrawn, or 404."""
    return get_object_or_404(file_header.people(request.user), pk=returnee_pk)


def stored(request, returnee_pk):
    """The person as stored, without what the header adds."""
    return get_object_or_404(Returnee.objects.visible_to(request.user).kept(), pk=returnee_pk)


def rights(user, returnee=None):
    """What the user may do, for templates: `may.RETURNEE_EDIT`; a sealed file is read, and at most reopened."""
    allowed = AT_A_SEALED_FILE if returnee and returnee.is_sealed else Permission
    return {permission.name: permission in allowed and user.may(permission) for permission in Permission}


def crumbs(returnee, *more):
    """Unit, list, person, and where one is below."""
    path = [
        {"label": _("Files"), "url": reverse("returnee-list")},
        {"label": returnee.full_name, "url": reverse("returnee-detail", args=[returnee.pk])},
    ]
    return [*path, *({"label": label, "url": ""} for label in more)]


def show_tab(request, returnee, template, *, tab, **context):
    """Render a tab of the case file; `template` extends returnee/file.html and fills its block `tab`.

    Beside `context` the template has returnee, header, tabs, on, and `may` (see rights).
    """
    on = pages.today()
    header = file_header.build(returnee, request.user, on)
    frame = {
        "returnee": returnee,
        "header": header,
        "alerts": [(alert, address(alert.route, returnee.pk) if alert.route else "") for alert in header.alerts],
        "tab": tab,
        "tabs": tabs(returnee, tab),
        "on": on,
        "may": rights(request.user, returnee),
        "log_url": address("activity-add"),
        "snooze_url": header.next_duty and address("duty-snooze", returnee.pk, header.next_duty.key),
    }
    if returnee.is_sealed:
        frame["sealed_until"] = unsealed.until(request)
        context |= {name: False for name in context if name.startswith("may_")}
    return render(request, template, {**frame, **context})


@gate(Permission.RETURNEE_CONTACT)
def detail(request, returnee_pk):
    """The first tab; a helper sees a page of their own with contact and next task, nothing of the file."""
    returnee = find(request, returnee_pk)
    if not request.user.may(Permission.CASE_VIEW):
        return contact(request, returnee)
    kind = request.GET.get("kind", "")
    kind = kind if kind in timeline.KINDS else ""
    page = pages.paginate(request, timeline.events(returnee, request.user, pages.today(), kind))
    months = timeline.months(page.object_list)
    return show_tab(
        request,
        returnee,
        "returnee/timeline.html",
        tab="timeline",
        page_obj=page,
        months=[(month.first, mended(request.user, month.events)) for month in months],
        kinds=timeline.KINDS.items(),
        kind=kind,
    )


def mended(user, events):
    """Each event of the timeline with the page on which the user may mend it, or ""; a meeting is its unit's."""
    asked = [event.pk for event in events if event.route == "meeting-detail"]
    held = set(GroupMeeting.objects.visible_to(user).filter(pk__in=asked).values_list("pk", flat=True))

    def mended_at(event):
        if not event.route or not user.may(EDITED_AT[event.route]):
            return ""
        return "" if event.route == "meeting-detail" and event.pk not in held else address(event.route, event.pk)

    return [(event, mended_at(event)) for event in events]


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
            "on": pages.today(),
            "appointment": Appointment.objects.visible_to(request.user).pending().filter(returnee=returnee).first(),
            "logged": [(activity, activity.note if activity.pk in told else "") for activity in logged],
            "log_url": address("activity-add"),
        },
    )


@gate(Permission.CASE_VIEW)
def changes(request, returnee_pk):
    """Who changed what, or with ?show=opened who opened the file."""
    returnee = find(request, returnee_pk)
    opened = request.GET.get("show") == "opened"
    rows = history.openings(returnee) if opened else history.changes(returnee)
    page = pages.paginate(request, rows)
    return show_tab(
        request,
        returnee,
        "returnee/history.html",
        tab="history",
        page_obj=page,
        opened=opened,
        entries=[] if opened else history.in_words(page.object_list, request.user),
    )
