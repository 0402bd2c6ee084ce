from pathlib import Path

from django.core.management.base import CommandError

from cases.management import migration_line
from cases.management.command import HouseCommand

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


class Command(HouseCommand):
    """Keeps the migrations in one line and the released ones as they were.

    --check lists every fault and ends with status 1; --relink lets each migration not released yet follow the one
    before it in number, after branches were merged; --release freezes all there are, when a version is handed out.
    """

    help = "Check, link anew and freeze the migrations of the case file."
    requires_system_checks = []

    def add_arguments(self, parser):
        wanted = parser.add_mutually_exclusive_group(required=True)
        wanted.add_argument("--check", action="store_true", help="fail where a released one changed or the line forks")
        wanted.add_argument("--relink", action="store_true", help="make one line of those not released yet")
        wanted.add_argument("--release", action="store_true", help="freeze all there are")

    def handle(self, *, check, relink, release, **options):
        if relink:
            self.stdout.writelines(f"{name}\n" for name in migration_line.relink(FOLDER))
        faults = migration_line.faults(FOLDER)
        if faults:
            raise CommandError("\n".join(faults))
        if release:
            self.stdout.writelines(f"{name}\n" for name in migration_line.release(FOLDER))
