from pathlib import Path

from django.core.management.base import CommandError
from django.utils import timezone

from cases.management import verdict_list
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Read a list of cases from FILE.json, print a list of verdicts in the same order; no database is opened."""

    help = "Print the clean-record verdict of every case in a JSON file."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.json")
        parser.add_argument("--on", metavar="YYYY-MM-DD", help="the day of the verdict; today where it is left out")

    def handle(self, *, file, on, **options):
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        try:
            day = verdict_list.day_asked(on) if on else timezone.localdate()
            self.stdout.write(verdict_list.tell(Path(file), day, encoding))
        except verdict_list.ListError as error:
            raise CommandError(str(error)) from None
