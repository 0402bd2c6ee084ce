from contextlib import nullcontext

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from cases import actions
from cases.access import row_scope
from cases.jobs import at_work, child
from cases.management.command import HouseCommand
from cases.models import QueuedJob
from cases.tasks.registry import WORK


def rows_of(job):
    """A job somebody asked for reaches the rows of whoever asked; that of the night is the system's own."""
    return row_scope.UserRows(job.made_by.row_scope) if job.made_by else None


class LostJobError(Exception):
    """Somebody else has taken the job meanwhile: nothing of this attempt is kept."""


class Command(HouseCommand):
    """Do one job of the queue: check or load a workbook, prepare a file. Started by the worker.

    JOB is the number of the job. `--owner` is under which name the worker holds it; left out, a job that waits is taken
    and done here. What goes wrong stands in the job; an error of the program has a row of its own beside, and exit
    status 1 where a worker had started it.
    """

    help = "Do a job that left its request, in a process of its own; the worker starts it."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("job", type=int, metavar="JOB", help="the number of the job")
        parser.add_argument("--owner", default="", help="under which name the worker holds the job")
        parser.add_argument("--database", help="the database of the server, where it is not the one of the settings")

    def handle(self, *, owner, database, **options):
        if database:
            connection.settings_dict["NAME"] = database
        if owner:
            child.bound_memory()
            child.end_with_parent()
            job = QueuedJob.objects.get(pk=options["job"])
            actions.audit.origin.set(actions.audit.Origin(job.address))
        else:
            job = actions.job.claim(pk=options["job"], owner=get_random_string(32), now=timezone.now())
        if job is None or job.owner != (owner or job.owner):
            return
        with translation.override(job.language), row_scope.limit_to(rows_of(job)):
            if not self.do(job) and owner:
                raise SystemExit(1)

    def do(self, job):
        """Whether the job ended without an error of the program."""
        work, lock = WORK[job.kind], at_work.JobLock(job.uid)
        try:
            with transaction.atomic() if work.at_once else nullcontext():
                told = work.do(job, lock.tell)
                if not actions.job.finish(job=job, told=told) and work.at_once:
                    raise LostJobError
        except LostJobError:
            return True
        except ValidationError as error:
            actions.job.fail(job=job, told=" ".join(error.messages))
        except MemoryError:
            actions.job.fail(job=job, told=_("It takes too much memory: ask for less at a time."))
        except Exception as error:
            number = self.keep(error, job.made_by.role or "" if job.made_by else "")
            words = _("An error of the program. Tell the administrator this number: %(number)s.")
            actions.job.fail(job=job, told=words % {"number": number}, error=number)
            work.tell_error(job, number)
            return False
        finally:
            lock.end()
        return True
