from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from cases.management import advisories
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Checks the locked dependencies against FILE, the OSV records of PyPI brought in by hand; asks no network.

    FILE is the zip of osv.dev for PyPI (all.zip), or JSON: one record or a list. Each weakness of a locked version is
    one line: package, version, name of the record, the first version without it, what it is. Exit status 1 where there
    is one. --dev reads the lock of the developers.
    """

    help = "Check the locked dependencies for known weaknesses against a brought-in file of OSV records."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="zip or JSON of OSV records of PyPI")
        parser.add_argument("--dev", action="store_true", help="the developers' lock: tests and tools too")

    def handle(self, *, file, dev, **options):
        lock = Path(settings.BASE_DIR) / ("requirements-dev.txt" if dev else "requirements.txt")
        try:
            found = advisories.find(lock.read_text(encoding="utf-8"), advisories.read_records(file))
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from error
        for each in found:
            names = ", ".join([each.id, *each.aliases])
            mended = f"mended in {each.fixed}" if each.fixed else "not mended yet"
            self.stdout.write(f"{each.package} {each.version}: {names}; {mended}. {each.summary}")
        if found:
            raise CommandError(f"{len(found)} known weaknesses in {lock.name}.")
        self.stdout.write(f"No known weakness in {lock.name}.")
