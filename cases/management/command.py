"""What every command of this project shares."""

import logging

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases import actions
from cases.access.roles import Role
from cases.management.backup import faults

log = logging.getLogger(__name__)


class HouseCommand(BaseCommand):
    """A command whose errors that nobody foresaw stand on the administrator's page too, and go on as they are.

    What is wrong with the input is a CommandError, said in words, and is not kept; nor is a database that is not there.
    """

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except CommandError:
            raise
        except Exception as error:
            if isinstance(error, OperationalError) and connection.connection is None:
                raise self.without_database(error) from error
            self.keep(error)
            raise

    def without_database(self, error: OperationalError) -> CommandError:
        """That there is no database to work on, and where to look: the first thing that goes wrong on a new server."""
        with translation.override("vi"):
            said = _("The database does not answer (%(fault)s).") % {"fault": faults.words(error)}
            return CommandError(f"{said} {_('Check DATABASE_URL and that its server runs.')}")

    def keep(self, error: Exception, role: Role | str = "") -> str:
        """Write the error to the log and keep it, under the name of the command; its number. Raises nothing."""
        page = f"manage.py {self.__module__.rpartition('.')[2]}"
        log.error("A command failed", exc_info=error, extra={"page": page})
        return actions.error_event.keep(error=error, page=page, role=role, at=timezone.now())
