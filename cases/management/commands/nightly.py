from cases.management.command import HouseCommand
from cases.tasks import nightly


class Command(HouseCommand):
    """Begins the work of the night: clocks told anew, the proof that everybody is held, old files deleted.

    The work itself is done by a worker; what is open already is not begun twice. The clocks of those are told for whom
    anything has moved since the last time (see cases/reports/people/verdict_moves.py); on the first of a month, and
    with `--everybody`, of all.
    """

    help = "Put the work of the night into the queue, for a timer of the system at night."

    def add_arguments(self, parser):
        parser.add_argument("--everybody", action="store_true", help="tell the clock of everybody anew")

    def handle(self, *, everybody, **options):
        for job in nightly.begin(everybody=everybody):
            self.stdout.write(f"{job.pk} {job.kind}: {job.state} {job.told}".strip())
