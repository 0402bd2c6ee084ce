"""The work of the night: units changed on their day, clocks told anew, nobody lost, the log sealed, old files gone, the
figures of large units counted."""

from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from cases import actions
from cases.importing.register import Tell
from cases.jobs import queue
from cases.models import QueuedJob, UnitChange, Verdict
from cases.reports.people import custody, verdict_moves

AT_ONCE = 1000  # people whose clocks are told in one transaction
FIRST_HOUR = 1
WORK = (
    QueuedJob.Kind.UNITS,
    QueuedJob.Kind.VERDICTS,
    QueuedJob.Kind.CUSTODY,
    QueuedJob.Kind.CLEANUP,
    QueuedJob.Kind.SEAL,
    QueuedJob.Kind.USUAL,
)


def begin(*, everybody: bool = False) -> list[QueuedJob]:
    """Put the work of the night into the queue; what is open already is not begun twice."""
    jobs = [queue.put(kind, f"nightly-{kind}", {"everybody": everybody}, None) for kind in WORK]
    for job in jobs:
        queue.start(job)
    return jobs


def is_due(now: datetime) -> bool:
    """Whether nothing of it was begun on this day, and the day has come so far."""
    here = timezone.localtime(now)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return here.hour >= FIRST_HOUR and not QueuedJob.objects.filter(kind__in=WORK, made_at__gte=midnight).exists()


def change_units(job: QueuedJob, tell: Tell) -> str:
    """Let the changes of units take effect whose day has come; one that does not fit any more waits and is told."""
    on, done, refused = timezone.localdate(), 0, []
    for change in UnitChange.objects.due(on):
        try:
            actions.unit_change.take_effect(change=change, on=on)
            done += 1
        except (ValidationError, ObjectDoesNotExist) as error:
            refused.append(f"{change}: {' '.join(getattr(error, 'messages', [str(error)]))}")
    said = _("%(done)d changes of units took effect, %(refused)d did not.")
    return " ".join([said % {"done": done, "refused": len(refused)}, *refused])


def tell_clocks(job: QueuedJob, tell: Tell) -> str:
    """Keep a new verdict of everybody whose facts, rules or day have moved since the last time it was done."""
    on = timezone.localdate()
    since = None if job.arguments.get("everybody") else verdict_moves.last_done(on)
    people = list(verdict_moves.people_moved(since, on).order_by("pk").values_list("pk", flat=True))
    made = 0
    for begin_at in range(0, len(people), AT_ONCE):
        tell(begin_at, len(people))
        some = people[begin_at : begin_at + AT_ONCE]
        made += len(actions.verdict.recompute_all(returnees=some, on=on, cause=Verdict.Cause.REVIEW, by=None))
    return _("%(people)d files looked at, %(made)d new verdicts.") % {"people": len(people), "made": made}


def prove_custody(job: QueuedJob, tell: Tell) -> str:
    """Prove that every released person is in exactly one state; `manage.py check_everybody_held` names who is not."""
    proof = custody.prove(timezone.localdate())
    said = _("%(count)d of %(total)d released people are not in exactly one state.")
    return said % {"count": len(proof.found), "total": proof.total}


def clean_up(job: QueuedJob, tell: Tell) -> str:
    """Delete prepared files nobody may fetch any more, jobs that ended long ago and their rows in the task library, and
    figures that are shown no more.
    """
    files, jobs = actions.job.delete_old(now=timezone.now())
    actions.kept_figures.delete_old(now=timezone.now())
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)
    return _("%(files)d parts of files and %(jobs)d jobs deleted.") % {"files": files, "jobs": jobs}


def seal_log(job: QueuedJob, tell: Tell) -> str:
    """Seal the log of every day that is over, unit by unit; `manage.py verify_audit` proves it."""
    days = rows = 0
    last = None
    for last in actions.audit_seal.seal_all(now=timezone.now()):
        days, rows = days + 1, rows + last.rows
        tell(days, 0)
    if last is None:
        return _("Every day that is over is sealed already.")
    told = {"days": days, "rows": rows, "code": last.short, "day": f"{last.day:%d/%m/%Y}"}
    return _("%(rows)d rows of %(days)d days sealed; %(code)s is the seal of %(day)s.") % told
