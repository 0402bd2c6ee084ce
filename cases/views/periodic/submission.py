"""The report of one commune: its figures as they stand or as they were sent, and the step that comes next."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.access.permissions import Permission
from cases.forms.campaign import GiveBackForm, SendForm
from cases.forms.report import period_query
from cases.jobs import queue
from cases.lib.period import Period
from cases.models import QueuedJob, Submission
from cases.reports.periodic import frozen, letter_draft
from cases.reports.periodic.comparison import figure, signed_number, signed_percent
from cases.reports.periodic.consolidation import FILES, draft_of
from cases.reports.periodic.indicators import THEME_WORDS, Theme
from cases.reports.periodic.registry import INDICATORS
from cases.reports.periodic.report_scope import Lens
from cases.views import pages
from cases.views.gate import gate
from cases.views.periodic import frame
from cases.views.periodic.frame import crumbs
from cases.views.periodic.sending import is_large, send_report

State = Submission.State


def find_to_decide(request, pk):
    """A report this user may accept or give back."""
    submission = frame.find_document(request, pk)
    if not frame.may_decide(request.user, submission):
        raise PermissionDenied
    return submission


@gate(Permission.REPORT_VIEW)
def detail(request, pk):
    submission = frame.find_document(request, pk)
    versions = list(submission.versions.select_related("made_by").prefetch_related("comments").defer(*frame.FILES))
    version = asked_version(request, submission, versions)
    draft = None if version else draft_of(submission.unit, submission.campaign.period, pages.today())
    earlier = version_before(submission, version, versions)
    comparison = frozen.comparison_of(version) if version else draft.comparison
    return render(
        request,
        "submission/detail.html",
        {
            "submission": submission,
            "version": version,
            "versions": versions,
            "is_live": version is None,
            "is_running": submission.campaign.period.end > pages.today(),
            "is_pending": submission.accepted_id and submission.state != State.ACCEPTED,
            "is_broken": version and not version.is_intact,
            "sections": sections(comparison, partial(line_url, submission, version), comments(version, versions)),
            "notes": comparison.notes,
            "corrected_since": corrected_since(request, submission, version),
            "period_before": comparison.before and comparison.before.period,
            "accepted": comparison.accepted,
            "changes": changed_rows(earlier, draft or version) if earlier else [],
            "texts": frozen.changed_texts(earlier, draft or version) if earlier else [],
            "earlier": earlier,
            "next": next_step(request, submission, version),
            "crumbs": crumbs(submission.unit.name, frame.campaign_crumb(submission)),
            "now": timezone.now(),
        },
    )


def corrected_since(request, submission, version):
    """Units below of which a correction was accepted after this version of a unit above was sent."""
    unit = submission.unit
    if version is None or unit.is_commune:
        return []
    below = Submission.objects.visible_to(request.user).below(unit, submission.campaign.period)
    later = below.filter(accepted__isnull=False, state=State.ACCEPTED, stepped_at__gt=version.made_at)
    return sorted({each.unit.name for each in later.defer(*FILES, "accepted__lines", "accepted__texts")})


def asked_version(request, submission, versions):
    """The version asked for, else the one last sent; None for the figures of the moment."""
    asked = request.GET.get("version", "")
    version = next((each for each in versions if str(each.number) == asked), None)
    is_live = asked == "now" or submission.state in (State.DRAFT, State.RETURNED)
    return version or (None if is_live else versions[0])


def version_before(submission, version, versions):
    """Return the version to compare with: the accepted one during a correction, else the one sent before."""
    number = version.number if version else len(versions) + 1
    accepted = next((each for each in versions if each.pk == submission.accepted_id), None)
    if accepted and accepted.number < number:
        return accepted
    return next((each for each in versions if each.number == number - 1), None)


def comments(version, versions):
    """What was asked about single figures of a version; of those of the moment, what was asked last."""
    shown = version or next(iter(versions), None)
    return {each.indicator: each.text for each in shown.comments.all()} if shown else {}


def line_url(submission, version, key):
    """The list behind a figure: the frozen lines of a version, or those of today; none of what is put together now."""
    if version is None and not submission.unit.is_commune:
        return None
    if version:
        address = reverse("submission-list", args=[submission.pk])
        return f"{address}?{urlencode({'version': version.number, 'indicator': key})}"
    return f"{reverse('report-list')}?{urlencode({**query_of(submission, cut=True), 'indicator': key})}"


def query_of(submission, *, cut=False):
    """The query string that asks the report pages for this commune and period; cut at today for a list."""
    period = submission.campaign.period
    if cut:
        period = Period(period.start, min(period.end, pages.today()))
    return {"unit": submission.unit_id, **period_query(period), "lens": Lens.AS_WAS}


def sections(comparison, url_of, comments):
    """The figures by theme, beside those of the period before."""
    lines = comparison.by_key
    return [
        {
            "key": theme,
            "title": THEME_WORDS[theme],
            "rows": [
                row(indicator, lines[indicator.key], url_of, comments)
                for indicator in INDICATORS
                if indicator.theme == theme
            ],
        }
        for theme in Theme
    ]


def row(indicator, line, url_of, comments):
    """The list behind a figure written by hand holds what was counted."""
    counts = indicator.counts
    return {
        "indicator": indicator,
        "now": figure(counts, line.shown),
        "zero": not line.now,
        "before": figure(counts, line.before),
        "change": signed_number(counts, line.change),
        "percent": signed_percent(line.percent),
        "typed": line.typed,
        "counted": figure(counts, line.counted if line.is_shown else None),
        "url": None if line.counted is None or not line.is_shown else url_of(indicator.key),
        "comment": comments.get(indicator.key, ""),
    }


def changed_rows(earlier, later):
    """What differs from an earlier version, each figure with what had been asked about it there."""
    asked = {each.indicator: each.text for each in earlier.comments.all()}
    return [change_row(each, asked) for each in frozen.changes(earlier, later)]


def change_row(change, asked):
    counts = change.indicator.counts
    return {
        "title": change.indicator.title,
        "asked": asked.get(change.indicator.key, ""),
        "before": figure(counts, change.before),
        "now": figure(counts, change.now),
        "came": change.came,
        "went": change.went,
    }


def next_step(request, submission, version):
    """Which buttons stand on the page: sending, correcting, deciding, writing the letter."""
    may_send = request.user.may(Permission.REPORT_SEND) and frame.is_answered_by(request.user, submission.unit)
    decides = frame.may_decide(request.user, submission)
    return {
        "send": may_send and submission.state in (State.DRAFT, State.RETURNED),
        "correct": may_send and submission.state == State.ACCEPTED,
        "decide": decides and submission.state == State.SUBMITTED and version,
        "letter": version is None and letter_url(submission),
    }


def letter_url(submission):
    """The page of the letter that goes with the figures: its words, who signs, figures by hand."""
    return f"{reverse('report-document')}?{urlencode(query_of(submission))}"


@gate(Permission.REPORT_SEND, "GET", "POST")
def send(request, pk):
    """One page to send from: the figures of this moment are counted when the button is pressed."""
    submission = frame.find_to_send(request, pk)
    is_correction = submission.accepted_id is not None
    form = SendForm(pages.bound_data(request), is_correction=is_correction, user=request.user, on=pages.today())
    if pages.is_sent(request, form):
        reason = form.cleaned_data.get("reason", "")
        if is_large(submission.unit, request.user):
            return count_apart(request, submission, reason)
        try:
            version = send_report(submission, reason=reason, on=pages.today(), by=request.user)
        except ValidationError as error:
            pages.refuse(form, error)
        else:
            said = _("The report of %(unit)s was sent as version %(number)d.")
            messages.success(request, said % {"unit": submission.unit.name, "number": version.number})
            return redirect("submission-detail", submission.pk)
    document = letter_draft.load_document(submission.unit, submission.campaign.period, Lens.AS_WAS, pages.today())
    return pages.show_form(
        request,
        form,
        title=_("Correct the report") if is_correction else _("Send the report"),
        lead=f"{submission.unit.name} · {submission.campaign}",
        crumbs=crumbs(submission.unit.name, frame.campaign_crumb(submission)),
        cancel_url=reverse("submission-detail", args=[submission.pk]),
        save_label=_("Send the report"),
        template="submission/send.html",
        submission=submission,
        others=[each.campaign.unit.name for each in Submission.objects.visible_to(request.user).asked_too(submission)],
        document=document,
        number=letter_draft.number(document),
        letter_url=letter_url(submission),
    )


def count_apart(request, submission, reason):
    """Let a worker count and send the report of a large unit."""
    asked = {"submission": submission.pk, "reason": reason, "on": f"{pages.today()}"}
    job = queue.put(QueuedJob.Kind.REPORT, f"report-{submission.pk}", asked, request.user)
    if job.made_by_id != request.user.pk:  # the page of a job is for whoever asked for it
        messages.info(request, _("Somebody else is sending this report already."))
        return redirect("submission-detail", submission.pk)
    queue.start(job)
    return redirect("job-detail", job.pk)


@gate(Permission.CAMPAIGN_OPEN, "GET", "POST")
def accept(request, pk):
    submission = find_to_decide(request, pk)
    version = get_object_or_404(submission.versions, number=frame.number_asked(request.POST, submission))
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
            "crumbs": crumbs(submission.unit.name, frame.campaign_crumb(submission)),
            "cancel_url": back,
        },
    )


@gate(Permission.CAMPAIGN_OPEN, "GET", "POST")
def give_back(request, pk):
    submission = find_to_decide(request, pk)
    last = submission.versions.first()
    if last is None:
        messages.info(request, _("%(unit)s has not sent its report yet.") % {"unit": submission.unit.name})
        return redirect("submission-detail", submission.pk)
    form = GiveBackForm(
        pages.bound_data(request),
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
        crumbs=crumbs(submission.unit.name, frame.campaign_crumb(submission)),
        cancel_url=reverse("submission-detail", args=[submission.pk]),
        save_label=_("Give the report back"),
        template="submission/give_back.html",
        cells=_give_back_cells(form, last),
    )


def _give_back_cells(form, version):
    """Each indicator with its figure in `version` and the field that marks it as wrong."""
    return [
        (indicator, figure(indicator.counts, version.figures.get(indicator.key)), form[f"cell-{indicator.key}"])
        for indicator in INDICATORS
    ]
