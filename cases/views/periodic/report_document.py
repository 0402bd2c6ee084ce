"""The official report of a unit for a period: preview, what is written on it, its number, figures by hand, files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.report_document import CountAgainForm, ReportCellForm, ReportDocumentForm
from cases.models import ReportCell, ReportDocument, Submission
from cases.reports.people import sealed
from cases.reports.periodic import letter_draft, official_letter
from cases.reports.periodic.comparison import figure, signed_number, signed_percent
from cases.reports.periodic.indicators import Countable
from cases.reports.periodic.registry import BY_KEY, INDICATORS
from cases.reports.writers import docx
from cases.reports.writers.docx_layout import DOCX
from cases.templatetags.words import period_label
from cases.views import counting, pages
from cases.views.gate import gate
from cases.views.periodic import counted, frame
from cases.views.periodic.asked_figures import of_report
from cases.views.periodic.report_query import address, understand


def _open(request):
    """What was asked for, its document and its submission; a document not yet saved is made anew."""
    asked = understand(request)
    submissions = _submissions(request, asked)
    beside = [*counting.ask(request, of_report(asked)).rows, submissions]
    document = letter_draft.load_document(asked.unit, asked.named, asked.lens, pages.today(), beside)
    return asked, document, next(iter(submissions), None)


def _may_write(request, unit):
    return request.user.may(Permission.REPORT_WRITE) and frame.is_answered_by(request.user, unit)


def _to_write(request):
    asked, document, _submission = _open(request)
    if not _may_write(request, asked.unit):
        raise PermissionDenied
    return asked, document


def _submissions(request, asked):
    """The report of these days that a unit above has asked for: its letter is numbered when it is sent."""
    days = {"campaign__period_start": asked.named.start, "campaign__period_end": asked.named.end}
    rows = Submission.objects.visible_to(request.user).filter(unit=asked.unit, **days)
    rows = rows.select_related("campaign").order_by("-campaign__unit__path")[:1]
    return rows if asked.lens == ReportDocument.Lens.AS_WAS else rows.none()


def _url(route, asked, **query):
    return address(route, asked, unit=asked.unit.pk, **query)


def _crumbs(asked, here=""):
    report = {"label": f"{_('Report')}: {asked.unit.name}", "url": _url("report-show", asked)}
    document = {"label": _("Official report"), "url": _url("report-document", asked)}
    return [report, *([document, {"label": here}] if here else [{"label": document["label"]}])]


@gate(Permission.REPORT_VIEW)
def show(request):
    asked, document, submission = _open(request)
    official = counted.write_letter(request, asked, document)
    cells = {cell.indicator: cell for cell in letter_draft.cells(document)}
    rows = [_row(line, asked, cells) for line in official.comparison.lines]
    context = {
        "asked": asked,
        "paper": official,
        "document": document,
        "rows": rows,
        "typed": [row for row in rows if row["line"].typed],
        "numbered": letter_draft.number(document) is not None,
        "submission": submission,
        "is_running": document.period_end > pages.today(),
        "may_write": _may_write(request, asked.unit),
        "edit_url": _url("report-document-edit", asked),
        "number_url": _url("report-number", asked),
        "docx_url": _url("report-docx", asked),
        "xlsx_url": f"{reverse('list-export', args=['official'])}?{_url('report-show', asked).partition('?')[2]}",
        "crumbs": _crumbs(asked),
        "now": timezone.now(),
        "seal": official.seal,
    }
    return render(request, "report/document.html", context)


def _row(line, asked, cells):
    counts = line.column.counts
    return {
        "line": line,
        "now": figure(counts, line.shown),
        "counted": figure(counts, line.counted if line.is_shown else None),
        "before": figure(counts, line.before),
        "change": signed_number(counts, line.change),
        "percent": signed_percent(line.percent),
        "cell": cells.get(line.column.key),
        "cell_url": _url("report-cell", asked, figure=line.column.key),
    }


@gate(Permission.REPORT_WRITE, "GET", "POST")
@pages.one_at_a_time
def edit(request):
    asked, document = _to_write(request)
    comparison, letter = counted.compare_for_letter(request, asked, document), letter_draft.letter(document)
    form = ReportDocumentForm(
        pages.bound_data(request),
        instance=document,
        drafts=official_letter.drafts(comparison, document.unit, letter.stuck),
        bodies=official_letter.bodies(document.unit, document.signed_on, letter.asked_by),
        user=request.user,
        on=pages.today(),
    )
    if pages.is_sent(request, form):
        try:
            actions.report_document.save(document=form.instance, by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            pages.tell_kept(request, form)
            messages.success(request, _("The report is saved."))
            return redirect(_url("report-document", asked))
    title = _("Write the report")
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=title,
        lead=f"{asked.unit.name} · {period_label(asked.named)}",
        crumbs=_crumbs(asked, title),
        cancel_url=_url("report-document", asked),
        wide=True,
        draft="report-document",
    )


@gate(Permission.REPORT_WRITE, "POST")
def number(request):
    """Take the next number of the register for a letter nobody has asked for; a report not saved yet is saved with it.

    What a unit above has asked for takes its number when it is sent.
    """
    asked, document = _to_write(request)
    if submission := _submissions(request, asked).first():
        messages.error(request, _("This report has been asked for: it takes its number when it is sent."))
        return redirect("submission-detail", submission.pk)
    try:
        document = actions.report_document.issue(document=document, on=pages.today(), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        given = letter_draft.number(document)
        messages.success(request, _("Number %(number)s is entered in the register.") % {"number": f"{given:02d}"})
    return redirect(_url("report-document", asked))


@gate(Permission.REPORT_VIEW, "POST")
def download(request):
    asked, document, _submission = _open(request)
    letter = counted.write_letter(request, asked, document)
    made = docx.write(letter, sealed.hider(request.user))
    actions.report_document.record_download(document=document, form="docx", by=request.user)
    name = f"bao-cao-{asked.unit.code}-{asked.named.start:%Y%m%d}-{asked.named.end:%Y%m%d}.docx"
    return HttpResponse(made, DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@gate(Permission.REPORT_WRITE, "GET", "POST")
def cell(request):
    """One figure by hand; it stands in the place of the counted one, and both are shown."""
    asked, document = _to_write(request)
    indicator = BY_KEY.get(request.GET.get("figure", INDICATORS[0].key))
    if indicator is None:
        raise Http404
    whole = indicator.counts != Countable.PERCENT
    form = ReportCellForm(pages.bound_data(request), whole=whole, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            saved = actions.report_document.save(document=document, by=request.user)
            actions.report_document.type_cell(cell=form.cell(saved, indicator.key), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Written by hand: %(figure)s.") % {"figure": indicator.title})
            return redirect(_url("report-document", asked))
    line = counted.compare_for_letter(request, asked, document).by_key[indicator.key]
    title = _("Figure by hand")
    lead = _("%(figure)s: counted from the log, %(value)s %(unit)s")
    told = {"figure": indicator.title, "value": figure(indicator.counts, line.counted), "unit": indicator.unit}
    return pages.show_form(
        request,
        form,
        title=title,
        tab_title=title,
        lead=lead % told,
        crumbs=_crumbs(asked, title),
        cancel_url=_url("report-document", asked),
    )


@gate(Permission.REPORT_WRITE, "GET", "POST")
def count_again(request, pk):
    found = ReportCell.objects.visible_to(request.user).kept().select_related("document__unit")
    row = get_object_or_404(found, pk=pk)
    if not _may_write(request, row.document.unit):
        raise PermissionDenied
    form = CountAgainForm(pages.bound_data(request), user=request.user, on=pages.today())
    document = row.document
    back = reverse("report-document") + (
        f"?unit={document.unit_id}&from={document.period_start:%d/%m/%Y}&to={document.period_end:%d/%m/%Y}"
        f"&lens={document.lens}"
    )
    if pages.is_sent(request, form):
        actions.report_document.count_again(cell=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The counted figure stands again: %(figure)s.") % {"figure": _title(row)})
        return redirect(back)
    title = _("Use the counted figure again")
    return pages.show_form(request, form, title=title, tab_title=title, lead=_title(row), cancel_url=back)


def _title(cell):
    return BY_KEY[cell.indicator].title
