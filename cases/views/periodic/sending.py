"""A report on its way up: counted at the moment of sending, by the page or, of a large unit, by a worker."""

from dataclasses import replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cases import actions
from cases.actions.campaign import SubmittedFigures
from cases.models import Returnee, Submission
from cases.reports.periodic import frozen
from cases.reports.periodic.consolidation import draft_of


def is_large(unit, user):
    """Whether a page should not count the report of this unit."""
    return (
        Returnee.objects.visible_to(user).filter(unit__path__startswith=unit.path).count() > settings.LARGE_UNIT_PEOPLE
    )


@transaction.atomic
def send_report(submission, *, reason, on, by):
    """Number and date the letter, and send it with its figures to each unit that asks for this period; where anything
    is refused, no number is taken and nobody is sent anything.
    """
    draft = draft_of(submission.unit, submission.campaign.period, on)
    document = actions.report_document.issue(document=draft.document, on=on, by=by)
    draft = replace(draft, document=document)
    others = [
        each for each in Submission.objects.visible_to(by).asked_too(submission) if _stand_alike(each, submission)
    ]
    version = send(submission, draft, on=on, reason=reason, by=by)
    for other in others:
        send(other, draft, on=on, reason=reason, by=by)
    return version


def _stand_alike(one, other):
    """Whether the same was accepted of both, or nothing yet: what corrects one of them corrects the other too."""
    both = one.accepted, other.accepted
    return both == (None, None) or None not in both and both[0].content == both[1].content


def send(submission, draft, *, on, reason, by):
    figures = SubmittedFigures(**frozen.to_send(draft, replaces=submission.accepted, by=by, at=timezone.now()))
    return actions.campaign.submit(submission=submission, figures=figures, on=on, reason=reason, by=by)
