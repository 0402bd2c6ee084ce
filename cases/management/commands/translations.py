from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from cases.management import catalogue, messages
from cases.management.command import HouseCommand

CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")


class Command(HouseCommand):
    """Keeps locale/vi in step with the sources.

    --update adds new texts and drops unused ones; --merge fills empty translations from other .po files;
    --check lists every fault and ends with status 1; --compile writes the .mo where it is older than the .po.
    """

    help = "Update, fill, check and compile the Vietnamese translations."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--update", action="store_true", help="add new texts, drop unused ones")
        parser.add_argument("--merge", nargs="+", type=Path, metavar="FILE", help="fill what is empty from these files")
        parser.add_argument("--check", action="store_true", help="fail where a translation is missing or wrong")
        parser.add_argument("--compile", action="store_true", help="write django.mo where it is out of date")

    def handle(self, *, update, merge, check, compile, **options):
        if not (update or merge or check or compile):
            raise CommandError("Say what to do: --update, --merge FILE, --check or --compile.")
        path = Path(settings.BASE_DIR) / CATALOGUE
        if update or merge or check:
            self._keep(path, update, merge or [], check, options["verbosity"])
        if compile and catalogue.compile_catalogue(path) and options["verbosity"]:
            self.stdout.write(f"Compiled {CATALOGUE.with_suffix('.mo')}.")

    def _keep(self, path, update, merge, check, verbosity):
        found, own = self._messages(), self._read(path)
        if update:
            added, dropped = catalogue.update(own, found)
            self.stdout.write(f"{len(found)} texts: {added} added, {dropped} dropped.")
        for other in merge:
            self._merge(own, other, verbosity)
        if update or merge:
            catalogue.write(own, path)
        faults = list(catalogue.faults(own, found)) if check else []
        if faults:
            raise CommandError("\n".join([*faults, f"{len(faults)} faults in {CATALOGUE}"]))

    def _merge(self, own, path, verbosity):
        if not path.exists():
            raise CommandError(f"{path}: no such file")
        filled, different, unknown = catalogue.merge(own, self._read(path))
        self.stdout.write(f"{path}: {filled} filled, {len(different)} differ and stay, {len(unknown)} in no source.")
        if verbosity:
            lines = [*(f"  differs: {text!r}" for text in different), *(f"  unknown: {text!r}" for text in unknown)]
            self.stdout.writelines(f"{line}\n" for line in lines)

    def _messages(self):
        try:
            return messages.collect(Path(settings.BASE_DIR))
        except messages.NotPlainError as fault:
            raise CommandError(f"A text to translate must be one plain string. {fault}") from fault

    def _read(self, path):
        try:
            return catalogue.read(path)
        except OSError as fault:
            raise CommandError(f"{path} cannot be read as .po: {fault}") from fault
