from datetime import date

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone, translation

from cases.demo import accounts, story
from cases.importing import units
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Tells the demo story to a database that has no people yet; --accounts prints who can sign in, and with what.

    Refuses without DEMO=true: the password of the demo accounts is public.
    """

    help = "Load the demo: invented people and years of work with them. Does nothing where there are people already."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="only print the demo accounts")
        parser.add_argument("--on", type=date.fromisoformat, help="the day that counts as today, YYYY-MM-DD")

    def handle(self, *, accounts: bool, on: date | None, **options):
        if not settings.DEMO:
            raise CommandError("The demo belongs in a demonstration only: set DEMO=true.")
        if accounts:
            self.print_accounts()
        elif story.has_people():
            self.stdout.write("There are people in this database already: the demo was not loaded.")
        else:
            self.load(on or timezone.localdate())

    def load(self, on: date):
        rows, log = units.official(), units.Log()
        try:
            stage = story.tell(
                on=on,
                open_units=lambda: units.open_units(rows, None, log),
                succeed_units=lambda: units.succeed_units(rows, None, log),
            )
        except ValueError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The demo is loaded: {len(stage.people)} invented people, {stage.played} events.")

    def print_accounts(self):
        with translation.override("vi"):
            self.stdout.write("\n".join(accounts.table()))
