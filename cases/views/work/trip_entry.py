"""What was written on a device without a network, through the form and the action of its page, once."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.quick_log import QuickLogForm
from cases.forms.trip import CameForm, JobForm, PaperForm, PhoneForm, PutOffForm, UnkeptForm
from cases.models import JobCheck, Snooze, User
from cases.reports.work import duties
from cases.views import pages, question

RECORDED = {"state": "recorded"}
EDITION = "1"  # of what a device sends: one that was last connected before an upgrade may speak an older one


@dataclass(frozen=True)
class Entry:
    """An entry as its form is given it, whose it is and the day it arrives on."""

    POST: QueryDict
    user: User
    on: date

    def form(self, kind):
        return kind(self.POST, user=self.user, on=self.on)


def take_in(said, user, on):
    """Record one entry of the outbox of a device of `user`; sent twice it is one record.

    Answered in values JSON knows: `state` is recorded or refused; `why` in sentences; `code` where the device offers a
    way on: "alike" (on file already: `besides` names what was shown), "sent_before" (another entry bore this id),
    "changed" (another number stands there: `besides` is it).
    """
    if said.get("writer") != str(user.pk):
        return refusal([_("Another user wrote this entry on this device: they sign in to send it.")], "writer")
    needed, record = NOUNS.get(said.get("noun"), (Permission.TRIP, None))
    if record is None or said.get("edition") != EDITION:
        return refusal([older()])
    if not user.may(needed):
        return refusal([_("Your account may not record this any more.")])
    return record(Entry(said, user, on))


def older():
    return _(
        "The page kept on this device is older than the server: open “Field trip” with a connection, then mend this."
    )


def visit(sent):
    form = QuickLogForm(whole(sent), user=sent.user, on=sent.on)
    if not form.is_valid():
        return refusal_of(form)
    if question.is_asked_twice(sent, form):
        return question_of(form.question, "alike")
    try:
        actions.activity.record(
            activity=form.activity(),
            entries=form.entries(),
            organisations=form.cleaned_data["organisations"],
            by=sent.user,
        )
    except ValidationError as error:
        pages.refuse(form, error)
        return question_of(form.question, "sent_before") if form.question else refusal_of(form)
    return RECORDED


def whole(sent):
    """What was sent, with what the page of the quick log fills in by itself."""
    data = sent.POST.copy()
    blank = QuickLogForm(user=sent.user, on=sent.on)
    bodies = blank.fields["organisations"].initial
    data.setlist("organisations", [str(getattr(body, "pk", body)) for body in bodies])
    data["when"], data["next_time"] = "other", "none"
    return data


def phone(sent):
    form = sent.form(PhoneForm)
    if not form.is_valid():
        return refusal_of(form)
    given, person = form.cleaned_data, form.person
    what = {name: given[name] for name in ("field", "number", "before", "uid")}
    try:
        actions.returnee.give_phone(returnee=person, by=sent.user, **what)
    except ValidationError as error:
        code, params = getattr(error, "code", ""), getattr(error, "params", None) or {}
        return refusal(error.messages, code or "", besides=params.get("stored", ""))
    return RECORDED


def put_off(sent):
    form = sent.form(PutOffForm)
    if not form.is_valid():
        return refusal_of(form)
    given, person = form.cleaned_data, form.person
    due = {one.key for one in duties.duties_for(person, sent.user, sent.on, with_snoozed=True)}
    if given["duty"] not in due and not Snooze.objects.visible_to(sent.user).filter(uid=given["uid"]).exists():
        return refusal([_("This is not due any more: there is nothing to put off.")])
    what = {name: given[name] for name in ("duty", "reason", "uid")}
    since, until = given["on"], form.last_day()
    try:
        actions.activity.snooze(returnee=person, since=since, until=until, by=sent.user, **what)
    except ValidationError as error:
        return refusal(error.messages)
    return RECORDED


def unkept(sent):
    form = sent.form(UnkeptForm)
    if not form.is_valid():
        return refusal_of(form)
    what = {name: form.cleaned_data[name] for name in ("appointment", "on", "reason", "uid")}
    try:
        actions.activity.miss(by=sent.user, **what)
    except ValidationError as error:
        return refusal(error.messages)
    return RECORDED


def paper(sent):
    form = sent.form(PaperForm)
    if not form.is_valid():
        return refusal_of(form)
    given = form.cleaned_data
    what = {name: given[name] for name in ("step", "on", "uid")}
    try:
        actions.paperwork.advance(request=given["paper"], by=sent.user, **what)
    except ValidationError as error:
        return refusal(error.messages)
    return RECORDED


def job(sent):
    form = sent.form(JobForm)
    if not form.is_valid():
        return refusal_of(form)
    given = form.cleaned_data
    what = {name: given[name] for name in ("uid", "day", "on", "still_working")}
    found = JobCheck(referral=given["job"], **what)  # of an income nobody was asked
    try:
        actions.employment.record_check(job_check=found, by=sent.user)
    except ValidationError as error:
        pages.refuse(form, error)
        return question_of(form.question, "sent_before") if form.question else refusal_of(form)
    return RECORDED


def came(sent):
    form = sent.form(CameForm)
    if not form.is_valid():
        return refusal_of(form)
    what = {name: form.cleaned_data[name] for name in ("meeting", "came", "gone", "uid")}
    try:
        actions.meeting.add_attendance(by=sent.user, **what)
    except ValidationError as error:
        return refusal(error.messages)
    return RECORDED


# What a device writes: what whoever wrote it must be allowed to, and how it is recorded.
NOUNS = {
    "visit": (Permission.ACTIVITY_LOG, visit),
    "phone": (Permission.RETURNEE_EDIT, phone),
    "put_off": (Permission.DUTY_SNOOZE, put_off),
    "unkept": (Permission.ACTIVITY_LOG, unkept),
    "paper": (Permission.PAPERWORK_EDIT, paper),
    "job": (Permission.EMPLOYMENT_EDIT, job),
    "came": (Permission.MEETING_EDIT, came),
}


def question_of(said, code):
    """What a page would ask, with the records it would show."""
    lines = [f"{line.what} · {line.by}" for line in said.lines]
    return refusal([said.title, said.text, *lines], code if said.label else "", besides=said.besides)


def refusal_of(form):
    return refusal([message for messages in form.errors.values() for message in messages])


def refusal(why, code="", **more):
    return {"state": "refused", "why": [str(each) for each in why], "code": code, **more}
