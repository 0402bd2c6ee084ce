from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cases.importing import units


class Command(BaseCommand):
    """Loads the list of units, the shipped one or FILE; what stands already is left alone.

    Prints one line for each unit opened and each succession; stops with the line's number where the list is wrong.
    """

    help = "Load provinces, districts, clusters and communes with their successors; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a CSV like cases/official/units.csv")
        parser.add_argument("--dry-run", action="store_true", help="print what would be done, change nothing")

    def handle(self, *, file, dry_run, verbosity, **options):
        try:
            rows = units.read(file.read_text(encoding="utf-8")) if file else units.official()
            log = units.preview(rows) if dry_run else units.load(rows, by=None)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for heading, lines in (("+", log.opened), ("→", log.succeeded), ("≠", log.differing)):
            for line in lines if dry_run or verbosity > 1 or heading == "≠" else ():
                self.stdout.write(f"{heading} {line}")
        self.stdout.write(f"{len(log.opened)} opened, {len(log.succeeded)} succeeded, {len(log.differing)} differing")
