from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from cases.importing import holidays
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Loads the days off of public offices, the shipped list or FILE; a day that stands already is brought up to date.

    Prints how many days changed; stops with the line's number, and changes nothing, where the list is wrong.
    """

    help = "Load the public holidays with Tết and the substituted days; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a CSV like cases/official/holidays.csv")

    def handle(self, *, file, **options):
        try:
            rows = holidays.read(file.read_text(encoding="utf-8")) if file else holidays.official()
            changed = holidays.load(rows, by=None)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{len(rows)} days off, {changed} new or changed")
