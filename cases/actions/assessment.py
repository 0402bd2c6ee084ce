from datetime import date

from django.db import transaction

from cases.actions import row
from cases.models import Assessment, User


@transaction.atomic
def propose(*, assessment: Assessment, by: User, vouched: bool = False) -> Assessment:
    """Propose a group A–D with its reason."""
    return row.add(row=assessment, by=by, verb="assessment.proposed", vouched=vouched)


@transaction.atomic
def approve(*, assessment: Assessment, on: date, by: User, vouched: bool = False) -> Assessment:
    """The chief approves; from then on the group counts in reports. Approved once, it stays as it is."""
    if assessment.approved_on:
        return assessment
    assessment.approved_by, assessment.approved_on = by, on
    return row.correct(row=assessment, by=by, verb="assessment.approved", vouched=vouched)
