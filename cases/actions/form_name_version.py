from django.db import transaction

from cases.actions import row
from cases.models import FormNameVersion, User


@transaction.atomic
def add(*, version: FormNameVersion, by: User) -> FormNameVersion:
    """Enter how a form is called from a day on; papers of the days before keep the older name."""
    return row.add(row=version, by=by)
