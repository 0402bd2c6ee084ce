from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.judgment import JudgmentEditForm, JudgmentForm
from cases.models import Judgment
from cases.views import pages
from cases.views.casefile import frame
from cases.views.casefile.frame import show_step, tell_moved_day
from cases.views.gate import gate


@gate(Permission.CASE_VIEW, sealed=True)
def tab(request, returnee_pk, opened):
    returnee = frame.find(request, returnee_pk, opened)
    judgments = (
        Judgment.objects.visible_to(request.user, opened)
        .kept()
        .filter(returnee=returnee)
        .prefetch_related("offences", "additional_penalties", "obligations")
    )
    return frame.show_tab(request, returnee, "judgment/tab.html", tab="sentence", judgments=judgments)


@gate(Permission.JUDGMENT_EDIT, "GET", "POST")
def add(request, returnee_pk):
    returnee = frame.get_stored_person(request, returnee_pk)
    judgment = Judgment(returnee=returnee)
    form = JudgmentForm(pages.bound_data(request), instance=judgment, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            with tell_moved_day(request, returnee):
                actions.judgment.add(judgment=form.instance, parts=form.part_rows(), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Judgment recorded: %(name)s.") % {"name": returnee.full_name})
            return redirect("returnee-sentence", returnee.pk)
    return show(request, form, returnee, title=_("New judgment"), draft="judgment-add")


@gate(Permission.JUDGMENT_EDIT, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    judgments = Judgment.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at__isnull=True)
    judgment = pages.lock_row(request, get_object_or_404(judgments.select_related("returnee"), pk=pk))
    returnee = judgment.returnee
    form = JudgmentEditForm(pages.bound_data(request), instance=judgment, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            with tell_moved_day(request, returnee):
                actions.judgment.correct(judgment=form.instance, parts=form.part_rows(), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Judgment saved: %(name)s.") % {"name": returnee.full_name})
            return redirect("returnee-sentence", returnee.pk)
    return show(request, form, returnee, title=_("Correct the judgment"), draft="judgment-edit")


def show(request, form, returnee, **context):
    return show_step(
        request,
        form,
        returnee,
        template="judgment/form.html",
        cancel_url=reverse("returnee-sentence", args=[returnee.pk]),
        **context,
    )
