"""Clearing a record: whose is due, evidence by the officer, confirmation by the chief."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.actions.expungement import ClearancePaper, ListRefusedError
from cases.forms.expungement import ExpungementForm, RegisterEvidenceForm
from cases.lib.numbers import parse_key
from cases.models import AuditEvent, Expungement
from cases.reports.casefile import clearance, clock
from cases.reports.lists.clean_records import LIST_WORDS
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.casefile.frame import show_step
from cases.views.gate import gate
from cases.views.lists.clean_records import list_asked

LISTED = 100  # records on the page: the next ones come when these are confirmed


@gate(Permission.CASE_VIEW)
def show_list(request):
    on = pages.today()
    shown = list_asked(request)
    counts = clearance.counts(request.user, on)
    return render(
        request,
        "expungement/list.html",
        {
            "on": on,
            "shown": shown,
            "lists": [(name, label, getattr(counts, name)) for name, label in LIST_WORDS.items()],
            "page_obj": pages.paginate(request, clearance.list_files(shown, request.user, on)),
            "confirmable": clearance.confirmable(request.user),
            "of_registers": clearance.of_registers(request.user).count() if shown == "confirm" else 0,
        },
    )


@gate(Permission.EXPUNGEMENT_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    back = reverse("returnee-clock", args=[returnee.pk])
    expungement = Expungement(returnee=returnee)
    form = ExpungementForm(pages.bound_data(request), instance=expungement, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            actions.expungement.bring_evidence(expungement=form.instance, on=pages.today(), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Evidence recorded: %(name)s. The record counts as cleared once somebody else has confirmed it.")
            messages.success(request, said % {"name": returnee.full_name})
            return redirect(back)
    return show_step(
        request,
        form,
        returnee,
        title=_("Evidence that the record is cleared"),
        cancel_url=back,
        draft="expungement",
        template="expungement/add.html",
        clock=clock.build(returnee, pages.today()),
    )


@gate(Permission.EXPUNGEMENT_CONFIRM, "GET", "POST")
def confirm(request, pk):
    """The evidence beside what the clock says today; one button closes the file and seals it."""
    rows = Expungement.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at__isnull=True)
    if request.method == "POST" and not rows.filter(pk=pk).exists():
        return redirect_confirmed(request, pk)
    expungement = get_object_or_404(rows.select_related("returnee", "created_by", "confirmed_by"), pk=pk)
    mine = clearance.confirmable(request.user)
    if expungement.pk not in mine and not request.user.may(Permission.EXPUNGEMENT_EDIT):
        raise PermissionDenied  # the unit above confirms only what a chief brought
    returnee, refusal = expungement.returnee, None
    if request.method == "POST":
        try:
            actions.expungement.confirm(expungement=expungement, on=pages.today(), by=request.user)
        except ValidationError as error:
            expungement.refresh_from_db()
            refusal = error.messages
        else:
            messages.success(request, notice_text(returnee))
            return redirect(f"{reverse('expungement-list')}?show=confirm")
    title = _("Confirm that the record is cleared")
    return render(
        request,
        "expungement/confirm.html",
        {
            "expungement": expungement,
            "clock": clock.build(returnee, pages.today()),
            "is_mine": expungement.pk in mine,
            "may": frame.rights(request.user),
            "refusal": refusal,
            "title": title,
            "crumbs": trail.of_person(returnee, title),
            "cancel_url": reverse("returnee-clock", args=[returnee.pk]),
        },
    )


@gate(Permission.EXPUNGEMENT_CONFIRM, "GET", "POST")
def confirm_list(request):
    """What old registers say of many people, confirmed with one paper; nobody is confirmed where one is refused."""
    waiting = clearance.of_registers(request.user)
    data = pages.bound_data(request)
    if request.method == "POST" and not (data := without_confirmed(request, waiting)):
        messages.info(request, _("These were confirmed already: files that were open are closed and sealed."))
        return redirect(f"{reverse('expungement-list')}?show=confirm")
    form = RegisterEvidenceForm(data, user=request.user, on=pages.today(), records=waiting)
    refused = {}
    if pages.is_sent(request, form):
        said = form.cleaned_data
        paper = ClearancePaper(said["evidence"], said["evidence_on"], said["reference"], said["reason"])
        try:
            done = actions.expungement.confirm_list(
                expungements=list(said["records"]), paper=paper, on=pages.today(), by=request.user
            )
        except ListRefusedError as error:
            refused = error.refused
            form.add_error(None, error)
        else:
            told = ngettext("%(count)d record confirmed.", "%(count)d records confirmed.", len(done))
            messages.success(request, told % {"count": len(done)})
            return redirect(f"{reverse('expungement-list')}?show=confirm")
    rows = list(waiting[:LISTED])
    context = {"rows": [(row, refused.get(row.pk, ())) for row in rows], "chosen": form.chosen(rows)}
    return pages.show_form(
        request,
        form,
        title=_("Confirm what an old register says"),
        template="expungement/register.html",
        cancel_url=f"{reverse('expungement-list')}?show=confirm",
        more=waiting.count() - len(rows),
        **context,
    )


def without_confirmed(request, waiting):
    """What was sent, but for those whom this user has confirmed since; None where nobody else was ticked."""
    ticked = [key for pk in request.POST.getlist("records") if (key := parse_key(pk)) is not None]
    gone = set(ticked) - set(waiting.filter(pk__in=ticked).values_list("pk", flat=True))
    events = AuditEvent.objects.visible_to(request.user).filter(verb="expungement.confirmed", target_id__in=gone)
    done = set(events.filter(actor_id=request.user.pk).values_list("target_id", flat=True))
    left = [f"{pk}" for pk in ticked if pk not in done]  # as a form sends them
    if done and not left:
        return None
    data = request.POST.copy()
    data.setlist("records", left)
    return data


def notice_text(returnee):
    """Confirm by file number alone: the file is sealed now, so no message names the person."""
    said = _("Confirmed. File %(number)s is closed and sealed.")
    if not returnee.is_sealed:
        said = _("Confirmed: file %(number)s, which had ended before.")
    return said % {"number": returnee.file_number}


def redirect_confirmed(request, pk):
    """Go back to the list when the confirmation was sent twice: the first one sealed the file."""
    events = AuditEvent.objects.visible_to(request.user).filter(
        verb="expungement.confirmed", target_id=pk, actor_id=request.user.pk
    )
    if not events.exists():
        raise Http404
    messages.info(request, _("This was confirmed already: the file is closed and sealed."))
    return redirect(f"{reverse('expungement-list')}?show=confirm")
