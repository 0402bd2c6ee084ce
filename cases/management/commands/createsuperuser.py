from django.core.management.base import CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Makes nobody: an account here has a posting, and a password on a slip. Says which command makes one."""

    help = "Names the command that makes the first account: first_administrator."
    requires_system_checks = []

    def add_arguments(self, parser):
        for name in ("--username", "--full_name", "--email", "--database"):
            parser.add_argument(name)
        parser.add_argument("--noinput", "--no-input", action="store_true")

    def handle(self, **options):
        with translation.override("vi"):
            raise CommandError(
                _("There are no superusers here. The first account is made by: %(command)s")
                % {"command": "manage.py first_administrator"}
            )
