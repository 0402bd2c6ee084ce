from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.meeting import AttendanceForm, HeldForm, MeetingEditForm, PlanForm
from cases.models import Attendance, GroupMeeting
from cases.reports.people import sealed
from cases.views import pages
from cases.views.gate import gate
from cases.views.lists.meetings import rows_asked

OPEN_SHOWN = 50


def _find(request, pk):
    meetings = GroupMeeting.objects.visible_to(request.user).kept()
    return get_object_or_404(meetings.select_related("unit"), pk=pk)


def _crumbs(*items):
    return [{"label": _("Meetings"), "url": reverse("meeting-list")}, *items]


@gate(Permission.MEETING_VIEW)
def show_list(request):
    on = pages.today()
    meetings = rows_asked(request)
    waiting = list(meetings.filter(attendance_taken_at=None).order_by("on", "pk")[:OPEN_SHOWN])
    context = {
        "upcoming": [meeting for meeting in waiting if meeting.on >= on],
        "unrecorded": [meeting for meeting in waiting if meeting.on < on],
        "page_obj": pages.paginate(request, meetings.held().order_by("-on", "-pk")),
        "on": on,
        "show_unit": not request.user.unit.is_commune,
        "may_edit": request.user.may(Permission.MEETING_EDIT),
    }
    return render(request, "meeting/list.html", context)


@gate(Permission.MEETING_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request):
    on = pages.today()
    form = PlanForm(pages.bound_data(request), instance=GroupMeeting(unit=request.user.unit), user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            meeting = actions.meeting.plan(
                meeting=form.instance, invited=list(form.cleaned_data["people"]), by=request.user
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Planned: %(topic)s on %(day)s.")
            messages.success(request, said % {"topic": meeting.topic, "day": f"{meeting.on:%d/%m/%Y}"})
            return redirect("meeting-detail", pk=meeting.pk)
    return _show_form(request, form, _("Plan a meeting"), "meeting/form.html", form.offer("people"))


@gate(Permission.MEETING_EDIT, "GET", "POST")
@pages.one_at_a_time
def record(request):
    """A meeting held and not planned here, in one pass; place and topic begin as those of the last one."""
    on, unit = pages.today(), request.user.unit
    last = GroupMeeting.objects.visible_to(request.user).kept().filter(unit=unit).first()
    begun = {"place": last.place, "topic": last.topic} if last else {}
    blank = GroupMeeting(unit=unit, on=on, **begun)
    form = HeldForm(pages.bound_data(request), instance=blank, user=request.user, on=on)
    if pages.is_sent(request, form):
        came = list(form.cleaned_data["people"])
        try:
            meeting = actions.meeting.hold(meeting=form.instance, came=came, notes=form.notes(came), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Recorded: %(topic)s on %(day)s, %(came)d present.")
            told = {"topic": meeting.topic, "day": f"{meeting.on:%d/%m/%Y}", "came": len(came)}
            messages.success(request, said % told)
            return redirect("meeting-detail", pk=meeting.pk)
    people = form.with_notes(form.offer("people"))
    return _show_form(request, form, _("Record a meeting held"), "meeting/record.html", people)


def _show_form(request, form, title, template, people):
    """A new meeting, with the people to tick."""
    return pages.show_form(
        request,
        form,
        title=title,
        template=template,
        people=people,
        chosen=form.chosen("people"),
        crumbs=_crumbs({"label": title}),
        cancel_url=reverse("meeting-list"),
    )


@gate(Permission.MEETING_VIEW, "GET", "POST")
@pages.one_at_a_time
def show(request, pk):
    """The meeting, and for those who hold it the attendance: one pass, as often as it takes to be right."""
    meeting = pages.lock_row(request, _find(request, pk))
    if not request.user.may(Permission.MEETING_EDIT):
        if request.method == "POST":
            raise PermissionDenied
        return _show(request, meeting, None)
    form = AttendanceForm(pages.bound_data(request), meeting=meeting, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            came = _take(request, meeting, form)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            said = _("Attendance recorded: %(came)d present of %(invited)d.")
            messages.success(request, said % {"came": came, "invited": meeting.attendances.count()})
            return redirect("meeting-detail", pk=meeting.pk)
    return _show(request, meeting, form)


def _take(request, meeting, form):
    chosen = form.cleaned_data
    actions.meeting.take_attendance(
        meeting=meeting,
        present={person.pk for person in chosen["present"]},
        walk_ins=list(chosen["walk_ins"]),
        among=set(form.fields["present"].queryset.values_list("pk", flat=True)),
        note=chosen["note"],
        notes=form.notes([*form.fields["present"].queryset, *chosen["walk_ins"]]),
        by=request.user,
    )
    return meeting.attendances.filter(present=True).count()


def _show(request, meeting, form):
    on = pages.today()
    seen = Attendance.objects.visible_to(request.user).filter(meeting=meeting, returnee__withdrawn_at=None)
    attendances = list(seen.select_related("returnee"))
    named = {attendance.pk for attendance in attendances}
    unnamed = [each for each in meeting.attendances.filter(returnee__withdrawn_at=None) if each.pk not in named]
    hidden = sealed.sealed_files(each.returnee_id for each in unnamed)
    may_edit = form is not None
    invited = [attendance.returnee for attendance in attendances]
    context = {
        "meeting": meeting,
        "attendances": attendances,
        "invited_people": form.with_notes(invited) if may_edit else invited,
        "invited_count": len(attendances) + len(unnamed),
        "present_count": sum(attendance.present for attendance in (*attendances, *unnamed)),
        "sealed_count": len(hidden),
        "elsewhere_count": len(unnamed) - len(hidden),
        "form": form,
        "taking": may_edit and meeting.on <= on,
        "may_edit": may_edit,
        "others": form.with_notes(form.offer("walk_ins", form.others)) if may_edit else [],
        "chosen": form.chosen("present") if may_edit else set(),
        "walked_in": form.chosen("walk_ins") if may_edit else set(),
        "on": on,
        "crumbs": _crumbs({"label": f"{meeting.on:%d/%m/%Y}"}),
    }
    return render(request, "meeting/detail.html", context)


@gate(Permission.MEETING_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    meeting = pages.lock_row(request, _find(request, pk))
    form = MeetingEditForm(pages.bound_data(request), instance=meeting, user=request.user, on=pages.today())
    page = reverse("meeting-detail", args=[meeting.pk])
    if pages.is_sent(request, form):
        try:
            actions.meeting.correct(meeting=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved: %(topic)s.") % {"topic": meeting.topic})
            return redirect(page)
    title = _("Edit a meeting")
    crumbs = _crumbs({"label": f"{meeting.on:%d/%m/%Y}", "url": page}, {"label": title})
    return pages.show_form(request, form, title=title, tab_title=title, crumbs=crumbs, cancel_url=page)
