from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.returnee import CloseForm, PresentForm, ReasonForm, ReturneeEditForm
from cases.models import Returnee
from cases.reports.casefile import file_header
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import tell_moved_day
from cases.views.gate import gate
from cases.views.lists.people import rows_asked


@gate(Permission.RETURNEE_CONTACT)
def index(request):
    on = pages.today()
    filters = rows_asked(request)
    page = pages.paginate(request, filters.qs)
    return render(
        request,
        "returnee/list.html",
        {
            "filters": filters,
            "page_obj": page,
            "rows": list(file_header.file_standings(page.object_list, on)),
            "may": frame.rights(request.user),
            "asked": request.GET.get("q", "")[:80],
            "several_units": not request.user.is_helper and not request.user.unit.is_commune,
        },
    )


@gate(Permission.RETURNEE_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, returnee_pk):
    returnee = pages.lock_row(request, frame.get_stored_person(request, returnee_pk))
    name = returnee.full_name
    form = ReturneeEditForm(pages.bound_data(request), instance=returnee, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            with tell_moved_day(request, returnee):
                actions.returnee.correct(returnee=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved: %(name)s.") % {"name": form.instance.full_name})
            return redirect("returnee-detail", returnee.pk)
    returnee.full_name = name
    return frame.show_step(request, form, returnee, title=_("Correct the file"), draft="returnee-edit")


@gate(Permission.RETURNEE_EDIT, "GET", "POST")
def present(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    on = pages.today()
    form = PresentForm(pages.bound_data(request), initial={"presented_on": on}, user=request.user, on=on)
    return frame.take_step(
        request,
        returnee,
        form,
        act=lambda given: actions.returnee.present(returnee=returnee, on=given["presented_on"], by=request.user),
        said=_("Presenting recorded: %(name)s.") % {"name": returnee.full_name},
        title=_("Presenting"),
    )


@gate(Permission.RETURNEE_CLOSE, "GET", "POST")
def close(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    on = pages.today()
    form = CloseForm(pages.bound_data(request), initial={"closed_on": on}, user=request.user, on=on)
    return frame.take_step(
        request,
        returnee,
        form,
        act=lambda given: actions.returnee.close(
            returnee=returnee,
            on=given["closed_on"],
            reason=given["close_reason"],
            note=given["close_note"],
            by=request.user,
        ),
        said=_("File closed: %(name)s.") % {"name": returnee.full_name},
        title=_("Close the file"),
        save_label=_("Close the file"),
        danger=True,
    )


@gate(Permission.RETURNEE_CLOSE, "GET", "POST", sealed=True)
def reopen(request, returnee_pk, opened):
    """Open a file that was closed by mistake; where it was sealed, the evidence goes with the seal."""
    returnee = frame.get_stored_person(request, returnee_pk, opened)
    act = actions.expungement.take_back if returnee.is_sealed else actions.returnee.reopen
    form = ReasonForm(pages.bound_data(request), user=request.user, on=pages.today())
    return frame.take_step(
        request,
        returnee,
        form,
        act=lambda given: act(returnee=returnee, reason=given["reason"], by=request.user),
        said=_("File reopened: %(name)s.") % {"name": returnee.full_name},
        title=_("Reopen the file"),
        save_label=_("Reopen the file"),
    )


@gate(Permission.RETURNEE_CLOSE, "GET", "POST")
def withdraw(request, returnee_pk):
    """Take back a file that should never have been made."""
    if pages.find_taken_back(request, Returnee.objects.visible_to(request.user), pk=returnee_pk):
        return redirect("returnee-list")
    returnee = frame.get_stored_person(request, returnee_pk)
    form = ReasonForm(pages.bound_data(request), user=request.user, on=pages.today())
    return frame.take_step(
        request,
        returnee,
        form,
        act=lambda given: actions.row.withdraw(row=returnee, reason=given["reason"], by=request.user),
        said=_("File withdrawn: %(name)s.") % {"name": returnee.full_name},
        title=_("Withdraw the file"),
        save_label=_("Withdraw the file"),
        danger=True,
        next_url=reverse("returnee-list"),
    )
