"""Opening a collection of reports, sending, accepting, giving back: each step from the state it needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import audit, row
from cases.models import Campaign, CellComment, ReportVersion, Submission, Unit, User

State = Submission.State
FROM_HERE = {  # the state a step leads to, and the states it may start from
    State.SUBMITTED: (State.DRAFT, State.RETURNED, State.ACCEPTED),
    State.ACCEPTED: (State.SUBMITTED,),
    State.RETURNED: (State.SUBMITTED,),
}


@dataclass(frozen=True)
class SubmittedFigures:
    """What a commune reports: values by indicator, those of the period before, those written by hand, the lines of
    each, the words of the letter, and the files it is sent as.
    """

    values: dict
    previous: dict
    typed: dict[str, dict]
    lines: dict[str, list]
    texts: dict[str, str]
    letter: bytes
    workbook: bytes


@transaction.atomic
def open_campaign(
    *, campaign: Campaign, units: Iterable[Unit], by: User, checked: bool = False, vouched: bool = False
) -> Campaign:
    """Ask these communes for the report of the period; asked twice, they are asked once.

    Raises ValidationError where there is no commune to ask.
    """
    known = row.earlier(campaign, vouched=vouched)
    if known:
        return known
    units = list(units)
    if not units:
        told = {"unit": campaign.unit, "day": f"{campaign.period_end:%d/%m/%Y}"}
        raise ValidationError(_("No commune stood under %(unit)s on %(day)s: choose another period.") % told)
    campaign = row.add(row=campaign, by=by, verb="campaign.opened", checked=checked, vouched=vouched)
    Submission.objects.bulk_create(Submission(campaign=campaign, unit=unit) for unit in units)
    return campaign


@transaction.atomic
def answer(*, campaign: Campaign, unit: Unit, by: User) -> Submission:
    """Begin the report of a unit above the communes, for each unit that asks for this period; begun twice, it is one.

    Raises ValidationError for a unit that this campaign does not ask.
    """
    if unit.is_commune or not unit.path.startswith(campaign.unit.path):
        raise ValidationError(_("%(unit)s is not asked for a report of its own here.") % {"unit": unit})
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    begun = set(Submission.objects.of_period(campaign.period).filter(unit=unit).values_list("campaign", flat=True))
    for each in Campaign.objects.asking(unit, campaign.period).exclude(pk__in=begun):
        submission = Submission.objects.create(campaign=each, unit=unit)
        audit.record(by=by, verb="submission.begun", target=submission, after={"unit": unit.name})
    return Submission.objects.select_related("campaign__unit", "unit").get(campaign=campaign, unit=unit)


@transaction.atomic
def submit(*, submission: Submission, figures: SubmittedFigures, on: date, by: User, reason: str = "") -> ReportVersion:
    """Send the figures as they stand: they become the next version. What was accepted is corrected with a reason only.

    The version accepted before stays in force until the correction is accepted; the report of the unit that collects
    is frozen at once. Sending the same figures twice makes one version. Raises ValidationError for another reason,
    where the state does not allow it, or where a correction changes nothing.
    """
    submission = _locked(submission)
    last = submission.versions.first()
    version = ReportVersion(
        submission=submission,
        number=last.number + 1 if last else 1,
        figures=figures.values,
        previous=figures.previous,
        typed=figures.typed,
        lines=figures.lines,
        texts=figures.texts,
        letter=figures.letter,
        workbook=figures.workbook,
        reason=reason.strip()[:300],
        made_by=by,
        made_at=timezone.now(),
    )
    if submission.state == State.SUBMITTED and last and last.content == version.content:
        row.refuse_more(last, reason=version.reason)
        return last
    if submission.is_own and last and (last.content, last.reason) == (version.content, version.reason):
        return last
    _may_send(submission, version, on)
    version.save()
    if submission.is_own:
        submission.accepted = version
        _step(submission, State.ACCEPTED, by=by, verb="submission.frozen", reason=reason, version=version)
        return version
    _step(submission, State.SUBMITTED, by=by, verb="submission.sent", reason=reason, version=version)
    return version


@transaction.atomic
def accept(*, submission: Submission, version: ReportVersion, by: User) -> Submission:
    """Freeze the version looked at: from now on it is what the commune reported. Raises ValidationError elsewise."""
    submission = _locked(submission)
    if submission.state == State.ACCEPTED and submission.accepted_id == version.pk:
        return submission
    _allow(submission, State.ACCEPTED)
    _is_last(submission, version)
    if not version.is_intact:
        raise ValidationError(
            _("This version no longer stands as it was sent: it is not accepted. Tell the administrator.")
        )
    submission.accepted = version
    return _step(submission, State.ACCEPTED, by=by, verb="submission.accepted", version=version)


@transaction.atomic
def give_back(
    *, submission: Submission, version: ReportVersion, comment: str, cells: dict[str, str], by: User
) -> Submission:
    """Give the report back with what is to be corrected, of the whole and of single figures."""
    submission = _locked(submission)
    comment, cells = comment.strip(), {key: text.strip()[:300] for key, text in cells.items() if text.strip()}
    if submission.state == State.RETURNED and _was_said(submission, version, comment, cells):
        return submission
    _allow(submission, State.RETURNED)
    _is_last(submission, version)
    if not comment:
        raise ValidationError({"comment": _("Say what is to be corrected.")})
    CellComment.objects.bulk_create(
        CellComment(version=version, indicator=key, text=text, made_by=by, made_at=timezone.now())
        for key, text in cells.items()
    )
    submission.comment = comment[:500]
    return _step(submission, State.RETURNED, by=by, verb="submission.given_back", reason=comment, version=version)


@transaction.atomic
def record_download(*, version: ReportVersion, form: str, by: User) -> None:
    """Record in the audit log that a version was downloaded. Raises ValidationError if its file is not as sent."""
    if not version.is_intact:
        said = _("Version %(number)d no longer stands as it was sent: its checksum differs. It is not handed out.")
        raise ValidationError(said % {"number": version.number})
    after = {"version": version.number, "format": form}
    audit.record(by=by, verb="submission.downloaded", target=version.submission, after=after)


def _locked(submission: Submission) -> Submission:
    return (
        Submission.objects.select_for_update(no_key=True, of=("self",))
        .select_related("campaign", "unit")
        .get(pk=submission.pk)
    )


def _was_said(submission: Submission, version: ReportVersion, comment: str, cells: dict[str, str]) -> bool:
    """Whether this version was given back with these very words."""
    return (
        version.pk == submission.versions.latest("number").pk
        and submission.comment == comment[:500]
        and dict(version.comments.values_list("indicator", "text")) == cells
    )


def _may_send(submission: Submission, version: ReportVersion, on: date) -> None:
    _allow(submission, State.SUBMITTED)
    if on < submission.campaign.period_end:
        day = f"{submission.campaign.period_end:%d/%m/%Y}"
        raise ValidationError(_("The period lasts until %(day)s: send the report from that day on.") % {"day": day})
    accepted = submission.accepted
    if accepted and accepted.content == version.content:
        said = _("Nothing differs from version %(number)d, which was accepted: there is nothing to correct.")
        raise ValidationError(said % {"number": accepted.number})
    if accepted and not version.reason:
        raise ValidationError({"reason": _("Say why the accepted figures are corrected.")})


def _allow(submission: Submission, state: State) -> None:
    if submission.state not in FROM_HERE[state]:
        raise ValidationError(
            _("Meanwhile the report of %(unit)s is “%(state)s”: look at it again.")
            % {"unit": submission.unit, "state": submission.get_state_display()}
        )


def _is_last(submission: Submission, version: ReportVersion) -> None:
    if version.pk != submission.versions.latest("number").pk:
        raise ValidationError(_("Meanwhile newer figures were sent: look at those."))


def _step(
    submission: Submission, state: str, *, by: User, verb: str, version: ReportVersion, reason: str = ""
) -> Submission:
    before = {"state": submission.state}
    submission.state, submission.stepped_by, submission.stepped_at = state, by, timezone.now()
    if state != State.RETURNED:
        submission.comment = ""
    submission.save()
    after = {"state": state, "version": version.number, "checksum": version.checksum}
    audit.record(by=by, verb=verb, target=submission, before=before, after=after, reason=reason)
    return submission
