from datetime import date

from django.db import transaction

from cases.actions import row
from cases.models import Need, User


@transaction.atomic
def record(*, need: Need, by: User) -> Need:
    """Record what a person needs on one pathway."""
    return row.add(row=need, by=by)


@transaction.atomic
def change_state(*, need: Need, state: str, on: date, by: User) -> Need:
    """The need is now in progress, met or declined, since `on`."""
    need.state, need.state_on = state, on
    return row.correct(row=need, by=by, verb="need.state_changed")
