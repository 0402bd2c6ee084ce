"""Handing files over between communes: propose, ask, answer; the sheet that goes with a file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.transfer import AcceptForm, OfferForm, RequestForm, TransferReasonForm
from cases.models import Transfer
from cases.reports.casefile import handover
from cases.reports.counting import count_up_to
from cases.reports.lists.transfers import departures
from cases.reports.people import handed_over, search, transfers
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step
from cases.views.gate import gate
from cases.views.lists.transfers import rows_asked


def crumbs(*more):
    return [
        {"label": _("Transfers"), "url": reverse("transfer-list")},
        *({"label": label, "url": ""} for label in more),
    ]


@gate(Permission.TRANSFER_VIEW)
def show_list(request):
    """What waits for an answer here, what was sent, who was handed over; a reviewer sees all that waits, by age."""
    on, user = pages.today(), request.user
    shown, rows = rows_asked(request)
    above = not user.may(Permission.TRANSFER_PROPOSE)
    page = pages.paginate(request, rows)
    listed = (
        departures(page.object_list, user)
        if shown == "former"
        else transfers.transfer_lines(page.object_list, user, on)
    )
    counts = transfers.counts(user)
    waiting = count_up_to(transfers.waiting_beneath(user)) if above else counts.answer
    pills = [("answer", pgettext("transfer", "Waits for an answer"), waiting), ("sent", _("Sent"), counts.sent)]
    pills = pills[:1] if above else pills
    context = {
        "shown": shown,
        "lists": [*pills, ("former", pgettext("transfer", "Handed over"), counts.former)],
        "page_obj": page,
        "lines": listed,
        "may_ask": not above,
    }
    return render(request, "transfer/list.html", context)


def find(request, pk, opened=None):
    rows = Transfer.objects.visible_to(request.user, opened).select_related("returnee", "from_unit", "to_unit")
    return get_object_or_404(rows, pk=pk)


@gate(Permission.TRANSFER_VIEW)
def detail(request, pk):
    transfer, user = find(request, pk), request.user
    return render(
        request,
        "transfer/detail.html",
        {
            "line": transfers.line(transfer, user, pages.today()),
            "transfer": transfer,
            "steps": transfers.steps(transfer),
            "may_answer": transfer.is_open and user.may(Permission.TRANSFER_ANSWER) and is_answerer(transfer, user),
            "may_withdraw": transfer.is_open and user.may(Permission.TRANSFER_PROPOSE) and is_proposer(transfer, user),
            "crumbs": crumbs(_("Transfer")),
        },
    )


def is_answerer(transfer, user):
    return Transfer.objects.visible_to(user).answered_by(user.scope).filter(pk=transfer.pk).exists()


def is_proposer(transfer, user):
    return Transfer.objects.visible_to(user).proposed_by(user.scope).filter(pk=transfer.pk).exists()


@gate(Permission.TRANSFER_PROPOSE, "GET", "POST")
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    waiting = transfers.find_pending(returnee)
    if waiting and request.method == "GET":
        messages.info(request, _("A handover of this file is waiting for an answer already."))
        return redirect("transfer-detail", waiting.pk)
    transfer = Transfer(returnee=returnee, from_unit=returnee.unit)
    form = OfferForm(pages.bound_data(request), instance=transfer, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            made = actions.transfer.propose(transfer=form.instance, on=pages.today(), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Offered to %(unit)s. The file stays with you until it is accepted there.")
            messages.success(request, said % {"unit": made.to_unit.name})
            return redirect("transfer-detail", made.pk)
    return show_step(
        request,
        form,
        returnee,
        title=_("Hand over to another commune"),
        save_label=_("Offer the file"),
        draft="transfer",
    )


@gate(Permission.TRANSFER_PROPOSE, "GET", "POST")
def ask(request):
    """Ask for a file held elsewhere, named by its identity number alone; ?number= fills it in."""
    number = request.GET.get("number", "")[:20]
    typed = pages.bound_data(request)
    form = RequestForm(typed, initial={"number": number}, instance=Transfer(), user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            made = actions.transfer.request(transfer=form.instance, on=pages.today(), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("%(unit)s has been asked for the file.") % {"unit": made.from_unit.name})
            return redirect("transfer-detail", made.pk)
    holder = search.held_elsewhere((typed or {}).get("number", number), request.user)
    return pages.show_form(
        request,
        form,
        title=_("Ask for a file"),
        tab_title=_("Transfers"),
        lead=_("This number has an open file at %(unit)s.") % {"unit": holder} if holder else "",
        crumbs=crumbs(_("Ask for a file")),
        cancel_url=reverse("transfer-list"),
        save_label=_("Send the request"),
    )


def answer(request, transfer, form, *, act, said, title, **context):
    """The page of one answer; what changed meanwhile is said above the form."""
    if pages.is_sent(request, form):
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, said)
            return redirect("transfer-detail", transfer.pk)
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=_("Transfers"),
        lead=transfers.line(transfer, request.user, pages.today()).who,
        crumbs=crumbs(title),
        cancel_url=reverse("transfer-detail", args=[transfer.pk]),
        **context,
    )


@gate(Permission.TRANSFER_ANSWER, "GET", "POST")
def accept(request, pk):
    transfer, on = find(request, pk), pages.today()
    if not is_answerer(transfer, request.user):
        raise Http404
    form = AcceptForm(pages.bound_data(request), user=request.user, on=on)

    def act(given):
        return actions.transfer.accept(transfer=transfer, on=given["on"], by=request.user, sheet_of=handover.sheet)

    title = _("Hand the file over") if transfer.is_request else _("Take the file over")
    said = _("The file has changed hands. Print the handover sheet below.")
    return answer(request, transfer, form, act=act, said=said, title=title, save_label=title)


def end(request, transfer, action, *, said, title):
    """The page of an answer after which nothing moves: with its reason."""
    on = pages.today()
    form = TransferReasonForm(pages.bound_data(request), user=request.user, on=on)

    def act(given):
        return action(transfer=transfer, reason=given["reason"], on=on, by=request.user)

    return answer(request, transfer, form, act=act, said=said, title=title, save_label=title, danger=True)


@gate(Permission.TRANSFER_ANSWER, "GET", "POST")
def refuse(request, pk):
    transfer = find(request, pk)
    if not is_answerer(transfer, request.user):
        raise Http404
    said = _("Refused; the reason can be read by the other side.")
    return end(request, transfer, actions.transfer.refuse, said=said, title=_("Refuse"))


@gate(Permission.TRANSFER_PROPOSE, "GET", "POST")
def withdraw(request, pk):
    transfer = find(request, pk)
    if not is_proposer(transfer, request.user):
        raise Http404
    return end(request, transfer, actions.transfer.withdraw, said=_("Taken back."), title=_("Take the proposal back"))


@gate(Permission.CASE_VIEW, sealed=True)
def sheet(request, returnee_pk, pk, opened):
    """The handover sheet as it stood at the acceptance, for both sides."""
    transfer = find(request, pk, opened)
    written = transfers.sheet(transfer)
    if written is None or transfer.returnee_id != returnee_pk:
        raise Http404
    return render(
        request,
        "transfer/sheet.html",
        {
            "transfer": transfer,
            "sheet": written,
            "parts": handover.lines_of(written),
            "now": timezone.now(),
            "crumbs": crumbs(_("Handover sheet")),
        },
    )


@gate(Permission.CASE_VIEW)
def show_former(request, returnee_pk):
    """The history of a file that was handed over, for the unit that held it: to read, never to change."""
    returnee = get_object_or_404(handed_over.former_people(request.user), pk=returnee_pk)
    leaving = handed_over.leavings([returnee], request.user)[returnee.pk]
    page = pages.paginate(request, handed_over.events(returnee, leaving))
    return render(
        request,
        "transfer/former.html",
        {
            "returnee": returnee,
            "leaving": leaving,
            "page_obj": page,
            "transfer": handed_over.sheet_of(returnee, request.user),
            "crumbs": crumbs(pgettext("transfer", "Handed over")),
        },
    )
