from django.db import transaction

from cases.actions import audit, row
from cases.models import DossierPaper, Returnee, Unit, User


@transaction.atomic
def add_paper(*, paper: DossierPaper, by: User, vouched: bool = False) -> DossierPaper:
    """Record that a signed paper lies in the dossier."""
    return row.add(row=paper, by=by, vouched=vouched)


@transaction.atomic
def record_download(*, returnee: Returnee, code: str, by: User) -> None:
    """Record in the audit log that a form of somebody was taken away as a file; `code` is "all" for the whole set."""
    audit.record(by=by, verb="returnee.form_downloaded", target=returnee, after={"form": code})


@transaction.atomic
def record_unit_download(*, unit: Unit, code: str, by: User) -> None:
    """Record in the audit log that a form of a unit was taken away as a file."""
    audit.record(by=by, verb="unit.form_downloaded", target=unit, after={"form": code})
