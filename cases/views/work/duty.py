from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.duty import SnoozeForm
from cases.models import Returnee, Snooze
from cases.reports.work import duties
from cases.views import pages, ways
from cases.views.gate import gate


@gate(Permission.DUTY_SNOOZE, "GET", "POST")
def snooze(request, returnee_pk, duty):
    person = get_object_or_404(Returnee.objects.visible_to(request.user).kept(), pk=returnee_pk)
    on = pages.today()
    found = {one.key: one for one in duties.duties_for(person, request.user, on, with_snoozed=True)}
    if duty not in found:
        raise Http404
    form = SnoozeForm(pages.bound_data(request), initial={"next": ways.came_from(request)}, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            snoozed = actions.activity.snooze(
                returnee=person,
                duty=duty,
                since=form.base_day,
                until=form.last_day(),
                reason=form.cleaned_data["reason"],
                uid=form.cleaned_data["uid"],
                by=request.user,
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Put off until %(day)s: %(name)s.")
            messages.success(request, said % {"day": f"{snoozed.until:%d/%m/%Y}", "name": person.full_name})
            return redirect(ways.safe(request, form.cleaned_data["next"]) or reverse("home"))
    return pages.show_form(
        request,
        form,
        title=_("Put off"),
        template="duty/snooze.html",
        duty=found[duty],
        cancel_url=ways.safe(request, form["next"].value()) or reverse("home"),
    )


@gate(Permission.DUTY_SNOOZE, "POST")
def lift(request, pk):
    rows = Snooze.objects.visible_to(request.user).filter(returnee__withdrawn_at__isnull=True)
    if gone := pages.find_taken_back(request, rows, pk=pk):
        return redirect("returnee-detail", gone.returnee_id)
    put_off = get_object_or_404(rows.kept().select_related("returnee"), pk=pk)
    actions.activity.lift(snooze=put_off, on=pages.today(), by=request.user)
    messages.success(request, _("No longer put off: %(name)s.") % {"name": put_off.returnee.full_name})
    return redirect("returnee-detail", put_off.returnee_id)
