from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import row
from cases.models import Employer, JobCheck, JobReferral, User

NEXT_STATES = {"referred": ("accepted", "refused"), "accepted": ("started",), "started": ("ended",)}


@transaction.atomic
def add_employer(*, employer: Employer, by: User, vouched: bool = False) -> Employer:
    """Put a place of work into the directory."""
    return row.add(row=employer, by=by, vouched=vouched)


@transaction.atomic
def correct_employer(*, employer: Employer, by: User) -> Employer:
    """Save corrected facts of a place of work."""
    return row.correct(row=employer, by=by)


@transaction.atomic
def refer(*, referral: JobReferral, by: User, vouched: bool = False) -> JobReferral:
    """Send a person to an employer."""
    return row.add(row=referral, by=by, verb="referral.referred", vouched=vouched)


def refer_many(*, referrals: list[JobReferral], by: User) -> None:
    """Referrals of the past with the steps they reached."""
    row.add_many(rows=referrals, by=by, verb="referral.referred")


@transaction.atomic
def report_outcome(
    *, referral: JobReferral, state: str, on: date, by: User, vouched: bool = False, **details: object
) -> JobReferral:
    """Take a referral to `state` on `on`; `details`: refusal_reason, monthly_income or end_reason.

    The same outcome of the same day sent twice is recorded once; any other step out of turn raises ValidationError.
    """
    referral.refresh_from_db(from_queryset=JobReferral.objects.select_for_update(no_key=True))
    if state == referral.state and referral.last_step_on == on:
        row.refuse_more(referral, **details)
        return referral
    if state not in NEXT_STATES.get(referral.state, ()):
        raise ValidationError({"state": _("This referral is already further. Open the page again.")})
    if on < referral.last_step_on:
        raise ValidationError(
            {
                "on": _("%(day)s is before the last step of this referral, on %(last)s.")
                % {"day": f"{on:%d/%m/%Y}", "last": f"{referral.last_step_on:%d/%m/%Y}"}
            }
        )
    setattr(referral, f"{state}_on", on)
    for name, value in details.items():
        setattr(referral, name, value)
    return row.correct(row=referral, by=by, verb=f"referral.{state}", vouched=vouched)


@transaction.atomic
def record_check(*, job_check: JobCheck, by: User, vouched: bool = False) -> JobCheck:
    """Record what was found 7, 30, 90 or 180 days after a job began; each of them once."""
    if earlier := JobCheck.objects.filter(referral=job_check.referral, day=job_check.day).first():
        row.refuse_other(earlier, job_check)
        return earlier
    return row.add(row=job_check, by=by, verb="referral.checked", vouched=vouched)
