"""Every form of one person by its code, and the whole dossier one after another."""

from collections.abc import Callable, Iterator

from django.utils import translation

from cases.law.forms import DOSSIER, HELPER_REPORT
from cases.lib.period import Period
from cases.models import Returnee, User
from cases.reports.dossier.checklist import last_quarter
from cases.reports.dossier.committee_papers import ResidenceReply, absence_report, is_absent, residence_reply
from cases.reports.dossier.form_paper import FormNames, FormPaper
from cases.reports.dossier.handover_paper import handover
from cases.reports.dossier.helper_papers import decision, helper_report, helper_work, proposal
from cases.reports.dossier.person_papers import cover, end_of_management, information, minutes
from cases.reports.dossier.records import DossierRecords

DRAFTS: dict[str, Callable[[DossierRecords, FormNames], FormPaper]] = {
    "HCD-01": cover,
    "HCD-02": information,
    "HCD-04": absence_report,
    "HCD-05": minutes,
    "HCD-06": proposal,
    "HCD-07": decision,
    "HCD-10": handover,
    "HCD-11": end_of_management,
}


def draft(code: str, records: DossierRecords, names: FormNames) -> FormPaper:
    """The form of a code, in Vietnamese whatever language the reader has chosen."""
    with translation.override("vi"):
        return DRAFTS[code](records, names)


def applies(code: str, records: DossierRecords) -> bool:
    """Whether there is something to write: nobody is reported absent, handed over or ended who is not."""
    person = records.returnee
    if code == "HCD-04":
        return is_absent(records)
    if code == "HCD-10":
        return bool(records.transfers)
    return code != "HCD-11" or person.closed_on is not None


def whole_dossier(records: DossierRecords, names: FormNames, user: User) -> Iterator[FormPaper]:
    """The papers of Điều 11 that apply, in the order of their codes; the helper's report is of the last quarter."""
    for form in DOSSIER:
        if form.code == HELPER_REPORT:
            yield quarterly(records.returnee, last_quarter(records.on), user, names)
        elif form.is_drafted and applies(form.code, records):
            yield draft(form.code, records, names)


def quarterly(returnee: Returnee, quarter: Period, user: User, names: FormNames) -> FormPaper:
    """HCD-08 of a quarter, as `user` may read of it."""
    with translation.override("vi"):
        return helper_report(helper_work(returnee, quarter, user, names.on), names)


def reply(found: ResidenceReply, names: FormNames) -> FormPaper:
    """HCD-03, for whoever sent the notice."""
    with translation.override("vi"):
        return residence_reply(found, names)
