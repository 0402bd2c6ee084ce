from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from cases.importing import unit_changes, units
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Loads the list of units, the shipped one or FILE; what stands already is left alone.

    With --on DATE, FILE is a newer list: what differs from the units in force changes from that day on. A unit that is
    missing ends the day before, one of another name or parent becomes a new row that follows it wholly. Prints a line
    for each change with the open files it touches; stops with status 1 and changes nothing where the list is wrong or
    contradicts what stands, with --dry-run too.
    """

    help = "Load provinces, districts, clusters and communes with their successors; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a CSV like cases/official/units.csv")
        parser.add_argument("--on", type=date.fromisoformat, help="the day the changes of a newer FILE take effect")
        parser.add_argument("--dry-run", action="store_true", help="print what would be done, change nothing")

    def handle(self, *, file, on, dry_run, verbosity, **options):
        if on and not file:
            raise CommandError("--on needs the FILE of the newer list.")
        if on and on > timezone.localdate() and not dry_run:
            raise CommandError(f"--on {on}: the day has not come yet; try --dry-run, and load the list on that day.")
        try:
            rows = units.read(file.read_text(encoding="utf-8")) if file else units.official()
            if on:
                self.change(rows, on, dry_run)
            else:
                self.load(rows, dry_run, verbosity)
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def load(self, rows, dry_run, verbosity):
        log = units.preview(rows) if dry_run else units.load(rows, by=None)
        for heading, lines in (("+", log.opened), ("→", log.succeeded), ("≠", log.differing)):
            for line in lines if dry_run or verbosity > 1 or heading == "≠" else ():
                self.stdout.write(f"{heading} {line}")
        self.stdout.write(f"{len(log.opened)} opened, {len(log.succeeded)} succeeded, {len(log.differing)} differing")

    def change(self, rows, on, dry_run):
        changes = unit_changes.compare_list(rows, on)
        self.stdout.write("\n".join(changes.lines()))
        self.stdout.write(
            f"{len(changes.opened)} opened, {len(changes.renamed)} renamed, {len(changes.moved)} moved, "
            f"{len(changes.ended)} ended, {len(changes.succeeded)} succeeded, "
            f"{len(changes.contradictions)} contradictions"
        )
        if changes.contradictions:
            raise CommandError("Nothing changes while something in the list contradicts: see the lines with ≠.")
        if dry_run:
            unit_changes.rehearse(changes)
        else:
            unit_changes.apply(changes, by=None)
