"""Photographs of papers: attached to the paper they show, handed out as files, never shown by a page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.attachment import AttachmentForm
from cases.models import Attachment, Picture
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.gate import gate


@gate(Permission.PAPERWORK_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    """`?paper=paperwork-7` or `?paper=dossier-7` says which paper is meant."""
    person = frame.get_stored_person(request, returnee_pk)
    asked = request.GET.get("paper", "")[:30]
    tab = "dossier" if asked.startswith("dossier") else "paperwork"
    data = request.POST if request.method == "POST" else None
    files = request.FILES if request.method == "POST" else None
    row = Attachment(returnee=person)
    form = AttachmentForm(data, files, instance=row, paper=asked, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            row = actions.attachment.attach(attachment=form.instance, photo=form.photo, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Photograph kept: %(what)s.") % {"what": row})
            return redirect(trail.tab_url(person, "dossier" if row.dossier_paper_id else "paperwork"))
    title = _("Photograph of a paper")
    return frame.show_form(request, form, person, tab=tab, title=title, lead=person.full_name, files=True)


@gate(Permission.CASE_VIEW, sealed=True)
def hand_out(request, returnee_pk, pk, opened):
    """The picture as a file to keep: no page of ours, whatever its bytes say."""
    person = frame.find(request, returnee_pk, opened)
    rows = Attachment.objects.visible_to(request.user, opened).kept().filter(returnee=person)
    attachment = get_object_or_404(rows, pk=pk)
    picture = get_object_or_404(Picture.objects.visible_to(request.user, opened), pk=attachment.pk)
    response = HttpResponse(bytes(picture.content), content_type=f"image/{attachment.kind}")
    response["Content-Disposition"] = f'attachment; filename="{attachment.file_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
