"""Đi thôn: the people one takes along on a device, and what was written there without a network."""

from html import unescape

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.quick_log import QuickLogForm
from cases.forms.trip import PhoneForm, PutOffForm, UnkeptForm, put_off_choices, visit_choices
from cases.models import Snooze
from cases.reports.work import duties, trip
from cases.views import own_device, pages, question
from cases.views.gate import gate

RECORDED = {"state": "recorded"}
EDITION = "1"  # of what a device sends: one that was last connected before an upgrade may speak an older one


@gate(Permission.TRIP)
def show(request):
    return render(request, "trip/show.html", {"choices": visit_choices(), "reasons": put_off_choices()})


@gate(Permission.TRIP, "POST")
def people(request):
    """What is to be read on a device of the user: see reports/work/trip.py."""
    device = own_device.find(request)
    if not device.is_kept:
        raise Http404
    actions.device.note_contact(device=device, now=timezone.now())
    on = pages.today()
    rows = trip.snapshot(request.user, on, words_of)
    return JsonResponse({"day": f"{on:%d/%m/%Y}", "people": rows})


def words_of(duty):
    """A duty as every page says it, on one line."""
    return unescape(" ".join(render_to_string("duty/_words.html", {"duty": duty}).split()))


@gate(Permission.TRIP, "POST")
@pages.one_at_a_time
def receive(request):
    """One entry of the outbox of a device, through the form and the action of its page; sent twice it is one record.

    Answered in JSON: `state` is recorded or refused; `why` in sentences; `code` where the device offers a way on:
    "alike" (on file already: `besides` names what was shown), "sent_before" (another entry bore this id), "changed"
    (another number stands there: `besides` is it).
    """
    if request.POST.get("writer") != str(request.user.pk):
        return refusal([_("Another user wrote this entry on this device: they sign in to send it.")], "writer")
    if request.POST.get("edition") != EDITION:
        return unknown(request)
    return NOUNS.get(request.POST.get("noun"), unknown)(request)


def unknown(request):
    said = _(
        "The page kept on this device is older than the server: open “Field trip” with a connection, then mend this."
    )
    return refusal([said])


def visit(request):
    form = QuickLogForm(whole(request.POST, request.user), user=request.user, on=pages.today())
    if not form.is_valid():
        return refusal_of(form)
    if question.is_asked_twice(request, form):
        return question_of(form.question, "alike")
    try:
        actions.activity.record(
            activity=form.activity(),
            entries=form.entries(),
            organisations=form.cleaned_data["organisations"],
            by=request.user,
        )
    except ValidationError as error:
        pages.refuse(form, error)
        return question_of(form.question, "sent_before") if form.question else refusal_of(form)
    return JsonResponse(RECORDED)


def whole(sent, user):
    """What was sent, with what the page of the quick log fills in by itself."""
    data = sent.copy()
    blank = QuickLogForm(user=user, on=pages.today())
    bodies = blank.fields["organisations"].initial
    data.setlist("organisations", [str(getattr(body, "pk", body)) for body in bodies])
    data["when"], data["next_time"] = "other", "none"
    return data


def phone(request):
    form = PhoneForm(request.POST, user=request.user, on=pages.today())
    if not form.is_valid():
        return refusal_of(form)
    given, person = form.cleaned_data, form.person
    what = {name: given[name] for name in ("field", "number", "before", "uid")}
    try:
        actions.returnee.give_phone(returnee=person, by=request.user, **what)
    except ValidationError as error:
        code, params = getattr(error, "code", ""), getattr(error, "params", None) or {}
        return refusal(error.messages, code or "", besides=params.get("stored", ""))
    return JsonResponse(RECORDED)


def put_off(request):
    on = pages.today()
    form = PutOffForm(request.POST, user=request.user, on=on)
    if not form.is_valid():
        return refusal_of(form)
    given, person = form.cleaned_data, form.person
    due = {one.key for one in duties.duties_for(person, request.user, on, with_snoozed=True)}
    if given["duty"] not in due and not Snooze.objects.visible_to(request.user).filter(uid=given["uid"]).exists():
        return refusal([_("This is not due any more: there is nothing to put off.")])
    what = {name: given[name] for name in ("duty", "reason", "uid")}
    since, until = given["on"], form.last_day()
    try:
        actions.activity.snooze(returnee=person, since=since, until=until, by=request.user, **what)
    except ValidationError as error:
        return refusal(error.messages)
    return JsonResponse(RECORDED)


def unkept(request):
    form = UnkeptForm(request.POST, user=request.user, on=pages.today())
    if not form.is_valid():
        return refusal_of(form)
    what = {name: form.cleaned_data[name] for name in ("appointment", "on", "reason", "uid")}
    try:
        actions.activity.miss(by=request.user, **what)
    except ValidationError as error:
        return refusal(error.messages)
    return JsonResponse(RECORDED)


NOUNS = {"visit": visit, "phone": phone, "put_off": put_off, "unkept": unkept}


def question_of(said, code):
    """What a page would ask, with the records it would show."""
    lines = [f"{line.what} · {line.by}" for line in said.lines]
    return refusal([said.title, said.text, *lines], code if said.label else "", besides=said.besides)


def refusal_of(form):
    return refusal([message for messages in form.errors.values() for message in messages])


def refusal(why, code="", **more):
    return JsonResponse({"state": "refused", "why": [str(each) for each in why], "code": code, **more})
