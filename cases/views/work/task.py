"""What an officer means to do, for themselves: noted, done in one tap; nobody else sees it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.task import PersonalTaskEditForm, PersonalTaskForm
from cases.lib import numbers
from cases.models import Activity, PersonalTask, Returnee
from cases.reports.work.entry_patterns import entry_patterns
from cases.views import pages, ways
from cases.views.gate import gate


@gate(Permission.TASK)
def show_list(request):
    tasks = PersonalTask.objects.visible_to(request.user).pending().select_related("returnee", "created_by")
    on = pages.today()
    context = {"page_obj": pages.paginate(request, tasks), "on": on, "patterns": own_patterns(request.user, on)}
    context["crumbs"] = [{"label": _("Today"), "url": reverse("home")}, {"label": _("Own tasks"), "url": ""}]
    return render(request, "task/list.html", {"title": _("Own tasks"), **context})


def own_patterns(user, on):
    """What of the user's own entries is worth a second look, each with its newest entry where it can be opened."""
    found = entry_patterns([user.pk], on).get(user.pk, [])
    newest = [each.newest for each in found]
    open_to = set(Activity.objects.visible_to(user).kept().filter(pk__in=newest).values_list("pk", flat=True))
    return [(each, each.newest in open_to) for each in found]


@gate(Permission.TASK, "GET", "POST")
@pages.one_at_a_time
def add(request):
    """`?person=` says about whom it is; without it, about nobody."""
    person = _person(request)
    task = PersonalTask(owner=request.user, returnee=person, due_on=pages.today())
    form = PersonalTaskForm(pages.bound_data(request), instance=task, user=request.user, on=pages.today())
    back = reverse("returnee-detail", args=[person.pk]) if person else reverse("task-list")
    if pages.is_sent(request, form):
        try:
            actions.task.add(task=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Noted; it stands on “Today” from a week before its day."))
            return redirect(back)
    return pages.show_form(
        request,
        form,
        title=_("New task of your own"),
        tab_title=_("Own tasks"),
        lead=person.full_name if person else "",
        draft="task-add",
        draft_person=person,
        cancel_url=back,
    )


@gate(Permission.TASK, "GET", "POST")
@pages.one_at_a_time
def edit(request, pk):
    tasks = PersonalTask.objects.visible_to(request.user).pending().select_related("returnee")
    task = pages.lock_row(request, get_object_or_404(tasks, pk=pk))
    form = PersonalTaskEditForm(pages.bound_data(request), instance=task, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            actions.task.correct(task=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("Saved: %(name)s.") % {"name": form.instance.text})
            return redirect("task-list")
    return pages.show_form(
        request,
        form,
        title=_("Edit a task"),
        tab_title=_("Own tasks"),
        lead=task.returnee.full_name if task.returnee else "",
        cancel_url=reverse("task-list"),
    )


def _person(request):
    """The person of the address, in the user's scope, or 404; None where it names nobody."""
    asked = request.GET.get("person", "")
    if not asked:
        return None
    return get_object_or_404(Returnee.objects.visible_to(request.user).kept(), pk=numbers.parse_key(asked))


@gate(Permission.TASK, "POST")
def finish(request, pk):
    tasks = PersonalTask.objects.visible_to(request.user).kept().select_related("returnee")
    task = get_object_or_404(tasks, pk=pk)
    again = actions.task.finish(task=task, on=pages.today(), by=request.user)
    said = _("Done: %(text)s.") % {"text": task.text}
    if again:
        said = _("Done: %(text)s. Again by %(day)s.") % {"text": task.text, "day": f"{again.due_on:%d/%m/%Y}"}
    messages.success(request, said)
    return redirect(ways.safe(request, request.POST.get("next", "")) or reverse("home"))
