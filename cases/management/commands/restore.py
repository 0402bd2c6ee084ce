from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases import actions
from cases.lib import numbers
from cases.management.backup import copies, faults, scratch
from cases.management.backup.passphrase import read_passphrase
from cases.management.command import HouseCommand
from cases.models import Returnee, User
from cases.reports.administration import schema


class Command(HouseCommand):
    """Puts what a backup FILE holds in the place of everything in the database, all of it or nothing.

    Refused where the database holds people or accounts, unless `--replace` says that they go. Passphrase: as of
    `backup`. The file is read to its end before anything changes: a wrong passphrase, a cut file and a changed byte
    end with status 1.
    """

    help = "Restore the database from an encrypted backup file."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="the passphrase or key, in a file")
        parser.add_argument(
            "--replace", action="store_true", help="the people and accounts in the database now are given up"
        )

    def handle(self, *, file, passphrase_file, replace, **options):
        with translation.override("vi"), scratch.ended_in_order():
            if not replace:
                self.refuse_loss()
            made_at = copies.restore(file, read_passphrase(passphrase_file))
            pending = schema.pending_migrations()
            if not pending:
                actions.backup.record_restore(name=file.name[:120], made_at=made_at)
            said = _("Restored: the database as it was on %(day)s.")
            self.stdout.write(said % {"day": f"{timezone.localtime(made_at):%d/%m/%Y %H:%M}"})
            if pending:
                self.stdout.write(
                    _("The backup is of an older version: now run %(command)s.")
                    % {"command": "sh deploy/manage.sh prepare"}
                )

    def refuse_loss(self):
        """People and accounts go only where it is said so; a database that does not answer is not an empty one."""
        try:
            known = connection.introspection.table_names()
            people, accounts = (
                model._base_manager.count() if model._meta.db_table in known else 0 for model in (Returnee, User)
            )
        except DatabaseError as error:
            said = _("The database cannot be replaced, it is as it was: %(fault)s") % {"fault": faults.words(error)}
            raise CommandError(said) from error
        if people or accounts:
            said = _(
                "The database holds %(people)s people and %(accounts)s accounts. Back it up first, then write "
                "%(option)s: what it holds now goes."
            )
            counted = {"people": numbers.group(people), "accounts": numbers.group(accounts)}
            raise CommandError(said % {**counted, "option": "--replace"})
