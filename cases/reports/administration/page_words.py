"""What was read, in words: the page a row of the log names, and what was asked for on it."""

from django.utils.translation import gettext_lazy as _

from cases.lib.text import UNKNOWN
from cases.models import AuditEvent
from cases.reports.casefile.history import FieldChange
from cases.reports.words import Words

TITLES: dict[str, Words] = {
    "arrival-list": _("Awaited"),
    "arrival-nobody": _("Held by nobody"),
    "arrival-sent": _("Sent elsewhere"),
    "audit-list": _("Log"),
    "caseload-list": _("Caseloads"),
    "dashboard-list": _("The list behind a figure"),
    "duplicate-list": _("Files likely made twice"),
    "employer-detail": _("Employer"),
    "employer-list": _("Employers"),
    "expungement-list": _("Clean record"),
    "force-grid": _("Contacts of the 5+1, force by force"),
    "home": _("Today"),
    "import-detail": _("Register workbook"),
    "import-list": _("Import from Excel"),
    "loan-list": _("List for a loan"),
    "meeting-detail": _("Group meeting"),
    "meeting-list": _("Group meetings"),
    "activity-add": _("Quick log"),
    "outside-reading-ask": _("Look into a file beyond the scope"),
    "outside-reading-list": _("Looks beyond the scope"),
    "paperwork-list": _("Paperwork"),
    "posting-confirm": _("Posting to confirm"),
    "reading-review-detail": _("Unusual readings"),
    "reading-review-list": _("Unusual readings"),
    "reoffending-list": _("The list behind a figure"),
    "report-list": _("The list behind a figure"),
    "report-silent": _("Who has not been met individually"),
    "retention-list": _("Files kept long enough"),
    "returnee-add": _("New file"),
    "returnee-find": _("Search before a new file"),
    "returnee-list": _("Files"),
    "returnee-unseal": _("Sealed file"),
    "submission-list": _("The list behind a figure"),
    "transfer-list": _("Transfers"),
    "transfer-request": _("Ask for a file"),
    "trip-entry": _("Sent from a device"),
    "trip-people": _("Taken along on a device"),
    "user-detail": _("Account"),
    "user-list": _("Users"),
    "workload-list": _("Officers: load, overdue, sign-in, time to log"),
}
ASKED: dict[str, Words] = {
    "q": _("Searched for"),
    "name": _("Name"),
    "number": _("Number"),
    "identity_number": _("Identity number"),
    "card": _("Identity number"),
}
UNTOLD = ("page", "row")


def title(event: AuditEvent) -> str:
    """The page a row is about; a page without words by its name in the code; "" where it is about no page."""
    if event.target_type != AuditEvent.PAGE:
        return ""
    page = event.after.get("page", "")
    return str(TITLES.get(page, page))


def details(event: AuditEvent, changes: list[FieldChange]) -> list[FieldChange]:
    """What was asked for on a page, in place of the names of the code; other rows as they are."""
    if event.target_type != AuditEvent.PAGE:
        return changes
    asked = {key: value for key, value in event.after.items() if key not in UNTOLD and not key.endswith("_digest")}
    return [FieldChange(str(ASKED.get(key, key)), UNKNOWN, str(value)) for key, value in asked.items()]
