"""What somebody may be congratulated on: so long at work, as the last check of the job says; pure but for one query.

Silence is no success: a month and half a year count once the check of that day, or a later one, says that the person is
still there; a year where the check of 180 days said so and the job has not ended since. A cleared record is no
milestone here: with its confirmation the file is sealed, and stands on no list any more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from cases.lib.dates import add_months
from cases.lib.optional import require
from cases.models import Congratulation, JobReferral, User

SHOWN_DAYS = 30  # so long it waits to be said
HALF_YEAR = 180
CHECKED = {Congratulation.Step.MONTH: 30, Congratulation.Step.HALF_YEAR: HALF_YEAR, Congratulation.Step.YEAR: HALF_YEAR}


@dataclass(frozen=True)
class Milestone:
    """Someone's job has lasted so long on `on`; `checked_on`: when the person was last found there."""

    referral: JobReferral
    step: Congratulation.Step
    on: date
    checked_on: date


def jobs_to_look_at(user: User, on: date, mine: bool = False) -> QuerySet[JobReferral]:
    """Jobs that are running and were found kept, with what the milestones ask of each; `mine` as in people_of."""
    jobs = JobReferral.objects.visible_to(user).working(on).filter(returnee__withdrawn_at=None)
    jobs = jobs.filter(returnee__closed_on=None, started_on__gt=on - timedelta(days=365 + 2 * SHOWN_DAYS))
    if mine:
        jobs = jobs.filter(Q(returnee__facts__lead=user.pk) | Q(returnee__facts__lead=None))
    jobs = jobs.with_checks().filter(Q(kept_day__gte=CHECKED[Congratulation.Step.MONTH]))
    return jobs.select_related("returnee", "employer").order_by("started_on", "pk")


def milestones(jobs: Iterable[JobReferral], on: date) -> list[Milestone]:
    """What is still to be said of these jobs (of jobs_to_look_at): a milestone ends with a visit, a word or 30 days."""
    return [found for job in jobs for found in _of_job(job, on)]


def _of_job(job: JobReferral, on: date) -> Iterator[Milestone]:
    kept_day, kept_on = require(job.kept_day), require(job.kept_on)
    if (job.gone_day or 0) > kept_day:
        return
    for step in reversed(Congratulation.Step):
        reached = _reached(require(job.started_on), step)
        if reached > on or kept_day < CHECKED[step]:
            continue
        since = max(reached, kept_on)
        is_met = job.met_on is not None and job.met_on > since
        if not getattr(job, f"said_{step}") and not is_met and on < since + timedelta(days=SHOWN_DAYS):
            yield Milestone(job, step, reached, kept_on)
        return  # who has been there half a year is not congratulated on the first month


def _reached(started_on: date, step: Congratulation.Step) -> date:
    if step == Congratulation.Step.YEAR:
        return add_months(started_on, 12)
    return started_on + timedelta(days=CHECKED[step])
