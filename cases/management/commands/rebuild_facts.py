from itertools import islice

from django.core.management.base import CommandError

from cases.actions import current_facts
from cases.management.command import HouseCommand

SHOWN = 20


class Command(HouseCommand):
    """Counts the facts kept beside every person anew, some thousand people at a time, and corrects what differs.

    Prints how many facts differed, the first twenty with person, name, what was kept and what was counted. `--check`
    corrects nothing and ends with an error where anything differs.
    """

    help = "Count the facts kept beside every person anew and correct what differs."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="tell the differences only; an error where there are any"
        )

    def handle(self, *, check: bool, **options):
        found = current_facts.rebuild(correct=not check)
        count = 0
        for each in islice(found, SHOWN):
            count += 1
            self.stdout.write(f"{each.person}: {each.name} is {each.kept}, counted {each.counted}")
        count += sum(1 for _each in found)
        if check and count:
            raise CommandError(f"{count} facts differ from what was counted.")
        self.stdout.write(f"{count} facts differed." if count else "Every fact is as it was counted.")
