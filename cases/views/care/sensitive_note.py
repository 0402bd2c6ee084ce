"""Notes that the lead and the chief alone read: everybody else finds neither the tab nor the page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.sensitive_note import SensitiveNoteForm
from cases.models import SensitiveNote
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step
from cases.views.gate import gate


def find(request, returnee_pk, opened=None):
    """The person, for whoever reads the notes of this file; for all others there is no such page."""
    returnee = frame.find(request, returnee_pk, opened)
    if not frame.reads_notes(request.user, returnee):
        raise Http404
    return returnee


@gate(Permission.NOTE_SENSITIVE, sealed=True)
def tab(request, returnee_pk, opened):
    returnee = find(request, returnee_pk, opened)
    notes = SensitiveNote.objects.visible_to(request.user, opened).kept().filter(returnee=returnee)
    return frame.show_tab(
        request,
        returnee,
        "sensitive_note/tab.html",
        tab="notes",
        notes=notes.select_related("created_by"),
    )


@gate(Permission.NOTE_SENSITIVE, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    returnee = find(request, returnee_pk)
    note = SensitiveNote(returnee=returnee)
    form = SensitiveNoteForm(pages.bound_data(request), instance=note, user=request.user, on=pages.today())
    back = reverse("returnee-notes", args=[returnee.pk])
    if pages.is_sent(request, form):
        try:
            actions.sensitive_note.write(entry=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Closed note written."))
            return redirect(back)
    # No draft is kept on the device: others may pick it up.
    return show_step(request, form, returnee, title=_("New closed note"), cancel_url=back)
