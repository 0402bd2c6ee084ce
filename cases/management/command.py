"""What every command of this project shares."""

import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases import actions
from cases.access.roles import Role

log = logging.getLogger(__name__)


class HouseCommand(BaseCommand):
    """A command whose errors that nobody foresaw stand on the administrator's page too, and go on as they are.

    What is wrong with the input is a CommandError, said in words, and is not kept.
    """

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except CommandError:
            raise
        except Exception as error:
            self.keep(error)
            raise

    def keep(self, error: Exception, role: Role | str = "") -> str:
        """Write the error to the log and keep it, under the name of the command; its number. Raises nothing."""
        page = f"manage.py {self.__module__.rpartition('.')[2]}"
        log.error("A command failed", exc_info=error, extra={"page": page})
        return actions.error_event.keep(error=error, page=page, role=role, at=timezone.now())
