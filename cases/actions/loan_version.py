from django.db import transaction

from cases.actions import row
from cases.models import LoanVersion, User


@transaction.atomic
def add(*, version: LoanVersion, by: User) -> LoanVersion:
    """Enter limits of credit that hold from their day on; loans before it keep what held then."""
    return row.add(row=version, by=by)
