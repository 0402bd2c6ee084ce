from datetime import date

from django.db import transaction

from cases.actions import row
from cases.models import SafetyFlag, User


@transaction.atomic
def flag(*, flag: SafetyFlag, by: User, vouched: bool = False) -> SafetyFlag:
    """Let what must be minded for the person's safety stand above every page of the file."""
    return row.add(row=flag, by=by, vouched=vouched)


@transaction.atomic
def end(*, flag: SafetyFlag, on: date, by: User) -> SafetyFlag:
    """It holds no longer after `on`. Raises ValidationError where it was ended on another day."""
    if flag.until:
        row.refuse_more(flag, until=on)
        return flag
    flag.until = on
    return row.correct(row=flag, by=by, verb="safetyflag.ended")
