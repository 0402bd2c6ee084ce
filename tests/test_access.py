"""Who may open what: one row a route, one column a role. A route that is missing here fails the suite.

200 shown · 302 answered and sent on · 403 in scope without the right · 404 out of scope · sign-in: not signed in.
"""

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from cases import actions
from tests.conftest import StrictClient
from tests.world import arguments, one_of_everything

SIGN_IN = "sign-in"
CAST = ("an", "anh", "binh", "chi", "dung", "em", "giang", "stranger")

ACCESS = [
    # route, An, Anh, Bình, Chi, Dũng, Em, Giang, stranger
    # One's own day
    ("home", 200, 200, 200, 200, 200, 200, 200, SIGN_IN),
    ("activity-add", 200, 200, 200, 403, 403, 403, 200, SIGN_IN),
    ("activity-edit", 200, 200, 404, 403, 403, 403, 404, SIGN_IN),
    ("activity-withdraw", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("activity-undo", 302, 403, 404, 403, 403, 403, 404, SIGN_IN),
    ("appointment-missed", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("duty-snooze", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("snooze-lift", 302, 302, 404, 403, 403, 403, 403, SIGN_IN),
    ("coaching-list", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("workload-list", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("coaching-reply", 403, 403, 403, 302, 302, 403, 403, SIGN_IN),
    ("task-list", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("task-add", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("task-edit", 200, 404, 404, 403, 403, 403, 403, SIGN_IN),
    ("task-finish", 302, 404, 404, 403, 403, 403, 403, SIGN_IN),
    ("milestone-say", 302, 302, 404, 403, 403, 403, 403, SIGN_IN),
    ("draft-recorded", 200, 200, 200, 200, 200, 200, 200, SIGN_IN),
    ("sign-in-list", 200, 200, 200, 200, 200, 200, 200, SIGN_IN),
    # Đi thôn: what is read of it without a sign-in tells of nobody
    ("trip-show", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("trip-people", 404, 404, 404, 403, 403, 403, 403, SIGN_IN),
    ("trip-entry", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("trip-file", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("trip-shell", 200, 200, 200, 200, 200, 200, 200, 200),
    ("service-worker", 200, 200, 200, 200, 200, 200, 200, 200),
    ("web-manifest", 200, 200, 200, 200, 200, 200, 200, 200),
    ("device-add", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("device-contact", 404, 404, 404, 403, 403, 403, 403, SIGN_IN),
    ("device-state", 200, 200, 200, 200, 200, 200, 200, 200),
    ("device-revoke", 302, 404, 404, 404, 404, 302, 404, SIGN_IN),
    # Awaited: announced, or released and held by nobody
    ("arrival-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("arrival-sent", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("arrival-nobody", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("arrival-add", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("arrival-detail", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("arrival-notice", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("arrival-answer", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("arrival-assign", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("arrival-reply", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    # People and their files
    ("force-grid", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("returnee-list", 200, 200, 200, 200, 200, 403, 200, SIGN_IN),
    ("returnee-find", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("returnee-add", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("retention-list", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("duplicate-list", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("returnee-unseal", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("returnee-detail", 200, 200, 404, 200, 200, 403, 200, SIGN_IN),
    ("returnee-sentence", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    # One file beyond one's scope: Bình has opened this one
    ("outside-reading-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("outside-reading-ask", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("outside-reading-end", 404, 302, 302, 302, 302, 403, 403, SIGN_IN),
    ("outside-reading-sign", 403, 200, 403, 200, 200, 403, 403, SIGN_IN),
    # The clean record
    ("returnee-clock", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("expungement-guide", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("expungement-application", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("expungement-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("court-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("court-refusal", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("expungement-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("expungement-registers", 403, 200, 403, 200, 200, 403, 403, SIGN_IN),
    ("expungement-confirm", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("letterhead-check", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("rule-law", 200, 200, 200, 200, 200, 200, 403, SIGN_IN),
    ("rule-list", 200, 200, 200, 200, 200, 200, 403, SIGN_IN),
    ("shared-list", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("shared-detail", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("shared-add", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("shared-edit", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("rule-word-list", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("rule-word-add", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("rule-word-edit", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("rule-add", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("returnee-needs", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("returnee-violations", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("returnee-history", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("returnee-readers", 403, 200, 403, 200, 200, 404, 403, SIGN_IN),
    ("returnee-paperwork", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("returnee-work", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("returnee-group", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("returnee-edit", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("returnee-present", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("returnee-close", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("returnee-reopen", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("returnee-withdraw", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("judgment-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("judgment-edit", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("administrative-edit", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("confinement-edit", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("violation-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("crime-stage", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("need-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("need-state", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("returnee-notes", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("note-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("returnee-consents", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("consent-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("consent-end", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("safety-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("safety-end", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("assessment-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("assessment-approve", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("row-withdraw", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    # Papers, work, the 5+1
    ("paperwork-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("paperwork-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("paperwork-step", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("attachment-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("attachment-file", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("returnee-dossier", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("dossier-paper", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("dossier-paper-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("helper-report", 200, 200, 404, 200, 200, 403, 200, SIGN_IN),
    ("report-form-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("report-form", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("employer-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("employer-add", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("employer-detail", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("employer-edit", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("referral-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("referral-outcome", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("referral-check", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("training-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("training-edit", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("loan-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("loan-list", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("loan-pay-out", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("group-form", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("group-member-add", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("group-lead", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("group-member-end", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    # A register as a workbook: the uploader alone sees it
    ("import-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("import-blank", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("import-detail", 200, 404, 404, 404, 404, 403, 403, SIGN_IN),
    ("import-columns", 302, 404, 404, 404, 404, 403, 403, SIGN_IN),
    ("import-row", 200, 404, 404, 404, 404, 403, 403, SIGN_IN),
    ("import-bad-rows", 200, 404, 404, 404, 404, 403, 403, SIGN_IN),
    # Group meetings
    ("meeting-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("meeting-add", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("meeting-record", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("meeting-detail", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("meeting-edit", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    # Handovers; what was handed over by Bình is no longer his but to read, and Nam Đà's officer works on it
    ("transfer-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("transfer-request", 200, 200, 200, 403, 403, 403, 403, SIGN_IN),
    ("transfer-detail", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("transfer-accept", 403, 404, 403, 403, 403, 403, 403, SIGN_IN),
    ("transfer-refuse", 403, 404, 403, 403, 403, 403, 403, SIGN_IN),
    ("transfer-withdraw", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("transfer-add", 302, 302, 404, 403, 403, 403, 403, SIGN_IN),
    ("transfer-sheet", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("returnee-former", 404, 404, 200, 404, 404, 403, 403, SIGN_IN),
    ("caseload-list", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("caseload-share", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    # Figures
    ("report-show", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("report-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("report-units", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("dashboard-show", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("dashboard-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("campaign-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("campaign-add", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("campaign-answer", 403, 302, 403, 302, 302, 403, 403, SIGN_IN),
    ("campaign-figures", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("campaign-detail", 302, 302, 302, 200, 200, 403, 403, SIGN_IN),
    ("submission-detail", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("submission-docx", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("submission-xlsx", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("submission-list", 200, 200, 404, 200, 200, 403, 403, SIGN_IN),
    ("submission-send", 403, 200, 403, 403, 403, 403, 403, SIGN_IN),
    ("submission-accept", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("submission-give-back", 403, 403, 403, 200, 200, 403, 403, SIGN_IN),
    ("report-silent", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("figures-count", 302, 302, 302, 302, 302, 403, 403, SIGN_IN),
    # The official report, and every list as a workbook
    ("report-document", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("report-document-edit", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("report-number", 302, 302, 302, 302, 302, 403, 403, SIGN_IN),
    ("report-docx", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("report-cell", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("report-cell-withdraw", 200, 200, 404, 403, 403, 403, 403, SIGN_IN),
    ("list-export", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("reoffending-show", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    ("reoffending-list", 200, 200, 200, 200, 200, 403, 403, SIGN_IN),
    # Users and units
    ("user-list", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-add", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-load", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-load-blank", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-load-confirm", 403, 403, 403, 403, 403, 302, 403, SIGN_IN),
    ("user-detail", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-edit", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-reset", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-appoint", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-deactivate", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-activate", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("user-hand-over", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("posting-confirm", 403, 403, 403, 200, 200, 200, 403, SIGN_IN),
    ("unit-list", 200, 200, 200, 200, 200, 200, 403, SIGN_IN),
    ("unit-find", 200, 200, 200, 200, 200, 200, 200, SIGN_IN),
    ("unit-unallocated", 200, 200, 200, 200, 200, 200, 403, SIGN_IN),
    ("unit-allocate", 403, 200, 403, 404, 200, 403, 403, SIGN_IN),
    ("unit-detail", 200, 200, 404, 200, 200, 200, 403, SIGN_IN),
    ("unit-open", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-rename", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-move", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-merge", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-split", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-change-list", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-change-detail", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-change-official", 403, 403, 403, 403, 403, 302, 403, SIGN_IN),
    ("unit-change-load", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-change-blank", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("unit-change-load-confirm", 403, 403, 403, 403, 403, 302, 403, SIGN_IN),
    ("unit-change-former", 403, 403, 403, 403, 403, 302, 403, SIGN_IN),
    ("unit-change-effect", 403, 403, 403, 403, 403, 302, 403, SIGN_IN),
    ("unit-change-undo", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("audit-list", 403, 200, 403, 200, 200, 200, 403, SIGN_IN),
    ("reading-review-list", 403, 200, 403, 200, 200, 403, 403, SIGN_IN),
    ("reading-review-detail", 403, 200, 403, 200, 200, 403, 403, SIGN_IN),
    ("job-list", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("job-detail", 200, 404, 404, 404, 404, 200, 404, SIGN_IN),
    ("job-file", 302, 404, 404, 404, 404, 404, 403, SIGN_IN),
    ("breach-list", 403, 200, 403, 200, 200, 200, 403, SIGN_IN),
    ("breach-add", 403, 200, 403, 403, 403, 200, 403, SIGN_IN),
    ("breach-detail", 403, 200, 403, 200, 200, 404, 403, SIGN_IN),
    ("breach-edit", 403, 200, 403, 403, 403, 404, 403, SIGN_IN),
    ("breach-tell", 403, 200, 403, 403, 403, 404, 403, SIGN_IN),
    ("breach-letter", 403, 200, 403, 200, 200, 404, 403, SIGN_IN),
    ("error-list", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
    ("error-detail", 403, 403, 403, 403, 403, 200, 403, SIGN_IN),
]
POSTED = {  # routes without a page of their own
    *("task-finish", "milestone-say", "coaching-reply"),
    *("task-finish", "milestone-say", "outside-reading-end"),
    *("activity-undo", "snooze-lift", "report-number", "report-docx", "submission-docx", "submission-xlsx"),
    "campaign-answer",
    *("user-load-confirm", "unit-change-load-confirm", "unit-change-former", "unit-change-effect"),
    *("trip-people", "trip-entry", "device-add", "device-contact", "device-revoke"),
    *("user-load-confirm", "unit-change-former", "unit-change-effect"),
    *("trip-people", "trip-entry", "device-add", "device-contact", "device-revoke", "figures-count"),
}
OPEN = {"trip-shell", "service-worker", "web-manifest", "device-state"}  # pages of ours that ask for no sign-in
# Routes that answer with a file
FILES = {"attachment-file", "import-blank", "import-bad-rows", "unit-change-blank", "user-load-blank"}
OPEN_TO_ALL = {"account_login", "account_logout", "set_language", "mfa_authenticate"}
OWN_ACCOUNT = {
    *("account_change_password", "account_reauthenticate", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp"),
    *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
}


def routes(patterns=None):
    """Every named route with the names of its arguments."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name, list(pattern.pattern.converters), pattern.callback
        else:
            yield from routes(pattern.url_patterns)


@pytest.fixture
def world(units, an, anh, binh, em, giang):
    return one_of_everything(units, an, anh, binh, em, giang)


CASES_ROUTES = {name: names for name, names, view in routes() if view.__module__.startswith("cases.")}


def answer(client, route, world):
    url = reverse(route, kwargs=arguments(route, CASES_ROUTES[route], world))
    response = client.post(url) if route in POSTED else client.get(url)
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return SIGN_IN
    return response.status_code


def in_turn(names, request):
    """One after the other in the same world: what each of them does there is taken back."""
    people = {name: None if name == "stranger" else request.getfixturevalue(name) for name in names}
    for name, user in people.items():
        with transaction.atomic():
            client = StrictClient()
            if user:
                client.force_login(user)
            yield name, CAST.index(name), client
            transaction.set_rollback(True)


def test_each_role_gets_what_the_table_says(world, request):
    wrong = {}
    for name, column, visitor in in_turn(CAST, request):
        for route, *told in sorted(ACCESS, key=lambda row: row[0] in POSTED):
            found = answer(visitor, route, world)
            if found != told[column]:
                wrong[name, route] = found

    assert wrong == {}


def test_the_table_names_every_route():
    named = [row[0] for row in ACCESS]
    assert set(CASES_ROUTES) - set(named) == set(), "each needs its row in ACCESS"
    assert sorted(named) == sorted(CASES_ROUTES)


def test_every_page_of_the_work_stands_behind_a_gate():
    ours = [(name, view) for name, _names, view in routes() if view.__module__.startswith("cases.")]

    assert not [name for name, view in ours if not hasattr(view, "permission")]
    assert {name for name, view in ours if view.permission is None} == OPEN


def test_no_other_route_is_open_than_sign_in_and_one_s_own_account():
    others = {name for name, _names, view in routes() if not view.__module__.startswith("cases.")}

    assert others == OPEN_TO_ALL | OWN_ACCOUNT


@pytest.mark.parametrize("address", ["/health/", "/health/ready/"])
def test_whether_the_server_is_well_is_told_to_everybody_and_tells_no_more(address, world, request):
    """No route: answered before anybody is known."""
    actions.job.show_alive(worker="one", now=timezone.now())
    answers = [visitor.get(address) for _name, _column, visitor in in_turn(CAST, request)]

    assert {(found.status_code, found.content) for found in answers} == {(200, b"ok")}


@pytest.mark.parametrize("route", sorted(OWN_ACCOUNT))
def test_one_s_own_account_asks_for_a_sign_in(route, client, db):
    response = client.get(reverse(route))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def who_may(route):
    """A chief may open most pages of an object; the rest are a reviewer's or an administrator's."""
    row = next(row for row in ACCESS if row[0] == route)
    return next((who for who in ("anh", "chi", "em") if row[CAST.index(who) + 1] != 403), "anh")


@pytest.mark.walk
def test_an_id_that_does_not_exist_is_not_found(world, anh, chi, em, signed_in):
    visitors = {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}
    wrong = []
    for route, names in CASES_ROUTES.items():
        missing = {name: 999_999 for name in names if name in ("returnee_pk", "pk")}
        url = reverse(route, kwargs={**arguments(route, names, world), **missing})
        visitor = visitors[who_may(route)]
        response = visitor.post(url) if route in POSTED else visitor.get(url)
        if missing and response.status_code != 404:
            wrong.append((route, response.status_code))

    assert wrong == []
