from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.activity import ActivityForm, ActivityWithdrawalForm, MissedForm
from cases.forms.quick_log import QuickLogForm
from cases.lib.numbers import parse_key
from cases.models import Activity, ActivityEntry, Appointment, Returnee
from cases.models.joint_read import read_jointly
from cases.views import pages, question, ways
from cases.views.gate import gate

UNDO_MINUTES = 10


@gate(Permission.ACTIVITY_LOG, "GET", "POST")
@pages.one_at_a_time
def add(request):
    form = QuickLogForm(pages.bound_data(request), initial=read_link(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            activity = actions.activity.record(
                activity=form.activity(),
                entries=form.entries(),
                organisations=form.cleaned_data["organisations"],
                next_time=form.agreed(),
                by=request.user,
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            return answer_recorded(request, form, activity)
    return pages.show_form(
        request,
        form,
        title=_("Quick log"),
        template="activity/add.html",
        may_edit_meetings=request.user.may(Permission.MEETING_EDIT),
        may_make_files=request.user.may(Permission.RETURNEE_EDIT),
    )


def read_link(request):
    """Return the values chosen by the link to this page; unknown ids and kinds are ignored."""
    people = [key for pk in request.GET.getlist("person") if (key := parse_key(pk)) is not None]
    asked = {
        "people": list(
            Returnee.objects.visible_to(request.user).kept().filter(pk__in=people).values_list("pk", flat=True)
        ),
        "next": ways.came_from(request),
    }
    if request.GET.get("kind") in Activity.Kind.values:
        asked["kind"] = request.GET["kind"]
    return asked


def answer_recorded(request, form, activity):
    """Say what was recorded, with the offer to undo it, and go back to where one came from, or on to the next."""
    back = ways.safe(request, form.cleaned_data["next"]) or reverse("home")
    undo = reverse("activity-undo", args=[activity.pk]) + "?" + urlencode({"next": back})
    context = {"text": sentence(activity, request.user), "action": undo}
    offer = render_to_string("_components/undo.html", context, request=request)
    messages.success(request, offer, extra_tags="undo")
    if question.is_pressed(request.POST):
        return redirect(reverse("activity-add") + "?" + urlencode({"kind": activity.kind, "next": back}))
    return redirect(back)


def sentence(activity, user):
    """What is recorded, in one sentence."""
    people = Returnee.objects.visible_to(user).in_activity(activity)
    made = Appointment.objects.visible_to(user).kept().filter(made_in=activity)[:1]
    read_jointly(people, made)
    agreed = next(iter(made), None)
    names = ", ".join(person.full_name for person in people[:2])
    if len(people) > 2:
        more = ngettext("and %(count)d more", "and %(count)d more", len(people) - 2) % {"count": len(people) - 2}
        names = f"{names} {more}"
    said = _("Recorded: %(kind)s on %(day)s, %(names)s.") % {
        "kind": activity.get_kind_display(),
        "day": f"{activity.on:%d/%m/%Y}",
        "names": names,
    }
    if agreed:
        said += " " + _("Next time on %(day)s.") % {"day": f"{agreed.on:%d/%m/%Y}"}
    return said


@gate(Permission.ACTIVITY_LOG, "POST")
def undo(request, pk):
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    if activity.created_by_id != request.user.pk:
        raise PermissionDenied
    if (timezone.now() - activity.created_at).total_seconds() > UNDO_MINUTES * 60:
        messages.warning(request, _("Too late to undo: open the entry in the case file and withdraw it with a reason."))
    else:
        about = parts_to_withdraw(request, activity, seen_parts(request, activity))
        actions.activity.withdraw(
            activity=activity, people=about, by=request.user, reason=_("Undone right after saving")
        )
        messages.success(request, _("Undone: nothing was recorded."))
    return redirect(ways.back(request))


@gate(Permission.ACTIVITY_LOG, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    """Whoever logs sets right what they may see: a helper what they logged themselves."""
    activity = pages.lock_row(request, get_object_or_404(Activity.objects.visible_to(request.user).kept(), pk=pk))
    entries = seen_parts(request, activity)
    whole = parts_to_withdraw(request, activity, entries) is None
    form = ActivityForm(
        pages.bound_data(request), instance=activity, entries=entries, whole=whole, user=request.user, on=pages.today()
    )
    back = file_of(entries)
    if pages.is_sent(request, form):
        try:
            actions.activity.correct(
                activity=form.instance,
                organisations=form.cleaned_data.get("organisations"),
                entries=form.entries(),
                by=request.user,
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("The entry of %(day)s is corrected.") % {"day": f"{activity.on:%d/%m/%Y}"})
            return redirect(back)
    return pages.show_form(
        request,
        form,
        title=_("Correct an entry"),
        tab_title=_("Correct an entry"),
        template="activity/edit.html",
        activity=activity,
        may_withdraw=request.user.may(Permission.WITHDRAW),
        lead=""
        if whole
        else describe_entry(activity, entries, _("Only how it went with %(people)s can be corrected here.")),
        cancel_url=back,
    )


@gate(Permission.WITHDRAW, "GET", "POST")
def withdraw(request, pk):
    parts, rows = ActivityEntry.objects.visible_to(request.user).filter(activity__pk=pk), Activity.objects
    if not parts.kept().exists():
        if pages.find_taken_back(request, rows, pk=pk, entries__in=parts) or pages.find_taken_back(request, parts):
            return redirect(file_of(parts))
        raise Http404
    activity = get_object_or_404(rows.visible_to(request.user).kept(), pk=pk)
    entries = seen_parts(request, activity)
    about = parts_to_withdraw(request, activity, entries)
    form = ActivityWithdrawalForm(pages.bound_data(request), user=request.user, on=pages.today())
    back = file_of(entries)
    if pages.is_sent(request, form):
        actions.activity.withdraw(activity=activity, people=about, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The entry of %(day)s is withdrawn.") % {"day": f"{activity.on:%d/%m/%Y}"})
        return redirect(back)
    return pages.show_form(
        request,
        form,
        title=_("Withdraw an entry"),
        tab_title=_("Withdraw an entry"),
        lead=describe_entry(activity, entries, _("It is withdrawn for %(people)s.")),
        save_label=_("Withdraw"),
        cancel_url=back,
        danger=True,
    )


def seen_parts(request, activity):
    """How it went with each person the user may see."""
    seen = ActivityEntry.objects.visible_to(request.user).filter(activity=activity, withdrawn_at=None)
    return list(seen.select_related("returnee"))


def parts_to_withdraw(request, activity, entries):
    """Return None if the user may withdraw the whole entry, else the people whose parts they may."""
    if Activity.objects.changed_by(request.user).filter(pk=activity.pk).exists():
        return None
    return [entry.returnee for entry in entries]


def describe_entry(activity, entries, words):
    """Describe the entry and the people it can be changed for; nobody outside the scope is named."""
    people = ", ".join(entry.returnee.full_name for entry in entries)
    return f"{activity} · {words % {'people': people}}"


def file_of(entries):
    """The case file one returns to: of the first person covered."""
    return reverse("returnee-detail", args=[entries[0].returnee_id])


@gate(Permission.ACTIVITY_CORRECT, "GET", "POST")
def mark_missed(request, pk):
    appointments = Appointment.objects.visible_to(request.user).kept().select_related("returnee")
    appointment = get_object_or_404(appointments, pk=pk)
    form = MissedForm(pages.bound_data(request), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            actions.activity.miss(
                appointment=appointment, on=form.base_day, reason=form.cleaned_data["reason"], by=request.user
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Noted: the meeting agreed for %(day)s did not take place.")
            messages.success(request, said % {"day": f"{appointment.on:%d/%m/%Y}"})
            return redirect(ways.back(request))
    return pages.show_form(
        request,
        form,
        title=_("The meeting did not take place"),
        tab_title=_("The meeting did not take place"),
        lead=f"{appointment.returnee.full_name}: {appointment.get_kind_display()} {appointment.on:%d/%m/%Y}",
        cancel_url=ways.back(request),
    )
