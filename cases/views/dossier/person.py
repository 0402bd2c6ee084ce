"""The dossier of one person: which papers lie in it, each form as a page and as a file, the whole set at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.dossier_paper import DossierPaperForm
from cases.law.forms import BY_CODE, HELPER_REPORT, FormSubject
from cases.models import DossierPaper
from cases.reports.dossier.checklist import PaperState, checklist, committee_lines, quarters_to_file
from cases.reports.dossier.drafts import DRAFTS, applies, draft, whole_dossier
from cases.reports.dossier.form_paper import FormNames
from cases.reports.dossier.records import DossierRecords
from cases.views import pages
from cases.views.casefile import frame, trail
from cases.views.dossier import drawing
from cases.views.gate import gate

WHOLE = "all"  # the code of the set in the log


def _read(person):
    records = DossierRecords(person, pages.today())
    records.read_all()
    return records, records.names


@gate(Permission.CASE_VIEW, sealed=True, as_file=True)
def show_tab(request, returnee_pk, opened):
    """The list of papers; sent, it hands out the whole set as one document."""
    person = frame.find(request, returnee_pk, opened)
    records, names = _read(person)
    if request.method == "POST":
        papers = list(whole_dossier(records, names, request.user))
        actions.dossier.record_download(returnee=person, code=WHOLE, by=request.user)
        return drawing.hand_out(request, papers, f"ho-so-{person.pk}", opened)
    lines = checklist(records, names)
    return frame.show_tab(
        request,
        person,
        "dossier/tab.html",
        tab="dossier",
        rows=records,
        rows_of_papers=[(line, _links(line, records)) for line in lines],
        beside=[(line, _links(line, records)) for line in committee_lines(records, names)],
        notices=bool(records.notices),
        there=sum(line.is_there for line in lines),
        asked=sum(line.state is not PaperState.LATER for line in lines),
        attachments=records.attachments.filter(dossier_paper__isnull=False),
        add_url=_add_url(request, person, records),
        may_edit=request.user.may(Permission.RETURNEE_EDIT) and not person.is_sealed,
        may_withdraw=request.user.may(Permission.WITHDRAW) and not person.is_sealed,
    )


def _add_url(request, person, records):
    """Where a photograph of a signed paper is added, "" where none lies in the dossier."""
    paper = next(iter(records.dossier_papers), None)
    if paper is None or not frame.rights(request.user, person)["PAPERWORK_EDIT"]:
        return ""
    return f"{reverse('attachment-add', args=[person.pk])}?paper=dossier-{paper.pk}"


def _links(line, records):
    """Where the draft of a paper is, "" where none is made; and where the signed one is recorded."""
    person, code = records.returnee, line.form.code
    view = ""
    if code == HELPER_REPORT:
        quarter = f"?quarter={line.quarter.start}" if line.quarter else ""
        view = reverse("helper-report", args=[person.pk]) + quarter
    elif code in DRAFTS and applies(code, records):
        view = reverse("dossier-paper", args=[person.pk, code])
    add = reverse("dossier-paper-add", args=[person.pk, code])
    return {"view": view, "add": f"{add}?quarter={line.quarter.start}" if line.quarter else add}


@gate(Permission.CASE_VIEW, sealed=True, as_file=True)
def show_paper(request, returnee_pk, code, opened):
    if code not in DRAFTS:
        raise Http404
    person = frame.find(request, returnee_pk, opened)
    records, names = _read(person)
    if not applies(code, records):
        raise Http404
    paper = draft(code, records, names)
    if request.method == "POST":
        actions.dossier.record_download(returnee=person, code=code, by=request.user)
        return drawing.hand_out(request, [paper], f"{code.lower()}-{person.pk}", opened)
    flags = [row for row in records.safety_flags if row.stands(records.on)]
    for row in flags:
        row.returnee = person
    return drawing.show_paper(request, paper, crumbs=trail.of_tab(person, "dossier", code), flags_above=flags)


@gate(Permission.RETURNEE_EDIT, "GET", "POST")
def add_paper(request, returnee_pk, code):
    """The signed paper lies in the dossier: its day and number."""
    form_row = BY_CODE.get(code)
    if form_row is None or form_row.subject == FormSubject.UNIT:
        raise Http404
    person, on = frame.find(request, returnee_pk), pages.today()
    quarters = quarters_to_file(person, on) if code == HELPER_REPORT else []
    asked = [each for each in quarters if f"{each.start}" == request.GET.get("quarter")] or quarters[:1]
    paper = DossierPaper(returnee=person, code=code, on=on, quarter=asked[0].start if asked else None)
    form = DossierPaperForm(pages.bound_data(request), instance=paper, quarters=quarters, user=request.user, on=on)
    if pages.is_sent(request, form):
        try:
            actions.dossier.add_paper(paper=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Recorded: %(form)s lies in the dossier.") % {"form": code})
            return redirect(trail.tab_url(person, "dossier"))
    title = _("Signed paper on file: %(form)s") % {"form": FormNames.on_day(on).of(code).title}
    return frame.show_form(
        request,
        form,
        person,
        tab="dossier",
        title=title,
        tab_title=_("Dossier"),
        lead=person.full_name,
        crumbs=trail.of_tab(person, "dossier", code),
    )
