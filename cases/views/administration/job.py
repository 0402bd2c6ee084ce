"""Work that left its request: how far it is, and how it ended."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.access.permissions import Permission
from cases.forms.job import JobFilter
from cases.jobs import queue
from cases.models import QueuedJob
from cases.views import pages
from cases.views.gate import gate


@gate(Permission.JOB_VIEW)
def show_list(request):
    form = JobFilter(request.GET, user=request.user, on=pages.today())
    jobs = QueuedJob.objects.visible_to(request.user).select_related("made_by", "unit")
    context = {"form": form, "page_obj": pages.paginate(request, form.narrow(jobs)), "alive": queue.is_worker_there()}
    return render(request, "job/list.html", context)


@gate(Permission.HOME)
def detail(request, pk):
    """How far one's own job is; the administrator sees the same without what it is about."""
    job = get_object_or_404(QueuedJob.objects.visible_to(request.user).select_related("made_by", "unit"), pk=pk)
    own = job.made_by_id == request.user.pk
    context = {
        **queue.progress(job),
        "job": job,
        "title": job.get_kind_display(),
        "crumbs": [{"label": _("Background work"), "url": reverse("job-list")}] if not own else [],
        "own": own,
        "told": job.told if own or job.made_by is None else "",
        "fetchable": own and job.is_fetchable(timezone.now()),
        "page_of": _page_of(job) if own else "",
    }
    return render(request, "job/detail.html", context)


def _page_of(job):
    """The page on which what was done stands."""
    asked = job.arguments
    if job.kind == QueuedJob.Kind.WORKBOOK:
        return reverse("import-detail", args=[asked["run"]])
    return reverse("submission-detail", args=[asked["submission"]]) if job.kind == QueuedJob.Kind.REPORT else ""
