from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import row, verdict
from cases.models import AdministrativeViolation, Confinement, Crime, RecidivismFinding, User, Verdict

Recorded = TypeVar("Recorded", bound=AdministrativeViolation | Confinement | Crime | RecidivismFinding)
Corrected = TypeVar("Corrected", bound=AdministrativeViolation | Confinement)

STAGES = [stage.value for stage in Crime.Stage]


@transaction.atomic
def record(*, violation: Recorded, by: User, vouched: bool = False) -> Recorded:
    """Record an administrative violation, a crime, a court's finding of recidivism, or that somebody is held."""
    saved = row.add(row=violation, by=by, vouched=vouched)
    if isinstance(violation, Crime):
        verdict.recompute(returnee=violation.returnee, by=by, cause=Verdict.Cause.CRIME, vouched=vouched)
    return saved


@transaction.atomic
def correct(*, violation: Corrected, by: User) -> Corrected:
    """Correct an administrative violation or where somebody is held, or record how it ended; crimes move by stages."""
    return row.correct(row=violation, by=by)


@transaction.atomic
def reach_stage(*, crime: Crime, stage: str, on: date, by: User, vouched: bool = False) -> Crime:
    """The handling of a crime reached a later stage on `on`; stages do not go back, for that the row is withdrawn."""
    if STAGES.index(stage) <= STAGES.index(crime.stage):
        raise ValidationError({"stage": _("This case is at that stage already, or further. Open the page again.")})
    if crime.stage_on and on < crime.stage_on:
        raise ValidationError(
            {"stage_on": _("The stage before was reached on %(day)s.") % {"day": f"{crime.stage_on:%d/%m/%Y}"}}
        )
    crime.stage, crime.stage_on = stage, on
    row.correct(row=crime, by=by, verb="crime.stage_reached", vouched=vouched)
    verdict.recompute(returnee=crime.returnee, by=by, cause=Verdict.Cause.CRIME, vouched=vouched)
    return crime
