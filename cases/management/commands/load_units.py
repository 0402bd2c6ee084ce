from datetime import date
from pathlib import Path
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.utils import timezone

from cases import actions
from cases.access.permissions import Permission
from cases.importing import change_list, unit_changes, units
from cases.management.command import HouseCommand
from cases.models import User


class Command(HouseCommand):
    """Loads the list of units, the shipped one or FILE; what stands already is left alone.

    With --on DATE, FILE is a newer list: what differs from the units in force changes from that day on. A unit that is
    missing ends the day before, one of another name or parent becomes a new row that follows it wholly. Prints a line
    for each change with the open files it touches; stops with status 1 and changes nothing where the list is wrong or
    contradicts what stands, with --dry-run too. A day to come needs --by: the changes are entered in the name of this
    administrator and take effect in the night of that day.
    """

    help = "Load provinces, districts, clusters and communes with their successors; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="a CSV like cases/official/units.csv")
        parser.add_argument("--on", type=date.fromisoformat, help="the day the changes of a newer FILE take effect")
        parser.add_argument("--by", help="user name of the administrator who enters changes ahead of their day")
        parser.add_argument("--dry-run", action="store_true", help="print what would be done, change nothing")

    def handle(self, *, file, on, by, dry_run, verbosity, **options):
        if on and not file:
            raise CommandError("--on needs the FILE of the newer list.")
        ahead = on and on > timezone.localdate() and not dry_run
        if ahead and not by:
            raise CommandError(
                f"--on {on}: the day has not come yet; try --dry-run, or enter it ahead with --by USERNAME."
            )
        try:
            rows = units.read(file.read_text(encoding="utf-8")) if file else units.official()
            if on:
                self.change(rows, on, dry_run, self.user(by) if ahead else None)
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

    def change(self, rows, on, dry_run, by):
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
        elif by:
            self.enter_ahead(changes, by)
        else:
            unit_changes.apply(changes, by=None)

    def user(self, name):
        try:
            found = User.objects.get(username=name)
        except User.DoesNotExist as error:
            raise CommandError(f"--by {name}: nobody is called so.") from error
        if not found.may(Permission.UNIT_CHANGE):
            raise CommandError(f"--by {name}: this user changes no units.")
        return found

    def enter_ahead(self, changes, by):
        found = change_list.plan(unit_changes.as_list(changes))
        if found.problems:
            raise ValidationError([f"{said.value}: {said.text}" for said in found.problems])
        asked = [(each.change, each.plan) for each in found.changes]
        done = actions.unit_change.make_many(changes=asked, uid=uuid4(), by=by, today=timezone.localdate())
        self.stdout.write(f"{len(done)} entered, to take effect on {changes.on}")
