"""One arrival: what was announced and answered, the answers, the commune named from above, the reply to the prison."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import actions
from cases.access.permissions import Permission
from cases.forms.arrival import ArrivalAnswerForm
from cases.models import ArrivalAnswer, Notice
from cases.reports.dossier import drafts
from cases.reports.dossier.committee_papers import ResidenceReply
from cases.reports.dossier.form_paper import FormNames, Issuers
from cases.reports.people import arrivals, custody
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step
from cases.views.dossier import drawing
from cases.views.gate import gate

Kind = ArrivalAnswer.Kind
# answer: words on the button, icon, whether the person may still be in prison
ANSWERS = {
    Kind.ARRIVED: (gettext_lazy("Has come home"), "house-check", False),
    Kind.CONFIRMED: (gettext_lazy("Right address, not home yet"), "geo-alt", True),
    Kind.NOT_HERE: (gettext_lazy("Not at our place"), "house-x", True),
    Kind.WRONG_COMMUNE: (gettext_lazy("Belongs to another commune"), "signpost-split", True),
    Kind.ABROAD: (gettext_lazy("Outside the country"), "airplane", False),
    Kind.DIED: (gettext_lazy("Died"), "file-earmark-x", False),
}


@gate(Permission.CASE_VIEW, sealed=True)
def show(request, returnee_pk, opened):
    """One arrival: what the notice says, what was answered, and the buttons for the next answer."""
    on = pages.today()
    returnee = frame.find(request, returnee_pk, opened)
    (row,) = arrivals.rows([returnee], on)
    may = frame.rights(request.user, returnee)
    is_open = not returnee.presented_on and not returnee.closed_on
    return render(
        request,
        "arrival/detail.html",
        {
            "on": on,
            "row": row,
            "returnee": returnee,
            "status": returnee.status(on),
            "notices": Notice.objects.visible_to(request.user, opened).kept().filter(returnee=returnee),
            "answers": _answers(request, returnee).select_related("unit", "named_unit", "made_by").order_by("-pk"),
            "buttons": _buttons(returnee, on) if is_open and may["ARRIVAL_ANSWER"] else [],
            "may_assign": is_open and may["ARRIVAL_ASSIGN"],
            "words": custody.BREACH_WORDS,
            "may": may,
            "crumbs": [{"label": _("Awaited"), "url": reverse("arrival-list")}, {"label": returnee.full_name}],
        },
    )


def _answers(request, returnee):
    return ArrivalAnswer.objects.visible_to(request.user).filter(returnee=returnee)


def _buttons(returnee, on):
    released = returnee.completed_on <= on
    return [
        {"url": reverse("arrival-answer", args=[returnee.pk, kind]), "words": words, "icon": icon}
        for kind, (words, icon, early) in ANSWERS.items()
        if released or early
    ]


@gate(Permission.ARRIVAL_ANSWER, "GET", "POST")
def answer(request, returnee_pk, kind):
    if kind not in ANSWERS:
        raise Http404
    return _take(request, frame.get_stored_person(request, returnee_pk), kind, title=ANSWERS[kind][0])


@gate(Permission.ARRIVAL_ASSIGN, "GET", "POST")
def assign(request, returnee_pk):
    return _take(request, frame.get_stored_person(request, returnee_pk), Kind.NAMED, title=_("Name the commune"))


def _take(request, returnee, kind, *, title):
    on = pages.today()
    form = ArrivalAnswerForm(pages.bound_data(request), initial={"on": on}, kind=kind, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            given = actions.arrival.answer(returnee=returnee, kind=kind, by=request.user, **form.given())
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, consequence_text(given, returnee))
            return redirect(_next_page(given))
    back = reverse("arrival-detail", args=[returnee.pk])
    danger = kind in ArrivalAnswer.CLOSES
    return show_step(request, form, returnee, title=title, cancel_url=back, danger=danger, draft=f"arrival-{kind}")


def _next_page(given):
    """The file that is open now; after another commune was named the reply that is due; else the list."""
    if given.kind == Kind.ARRIVED:
        return reverse("returnee-detail", args=[given.returnee_id])
    if given.kind == Kind.WRONG_COMMUNE and given.returnee.notices.kept().exists():
        return reverse("arrival-reply", args=[given.returnee_id])
    return reverse("arrival-list")


def consequence_text(given, returnee):
    """What follows from the answer, as a sentence."""
    words = {
        Kind.ARRIVED: _("Presenting recorded: %(name)s."),
        Kind.CONFIRMED: _("Address confirmed: %(name)s stays on your list until the presenting."),
        Kind.NOT_HERE: _("Recorded: %(name)s. The level above will name a commune; until then the person is yours."),
        Kind.WRONG_COMMUNE: _("%(name)s now stands on the list of %(unit)s; the days since release run on."),
        Kind.NAMED: _("%(name)s now stands on the list of %(unit)s; the days since release run on."),
        Kind.ABROAD: _("File closed: %(name)s."),
        Kind.DIED: _("File closed: %(name)s."),
    }[given.kind]
    return words % {"name": returnee.full_name, "unit": given.named_unit.name if given.named_unit else ""}


@gate(Permission.CASE_VIEW, sealed=True, as_file=True)
def reply(request, returnee_pk, opened):
    """The reply to whoever sent the notice (form HCD-03): what one's own commune found out, even if it sent them on."""
    last = ArrivalAnswer.objects.visible_to(request.user).given_under(request.user).filter(returnee__pk=returnee_pk)
    last = last.select_related("returnee__unit", "unit", "named_unit__parent__parent").last()
    returnee = last.returnee if last else frame.find(request, returnee_pk, opened)
    notice = returnee.notices.kept().first()
    if notice is None:
        raise Http404
    unit, on = last.unit if last else returnee.unit, pages.today()
    paper = drafts.reply(ResidenceReply(returnee, notice, last, Issuers.of_unit(unit, on)), FormNames.on_day(on))
    if request.method == "POST":
        actions.dossier.record_download(returnee=returnee, code=paper.code, by=request.user)
        return drawing.hand_out(request, [paper], f"hcd-03-{returnee.pk}", opened)
    crumbs = [{"label": _("Awaited"), "url": reverse("arrival-list")}, {"label": _("Reply to the notice")}]
    unanswered = "" if last else _("Nobody has answered yet: what was found out stays dotted lines.")
    return drawing.show_paper(request, paper, crumbs=crumbs, heading=_("Reply to the notice"), told=unanswered)
