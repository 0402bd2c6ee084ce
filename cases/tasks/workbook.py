from cases.importing import run as runs
from cases.importing.register import Tell
from cases.models import ImportRun, QueuedJob


def work_on(job: QueuedJob, tell: Tell) -> str:
    """Check or load an uploaded workbook; what was found stands on the page of the run."""
    run = ImportRun.objects.select_related("created_by").get(pk=job.arguments["run"])
    runs.work_on(run, run.created_by, tell)
    return run.told


def tell_error(job: QueuedJob, number: str) -> None:
    runs.tell_error(ImportRun.objects.get(pk=job.arguments["run"]), number)
