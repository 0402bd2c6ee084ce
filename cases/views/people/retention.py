"""Whose file is kept long enough: whom and what is listed first, then the chief lets them be forgotten."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import actions
from cases.access.permissions import Permission
from cases.forms.retention import AnonymiseForm
from cases.models import RetentionVersion
from cases.reports.people import retention
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.ANONYMISE, "GET", "POST")
def show_list(request):
    on = pages.today()
    rules = RetentionVersion.objects.visible_to(request.user).rules()
    to_tell = retention.files_to_tell(request.user, on, rules)
    files = retention.kept_files(to_tell[: retention.AT_MOST], on, rules)
    due = [each for each in files if each.is_due]
    people = to_tell.filter(pk__in=[each.person.pk for each in due])
    data = request.POST if request.method == "POST" else None
    form = AnonymiseForm(data, user=request.user, on=on, people=people)
    if pages.is_sent(request, form):
        asked = [person.pk for person in form.cleaned_data["people"]]
        try:
            done = actions.anonymisation.anonymise(people=asked, by=request.user, on=on)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            told = ngettext("%(count)d person anonymised.", "%(count)d people anonymised.", len(done))
            messages.success(request, told % {"count": len(done)})
            return redirect("retention-list")
    title = _("Files kept long enough")
    return pages.show_form(
        request,
        form,
        title=title,
        template="retention/list.html",
        due=due,
        soon=[each for each in files if not each.is_due],
        chosen=form.chosen(due),
        crumbs=[{"label": _("Files"), "url": reverse("returnee-list")}, {"label": title}],
        cancel_url=reverse("returnee-list"),
    )
