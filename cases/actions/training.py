from django.db import transaction

from cases.actions import row
from cases.models import TrainingReferral, User


@transaction.atomic
def refer(*, training: TrainingReferral, by: User, vouched: bool = False) -> TrainingReferral:
    """Send a person to a course."""
    return row.add(row=training, by=by, verb="training.referred", vouched=vouched)


def refer_many(*, trainings: list[TrainingReferral], by: User) -> None:
    row.add_many(rows=trainings, by=by, verb="training.referred")


@transaction.atomic
def progress(*, training: TrainingReferral, by: User) -> TrainingReferral:
    """Save how a course goes on: begun, ended, with what result; and what was corrected."""
    return row.correct(row=training, by=by, verb="training.progressed")
