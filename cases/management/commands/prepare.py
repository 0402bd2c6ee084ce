from django.core.management import CommandError, call_command

from cases.importing import holidays, units
from cases.management import doctor
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Makes an installation ready: tables, cache table, translations, days off, units; with --demo the demo story too.

    Safe to run again at every start: what is done already is left alone.
    """

    help = "Migrate, make the cache table, compile the translations, load the units; --demo loads the demo too."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--demo", action="store_true", help="load the demo where there is nobody yet")

    def handle(self, *, demo, **options):
        call_command("translations", compile=True, verbosity=0)
        if fault := doctor.wrong_encoding():
            raise CommandError(f"{fault} {doctor.NEW_DATABASE}")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        holidays.load_if_none()
        if demo:
            call_command("load_demo")
            call_command("load_demo", "--accounts")
        units.load_if_none()  # after the demo: its story opens them by itself, as time goes on
