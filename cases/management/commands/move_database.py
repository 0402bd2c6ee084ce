from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.management import move
from cases.management.backup import faults
from cases.management.command import HouseCommand


class Command(HouseCommand):
    """Copies everything of this SQLite database into the empty PostgreSQL database of URL, and compares the two.

    Nobody can write while it copies: stop the services first. Every value of every row is compared, and the reports of
    the highest units; `--compare-only` does that alone. Ends with status 1 where anything differs, or the other
    database is not empty; this one stays as it is. Write the password in the environment (PGPASSWORD) or in ~/.pgpass
    rather than in URL.
    """

    help = "Move from SQLite to an empty PostgreSQL database; rows and figures are compared."

    def add_arguments(self, parser):
        parser.add_argument("url", metavar="URL", help="postgres://USER@HOST:5432/NAME")
        parser.add_argument("--compare-only", action="store_true", help="copy nothing, compare with what was copied")

    def handle(self, *, url, compare_only, **options):
        with translation.override("vi"):
            if connection.vendor != "sqlite":
                raise CommandError(_("This database is PostgreSQL already: use backup and restore."))
            try:
                self.move(url, compare_only)
            except (OperationalError, ProgrammingError) as error:
                said = _("PostgreSQL did not do it, this database is as it was: %(fault)s")
                raise CommandError(said % {"fault": faults.words(error)}) from error
            self.stdout.write(_("Every row and the reports of the highest units are the same on both sides."))
            self.stdout.write(_("Now write the address to DATABASE_URL and start the services again."))

    def move(self, url, compare_only):
        with move.other_database(url, is_new=not compare_only), transaction.atomic():
            if not compare_only:
                move.copy()
            self.refuse(_("Tables that differ: %(names)s."), move.differing_tables())
            self.refuse(_("Reports that differ: %(names)s."), move.differing_figures(timezone.localdate()))

    def refuse(self, said, names):
        if names:
            raise CommandError(said % {"names": ", ".join(names)})
