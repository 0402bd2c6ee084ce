from django.db import transaction

from cases.actions import row
from cases.models import DeadlineVersion, User


@transaction.atomic
def add(*, version: DeadlineVersion, by: User) -> DeadlineVersion:
    """Enter a deadline that holds from its day on; those before it keep what held then."""
    return row.add(row=version, by=by)
