import os

from django.db import connection
from django.utils import translation

from cases import actions
from cases.importing import apart, at_work, run
from cases.management.command import HouseCommand
from cases.models import ImportRun


class Command(HouseCommand):
    """Do the work on an uploaded workbook that its state asks for: check it, or load it. Started by the server.

    RUN is the id of the run. `--held` is the open file whose lock tells that somebody works on the run. What goes wrong
    stands on the page of the run; an error of the program has a row of its own beside, and exit status 1.
    """

    help = "Check or load an uploaded workbook in a process of its own; the server starts it."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("run", type=int, metavar="RUN", help="the id of the run")
        parser.add_argument("--database", help="the database of the server, where it is not the one of the settings")
        parser.add_argument("--language", default="vi", help="what the messages are written in")
        parser.add_argument("--held", type=int, metavar="FD", help="the file that is locked for the run")

    def handle(self, *, database, language, held, **options):
        if database:
            connection.settings_dict["NAME"] = database
        apart.bound_memory()
        actions.audit.origin.set(os.environ.get("IMPORT_ORIGIN") or None)
        found = ImportRun.objects.select_related("created_by").get(pk=options["run"])
        work = at_work.RunLock(found, held)
        at_work.wait("slot", apart.SLOTS)
        found.refresh_from_db()
        with translation.override(language):
            try:
                run.work_on(found, found.created_by, work)
            except Exception as error:
                run.tell_error(found, self.keep(error, found.created_by.role or ""))
                raise SystemExit(1) from None
