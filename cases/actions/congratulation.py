from datetime import date

from django.db import transaction

from cases.actions import row
from cases.models import Congratulation, JobReferral, User


@transaction.atomic
def say(*, referral: JobReferral, step: Congratulation.Step, on: date, by: User) -> Congratulation:
    """The person was congratulated on this milestone of the job; a second time is the first."""
    JobReferral.objects.select_for_update(no_key=True, of=("self",)).get(pk=referral.pk)
    known = Congratulation.objects.filter(referral=referral, step=step).first()
    if known:
        return known
    said = Congratulation(returnee=referral.returnee, referral=referral, step=step, on=on)
    return row.add(row=said, by=by)
