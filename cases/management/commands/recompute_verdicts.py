from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.actions.verdict import recompute_all
from cases.management.command import HouseCommand
from cases.models import Verdict


class Command(HouseCommand):
    """Tells the clean-record clock of every file that is not sealed and keeps what is new.

    A file without a verdict gets its first; one whose facts, rules or status have changed since gets another beside the
    earlier ones. Run again on the same day it keeps nothing. `--on` (YYYY-MM-DD, today unless given) is the day asked
    about; any other spelling is refused.
    """

    help = "Keep a first verdict for files that have none, and a new one where the last no longer holds."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="the day asked about, YYYY-MM-DD")

    @transaction.atomic
    def handle(self, *, on: date | None, **options):
        on = on or timezone.localdate()
        known = set(Verdict.objects.order_by().values_list("returnee", flat=True).distinct())
        made = recompute_all(on=on, cause=Verdict.Cause.REVIEW, by=None)
        first = sum(row.returnee_id not in known for row in made)
        self.stdout.write(
            f"{on:%Y-%m-%d}: {first} first verdicts, {len(made) - first} that differ from the last; the rest stands."
        )
