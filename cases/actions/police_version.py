from django.db import transaction

from cases.actions import row
from cases.models import PoliceVersion, User


@transaction.atomic
def add(*, version: PoliceVersion, by: User) -> PoliceVersion:
    """Enter how a kind of police body signs from a day on; letters of the days before stay as they were."""
    return row.add(row=version, by=by)
