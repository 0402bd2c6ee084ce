"""The report of one commune: its figures as they stand or as they were sent, and the step that comes next."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.actions.campaign import Figures
from cases.forms.campaign import GiveBackForm, SendForm
from cases.models import ReportVersion, Returnee, Submission, Unit
from cases.reports import frozen, sealed
from cases.reports.indicators import THEME_WORDS, Counts, Theme
from cases.reports.registry import BY_KEY, INDICATORS
from cases.views import pages
from cases.views.campaign import crumbs
from cases.views.gate import gate
from cases.views.report import shown
from cases.views.report_document import DOCX

State = Submission.State


def found(request, pk):
    rows = Submission.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("campaign__unit", "unit", "stepped_by", "accepted"), pk=pk)


def decided(request, pk):
    """A report this user may accept or give back: of a campaign of the own unit or of one below."""
    submission = found(request, pk)
    if not Unit.objects.visible_to(request.user).filter(pk=submission.campaign.unit_id).exists():
        raise PermissionDenied
    return submission


@gate(Permission.REPORT_VIEW)
def detail(request, pk):
    submission = found(request, pk)
    versions = list(submission.versions.select_related("made_by").prefetch_related("comments"))
    asked = request.GET.get("version", "")
    version = next((each for each in versions if str(each.number) == asked), None)
    is_live = version is None and (asked == "now" or submission.state in (State.DRAFT, State.RETURNED))
    if version is None and not is_live:
        version = versions[0]
    period = submission.campaign.period
    draft = frozen.draft(submission.unit, period, pages.today()) if is_live else None
    earlier = versions[0] if is_live and versions else before(version, versions)
    values, previous = (draft.values, draft.previous) if is_live else (version.figures, version.previous)
    return render(
        request,
        "submission/detail.html",
        {
            "submission": submission,
            "version": version,
            "versions": versions,
            "is_live": is_live,
            "is_running": period.end > pages.today(),
            "sections": sections(values, previous, lambda key: line_url(submission, version, key), comments(versions)),
            "changes": [change_row(each) for each in frozen.changes(earlier, draft or version)] if earlier else [],
            "earlier": earlier,
            "next": next_step(request, submission, is_live),
            "crumbs": crumbs(submission.unit.name, campaign_crumb(submission)),
            "now": timezone.now(),
        },
    )


def before(version, versions):
    """The version sent before this one."""
    return next((each for each in versions if version and each.number == version.number - 1), None)


def campaign_crumb(submission):
    return {"label": submission.campaign.unit.name, "url": reverse("campaign-detail", args=[submission.campaign_id])}


def comments(versions):
    """What was asked about single figures when the last version was given back."""
    return {each.indicator: each.text for each in versions[0].comments.all()} if versions else {}


def line_url(submission, version, key):
    """The list behind a figure: the frozen lines of a version, or those of today."""
    if version:
        address = reverse("submission-list", args=[submission.pk])
        return f"{address}?{urlencode({'version': version.number, 'indicator': key})}"
    period = submission.campaign.period
    query = {
        "unit": submission.unit_id,
        "from": f"{period.start:%d/%m/%Y}",
        "to": f"{min(period.end, pages.today()):%d/%m/%Y}",
        "lens": "as-was",
        "indicator": key,
    }
    return f"{reverse('report-list')}?{urlencode(query)}"


def sections(values, previous, url_of, comments):
    """The figures by theme, beside those of the period before."""
    return [
        {
            "key": theme,
            "title": THEME_WORDS[theme],
            "rows": [
                row(indicator, values, previous, url_of, comments)
                for indicator in INDICATORS
                if indicator.theme == theme
            ],
        }
        for theme in Theme
    ]


def row(indicator, values, previous, url_of, comments):
    now, earlier = values.get(indicator.key), previous.get(indicator.key)
    return {
        "indicator": indicator,
        "now": shown(indicator.counts, now),
        "zero": not now,
        "before": shown(indicator.counts, earlier),
        "difference": difference(indicator.counts, now, earlier),
        "url": None if now is None else url_of(indicator.key),
        "comment": comments.get(indicator.key, ""),
    }


def difference(counts, now, earlier):
    if now is None or earlier is None:
        return shown(counts, None)
    return ("+" if now > earlier else "") + shown(counts, round(now - earlier, 2))


def change_row(change):
    counts = change.indicator.counts
    return {
        "title": change.indicator.title,
        "before": shown(counts, change.before),
        "now": shown(counts, change.now),
        "came": change.came,
        "went": change.went,
    }


def next_step(request, submission, is_live):
    """Which buttons stand on the page: sending, correcting, deciding."""
    may_send = request.user.may(Permission.REPORT_SEND)
    decides = (
        request.user.may(Permission.CAMPAIGN_OPEN)
        and Unit.objects.visible_to(request.user).filter(pk=submission.campaign.unit_id).exists()
    )
    return {
        "send": may_send and submission.state in (State.DRAFT, State.RETURNED),
        "correct": may_send and submission.state == State.ACCEPTED,
        "decide": decides and submission.state == State.SUBMITTED and not is_live,
    }


@gate(Permission.REPORT_SEND, "GET", "POST")
def send(request, pk):
    """One page to send from: the figures of this moment are counted when the button is pressed."""
    submission = found(request, pk)
    is_correction = submission.accepted_id is not None
    form = SendForm(pages.typed(request), is_correction=is_correction, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        try:
            version = sent(request, submission, form.cleaned_data.get("reason", ""))
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("The report of %(unit)s was sent as version %(number)d.")
            messages.success(request, said % {"unit": submission.unit.name, "number": version.number})
            return redirect("submission-detail", submission.pk)
    return pages.show_form(
        request,
        form,
        title=_("Correct the report") if is_correction else _("Send the report"),
        lead=f"{submission.unit.name} · {submission.campaign}",
        crumbs=crumbs(submission.unit.name, campaign_crumb(submission)),
        cancel_url=reverse("submission-detail", args=[submission.pk]),
        save_label=_("Send the report"),
        template="submission/send.html",
        submission=submission,
    )


@transaction.atomic
def sent(request, submission, reason):
    on = pages.today()
    draft = frozen.draft(submission.unit, submission.campaign.period, on)
    letter = frozen.letter(submission.unit, submission.campaign.period, draft, on)
    figures = Figures(draft.values, draft.previous, draft.lines, letter)
    return actions.campaign.submit(submission=submission, figures=figures, on=on, reason=reason, by=request.user)


@gate(Permission.CAMPAIGN_OPEN, "GET", "POST")
def accept(request, pk):
    submission = decided(request, pk)
    version = get_object_or_404(
        submission.versions, number=whole(request.POST.get("version")) or last_number(submission)
    )
    back = reverse("submission-detail", args=[submission.pk])
    if request.method == "POST":
        try:
            actions.campaign.accept(submission=submission, version=version, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Accepted and frozen: %(unit)s.") % {"unit": submission.unit.name})
        return redirect(back)
    return render(
        request,
        "submission/accept.html",
        {
            "submission": submission,
            "version": version,
            "title": _("Accept the report"),
            "crumbs": crumbs(submission.unit.name, campaign_crumb(submission)),
            "cancel_url": back,
        },
    )


def last_number(submission):
    last = submission.versions.first()
    return last.number if last else 0


@gate(Permission.CAMPAIGN_OPEN, "GET", "POST")
def give_back(request, pk):
    submission = decided(request, pk)
    last = submission.versions.first()
    if last is None:
        messages.info(request, _("%(unit)s has not sent its report yet.") % {"unit": submission.unit.name})
        return redirect("submission-detail", submission.pk)
    form = GiveBackForm(
        pages.typed(request),
        submission=submission,
        initial={"version": last.pk},
        user=request.user,
        on=pages.today(),
    )
    if pages.is_sent(request, form):
        given = form.cleaned_data
        try:
            actions.campaign.give_back(
                submission=submission,
                version=given["version"],
                comment=given["comment"],
                cells=form.cells,
                by=request.user,
            )
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            messages.success(request, _("Given back: %(unit)s.") % {"unit": submission.unit.name})
            return redirect("campaign-detail", submission.campaign_id)
    return pages.show_form(
        request,
        form,
        title=_("Give the report back"),
        lead=f"{submission.unit.name} · {submission.campaign}",
        crumbs=crumbs(submission.unit.name, campaign_crumb(submission)),
        cancel_url=reverse("submission-detail", args=[submission.pk]),
        save_label=_("Give the report back"),
        template="submission/give_back.html",
        cells=[
            (indicator, shown(indicator.counts, last.figures.get(indicator.key)), form[f"cell-{indicator.key}"])
            for indicator in INDICATORS
        ],
    )


@gate(Permission.REPORT_VIEW)
def show_list(request, pk):
    """The frozen list behind a figure: as many lines as were counted, named where the file may be seen."""
    submission = found(request, pk)
    version = get_object_or_404(
        ReportVersion.objects.visible_to(request.user),
        submission=submission,
        number=whole(request.GET.get("version")) or last_number(submission),
    )
    indicator = BY_KEY.get(request.GET.get("indicator", ""), INDICATORS[0])
    lines = frozen.lines_of(version, indicator.key)
    page = pages.paginate(request, lines)
    people = Returnee.objects.visible_to(request.user).kept().in_bulk([line.person for line in page if line.person])
    hidden = sealed.among(line.person for line in page)
    return render(
        request,
        "submission/list.html",
        {
            "submission": submission,
            "version": version,
            "indicator": indicator,
            "count": len(lines),
            "page_obj": page,
            "lines": [
                {"line": line, "person": people.get(line.person), "sealed": line.person in hidden} for line in page
            ],
            "crumbs": crumbs(indicator.title, campaign_crumb(submission)),
            "back_url": f"{reverse('submission-detail', args=[submission.pk])}?version={version.number}",
            "counts_people": indicator.counts == Counts.PEOPLE,
        },
    )


@gate(Permission.REPORT_VIEW, "POST")
def download(request, pk):
    """The letter of a version, byte for byte as it was sent."""
    submission = found(request, pk)
    versions = ReportVersion.objects.visible_to(request.user).filter(submission=submission)
    version = get_object_or_404(versions, number=whole(request.POST.get("version")) or last_number(submission))
    actions.campaign.handed_out(version=version, by=request.user)
    days = submission.campaign.period
    name = f"bao-cao-{submission.unit.code}-{days.start:%Y%m%d}-{days.end:%Y%m%d}-ban-{version.number}.docx"
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(bytes(version.letter), DOCX, headers={"Content-Disposition": disposition})


def whole(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0
