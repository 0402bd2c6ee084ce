"""A report on its way up: counted at the moment of sending, by the page or, of a large unit, by a worker."""

from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases import actions
from cases.actions.campaign import SubmittedFigures
from cases.models import Submission
from cases.reports.periodic import frozen


def is_large(unit):
    """Whether a page should not count the report of this unit."""
    return unit.returnees.count() > settings.LARGE_UNIT_PEOPLE


@transaction.atomic
def send_report(submission, *, reason, on, by):
    """Number and date the letter, and send it with its figures to each unit that asks for this period; where anything
    is refused, no number is taken and nobody is sent anything.
    """
    draft = frozen.draft(submission.unit, submission.campaign.period, on)
    document = actions.report_document.issue(document=draft.document, on=on, by=by)
    draft = replace(draft, document=document)
    version = send(submission, draft, on=on, reason=reason, by=by)
    for other in Submission.objects.visible_to(by).asked_too(submission):
        send(other, draft, on=on, reason=reason, by=by)
    return version


def send(submission, draft, *, on, reason, by):
    figures = SubmittedFigures(**frozen.to_send(draft, replaces=submission.accepted, by=by, at=timezone.now()))
    return actions.campaign.submit(submission=submission, figures=figures, on=on, reason=reason, by=by)
