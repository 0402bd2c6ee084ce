"""What a page leaves in the log for having been read, or refused: one row for a request, never the names it told.

Every page answered is in the log; those that name nobody are listed here, so that a new page cannot be forgotten.
"""

import logging
import re

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from cases import actions
from cases.actions import audit
from cases.actions.reading import FORM_REFUSED, LOOKED_UP, NOT_FOUND, READ, REFUSED, SEARCHED
from cases.views.paging import WAYS

log = logging.getLogger(__name__)

LONGEST_ASKED = 100
PLACES = {*WAYS, "page"}  # where in the list somebody was: no filter. "page" stands in addresses kept from earlier
TYPED = {"q", "name", "number", "identity_number", "old_identity_number", "card"}  # may hold the number of somebody
NUMBER = re.compile(r"\d(?:[\s.\-]?\d){5,}", re.ASCII)
SHOWN_DIGITS = 3
TOLD_SECONDS = 5 * 60

# Figures, units, rules, forms without a person, and what says itself that it was taken away.
NAMELESS = frozenset(
    (
        "breach-add breach-detail breach-edit breach-letter breach-list breach-tell campaign-add campaign-detail "
        "campaign-answer campaign-figures campaign-list dashboard-show device-add device-contact device-revoke "
        "draft-recorded employer-add employer-edit error-detail error-list import-blank job-detail job-file job-list "
        "letterhead-check list-export reoffending-show report-cell report-cell-withdraw report-document "
        "report-document-edit report-form-list report-show report-units rule-add rule-law rule-list rule-word-add "
        "rule-word-edit rule-word-list shared-add shared-detail shared-edit shared-list sign-in-list "
        "submission-detail trip-show unit-change-blank unit-change-detail unit-change-effect unit-change-former "
        "unit-change-list unit-change-load unit-change-load-confirm unit-change-official unit-change-undo unit-detail "
        "unit-find unit-list unit-merge unit-move unit-open unit-rename unit-split unit-unallocated user-load-blank"
    ).split()
)

# The way from a person to the row a page is of: it is in the log of their file.
WAY_TO_ROW = {
    "activity-edit": "entries__activity",
    "activity-withdraw": "entries__activity",
    "administrative-edit": "administrative_violations",
    "appointment-missed": "appointments",
    "assessment-approve": "assessments",
    "confinement-edit": "confinements",
    "consent-end": "consents",
    "court-refusal": "court_applications",
    "crime-stage": "crimes",
    "expungement-confirm": "expungements",
    "group-lead": "groups",
    "group-member-add": "groups",
    "group-member-end": "groups__members",
    "judgment-edit": "judgments",
    "loan-pay-out": "loans",
    "need-state": "needs",
    "outside-reading-end": "outside_readings",
    "outside-reading-sign": "outside_readings",
    "paperwork-step": "paperwork",
    "referral-check": "referrals",
    "referral-outcome": "referrals",
    "safety-end": "safety_flags",
    "task-edit": "personal_tasks",
    "training-edit": "trainings",
    "transfer-accept": "transfers",
    "transfer-detail": "transfers",
    "transfer-refuse": "transfers",
    "transfer-withdraw": "transfers",
}
WAY_TO_WITHDRAWN = {
    "administrative": "administrative_violations",
    "appointment": "appointments",
    "assessment": "assessments",
    "attachment": "attachments",
    "confinement": "confinements",
    "court": "court_applications",
    "crime": "crimes",
    "dossier": "dossier_papers",
    "expungement": "expungements",
    "judgment": "judgments",
    "loan": "loans",
    "need": "needs",
    "note": "sensitive_notes",
    "notice": "notices",
    "paperwork": "paperwork",
    "recidivism": "recidivism_findings",
    "referral": "referrals",
    "safety": "safety_flags",
    "snooze": "snoozes",
    "task": "personal_tasks",
    "training": "trainings",
}


def record(request, response, reason=""):
    """Called by the gate once a page was answered; what wrote a row of its own needs no second one."""
    came, page = request.resolver_match, request.resolver_match.url_name
    if response.status_code != 200 or audit.get_origin().has_recorded:
        return
    if person := came.kwargs.get("returnee_pk"):
        actions.returnee.record_opening(pk=person, page=page, by=request.user, reason=reason)
    elif page not in NAMELESS:
        if getattr(request, "is_primary_away", False):
            log.error("Read while the primary was away: %s by user %d", page, request.user.pk)
        elif not _record_row(request, came):
            asked = what_was_asked(request)
            actions.reading.record_page(page=page, asked=asked, verb=_verb(asked), by=request.user)


def way_to_row(came):
    """The way from a person to the row a page is of; None where it is of no single row of a file."""
    return WAY_TO_ROW.get(came.url_name) or WAY_TO_WITHDRAWN.get(came.kwargs.get("noun"))


def _record_row(request, came):
    way, row = way_to_row(came), came.kwargs.get("pk")
    return way and actions.reading.record_row(page=came.url_name, row=row, way=way, by=request.user)


def _verb(asked):
    if any(name.endswith("_digest") for name in asked):
        return LOOKED_UP
    return SEARCHED if TYPED & set(asked) else READ


def what_was_asked(request):
    """What chose the rows of a page: its filters, of a form that was sent the words one looks for, of a row its id."""
    asked = mask_numbers(request.GET)
    if request.method == "POST":
        asked |= {
            name: value for name, value in mask_numbers(request.POST).items() if name.partition("_digest")[0] in TYPED
        }
    return asked | ({"row": request.resolver_match.kwargs["pk"]} if "pk" in request.resolver_match.kwargs else {})


def mask_numbers(sent):
    """Filters as the log keeps them: a number typed by its last digits, and by a digest that tells two apart."""
    kept = {}
    for name, value in sent.items():
        if name in PLACES or not value:
            continue
        found = NUMBER.search(value) if name in TYPED else None
        if name == "card":
            value = found.group() if found else ""  # a card tells much more; the look-up is of its number
        kept[name] = NUMBER.sub(_last_digits, value)[:LONGEST_ASKED] if found else value[:LONGEST_ASKED]
        if found:
            kept[f"{name}_digest"] = digest(found.group())
    return kept


def digest(number):
    """What stands in the log for a number that was looked up: nobody reads the number from it, the key apart."""
    return salted_hmac("cases.look-up", re.sub(r"\D", "", number), algorithm="sha256").hexdigest()[:16]


def _last_digits(found):
    digits = re.sub(r"\D", "", found.group())
    return f"{'•' * (len(digits) - SHOWN_DIGITS)}{digits[-SHOWN_DIGITS:]}"


def record_refusal(request, response):
    """A page without the right, a row that is not there for whoever asks, a form that no page of ours has made."""
    came = request.resolver_match
    if response.status_code not in (403, 404) or came is None or getattr(request, "is_primary_away", False):
        return
    by = request.user if request.user.is_authenticated else None
    if response.status_code == 404:
        verb = NOT_FOUND
        if by is None or not came.kwargs:
            return
    elif request.method == "POST" and not getattr(request, "csrf_processing_done", False):
        verb = FORM_REFUSED
    else:
        verb = REFUSED
    if by is None and not cache.add(f"told-refused:{digest(str(audit.get_origin().address))}", True, TOLD_SECONDS):
        return  # whoever is not signed in fills no log
    given = {name: value for name, value in came.kwargs.items() if isinstance(value, int)}
    actions.reading.record_refusal(verb=verb, page=came.url_name or "", given=given, by=by)
