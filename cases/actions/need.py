from datetime import date
from enum import Enum

from django.db import transaction

from cases.actions import row
from cases.models import Need, Organisation, User


class NoChange(Enum):
    """Who is responsible stays as it is: another answer than nobody."""

    KEPT = "kept"


@transaction.atomic
def record(*, need: Need, by: User, vouched: bool = False) -> Need:
    """Record what a person needs on one pathway."""
    return row.add(row=need, by=by, vouched=vouched)


@transaction.atomic
def change_state(
    *,
    need: Need,
    state: str,
    on: date,
    by: User,
    responsible: Organisation | None | NoChange = NoChange.KEPT,
    vouched: bool = False,
) -> Need:
    """The need is now in progress, met or declined, since `on`; `responsible` where another body sees to it now."""
    need.state, need.state_on = state, on
    if responsible is not NoChange.KEPT:
        need.responsible = responsible
    return row.correct(row=need, by=by, verb="need.state_changed", vouched=vouched)
