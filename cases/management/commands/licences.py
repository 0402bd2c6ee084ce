from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from cases.management import licences
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Lists each locked dependency with version, licence and why it may be used.

    Ends with status 1, after the list, where a licence is not among those of `cases/management/licences.py`.
    --dev reads the lock of the developers, tests and tools among it.
    """

    help = "List the licences of the locked dependencies; fail where one is not allowed."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--dev", action="store_true", help="the developers' lock: tests and tools too")

    def handle(self, *, dev, **options):
        lock = Path(settings.BASE_DIR) / ("requirements-dev.txt" if dev else "requirements.txt")
        found = list(licences.of_lock(lock))
        for one in found:
            self.stdout.write(f"{one.name} {one.version}: {one.licence or '?'} ({one.reason or one.fault})")
        faults = [f"{one.name} {one.version}: {one.licence or '?'}, {one.fault}" for one in found if one.fault]
        if faults:
            raise CommandError("\n".join(faults))
