from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.paperwork import PaperRefusalForm, PaperworkFilter, PaperworkForm, StepForm
from cases.law.duty_rules import Intervals
from cases.models import PaperworkRequest, Returnee
from cases.reports.casefile import next_paper
from cases.reports.casefile.file_rows import FileRows
from cases.reports.work import duties
from cases.views import pages, ways
from cases.views.casefile import frame, trail
from cases.views.gate import gate
from cases.views.lists.paperwork import rows_asked


def _find(request, pk):
    papers = PaperworkRequest.objects.visible_to(request.user).kept().filter(returnee__withdrawn_at=None)
    return get_object_or_404(papers.select_related("returnee__unit"), pk=pk)


def _stuck_after(on):
    return duties.intervals(on).paperwork


@gate(Permission.CASE_VIEW, sealed=True)
def show_tab(request, returnee_pk, opened):
    person = frame.find(request, returnee_pk, opened)
    rows, on = FileRows(person), pages.today()
    rows.read(("papers", *next_paper.READ, "deadline_versions"))
    under_way = [paper for paper in rows.papers if paper.next_step]
    return frame.show_tab(
        request,
        person,
        "paperwork/tab.html",
        tab="paperwork",
        rows=rows,
        under_way=sorted(under_way, key=lambda paper: (paper.last_step_on, paper.pk)),
        next_paper=next_paper.step(rows),
        ended=[paper for paper in rows.papers if paper.next_step is None],
        on=on,
        stuck_after=Intervals.in_force(on, rows.deadlines).paperwork,
        may_edit=request.user.may(Permission.PAPERWORK_EDIT),
        attachments=rows.attachments.filter(paperwork__isnull=False),
        add_url=reverse("attachment-add", args=[person.pk]) if rows.papers and _may_attach(request, person) else "",
    )


def _may_attach(request, person):
    return frame.rights(request.user, person)["PAPERWORK_EDIT"]


@gate(Permission.CASE_VIEW)
def show_list(request):
    on = pages.today()
    form = PaperworkFilter(request.GET, user=request.user, on=on)
    context = {
        "form": form,
        "page_obj": pages.paginate(request, rows_asked(request, form)),
        "on": on,
        "stuck_after": _stuck_after(on),
        "filtered": bool(request.GET),
        "show_unit": not request.user.unit.is_commune,
        "may_edit": request.user.may(Permission.PAPERWORK_EDIT),
    }
    return render(request, "paperwork/list.html", context)


@gate(Permission.PAPERWORK_EDIT, "GET", "POST")
@pages.one_at_a_time
def add(request, returnee_pk):
    person = get_object_or_404(Returnee.objects.visible_to(request.user).kept(), pk=returnee_pk)
    on = pages.today()
    paper = PaperworkRequest(returnee=person, needed_on=on, kind=request.GET.get("kind", "")[:10])
    form = PaperworkForm(pages.bound_data(request), instance=paper, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            paper = actions.paperwork.ask(request=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("Recorded: %(paper)s needed since %(day)s.")
            messages.success(request, said % {"paper": paper.get_kind_display(), "day": f"{paper.needed_on:%d/%m/%Y}"})
            return redirect(trail.tab_url(person, "paperwork"))
    return frame.show_form(
        request, form, person, tab="paperwork", title=_("Add a paper"), lead=person.full_name, draft="paper"
    )


@gate(Permission.PAPERWORK_EDIT, "GET", "POST")
def step(request, pk):
    """The next step with its day, or the refusal with its reason; both forms stand on one page."""
    paper = _find(request, pk)
    person, known, on = paper.returnee, {"user": request.user, "on": pages.today()}, pages.today()
    typed = pages.bound_data(request)
    refusing = typed is not None and "reason" in typed
    advancing = StepForm(
        None if refusing else typed, initial={"step": paper.next_step, "on": on, "office": paper.office}, **known
    )
    refusal = PaperRefusalForm(typed if refusing else None, initial={"on": on}, auto_id="refusal_%s", **known)
    form = refusal if refusing else advancing
    after = ways.safe(request, request.POST.get("next"))
    if pages.is_sent(request, form):
        try:
            said = _refuse(request, paper, form) if refusing else _advance(request, paper, form)
        except ValidationError as error:
            pages.refuse(form, error)
            paper.refresh_from_db()
        else:
            messages.success(request, said)
            return redirect(after or trail.tab_url(person, "paperwork"))
    context = {
        "paper": paper,
        "person": person,
        "advancing": advancing,
        "refusal": refusal,
        "form": form,
        "refusing": refusing,
        "steps": _steps(paper),
        "on": on,
        "next": after or ways.came_from(request),
        "crumbs": trail.of_tab(person, "paperwork", paper.get_kind_display()),
    }
    return render(request, "paperwork/step.html", context)


def _advance(request, paper, form):
    typed = form.cleaned_data
    office = typed["office"] if "office" in request.POST else None
    actions.paperwork.advance(request=paper, step=typed["step"], on=typed["on"], office=office, by=request.user)
    return _("Recorded: %(paper)s of %(name)s, %(state)s on %(day)s.") % {
        "paper": paper.get_kind_display(),
        "name": paper.returnee.full_name,
        "state": str(paper.state_name).lower(),
        "day": f"{typed['on']:%d/%m/%Y}",
    }


def _refuse(request, paper, form):
    typed = form.cleaned_data
    actions.paperwork.refuse(request=paper, on=typed["on"], reason=typed["reason"], by=request.user)
    return _("Recorded: %(paper)s of %(name)s was refused on %(day)s.") % {
        "paper": paper.get_kind_display(),
        "name": paper.returnee.full_name,
        "day": f"{typed['on']:%d/%m/%Y}",
    }


def _steps(paper):
    """The way of the paper, with the day of each step taken."""
    days = {step: getattr(paper, f"{step}_on") for step in paper.STEPS}
    return [
        {
            "label": f"{paper.STATES[step]} {day:%d/%m/%Y}" if day else str(paper.STATES[step]),
            "done": day is not None,
            "current": step == paper.next_step,
        }
        for step, day in days.items()
    ]
