"""What each kind of job does, in one table."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.importing.register import Tell
from cases.models import QueuedJob
from cases.tasks import figures, list_export, nightly, report, workbook

Kind = QueuedJob.Kind


@dataclass(frozen=True)
class Work:
    """`do` gives what is told of the outcome; a ValidationError is a refusal in words.

    `at_once`: what is written and the end of the job are one transaction, so that nothing happens twice after a kill;
    the other kinds find by themselves what an earlier attempt has done. `tell_error` says on another page than that of
    the job that an error of the program ended it, and its number.
    """

    do: Callable[[QueuedJob, Tell], str]
    at_once: bool = False
    tell_error: Callable[[QueuedJob, str], None] = lambda job, number: None


WORK = {
    Kind.WORKBOOK: Work(workbook.work_on, tell_error=workbook.tell_error),
    Kind.EXPORT: Work(list_export.prepare),
    Kind.REPORT: Work(report.send, at_once=True),
    Kind.UNITS: Work(nightly.change_units),
    Kind.VERDICTS: Work(nightly.tell_clocks),
    Kind.CUSTODY: Work(nightly.prove_custody),
    Kind.FIGURES: Work(figures.count),
    Kind.USUAL: Work(figures.count_usual),
    Kind.CLEANUP: Work(nightly.clean_up),
    Kind.SEAL: Work(nightly.seal_log),
}
