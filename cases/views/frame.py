"""What stands around every page: where one can go, and as whom one acts."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from cases.access.permissions import Permission
from cases.reports.administration import last_seal, second_account
from cases.views import banner

# route, words, icon, permission, where: `bar` stands in the thumb's bar of a phone, `rail` only in the desk's rail
PLACES = [
    ("home", _("Today"), "house", Permission.HOME, "bar"),
    ("returnee-list", _("Files"), "people", Permission.RETURNEE_CONTACT, "bar"),
    ("import-list", _("Import from Excel"), "file-earmark-arrow-up", Permission.IMPORT_NOTICES, "rail"),
    ("activity-add", _("Quick log"), "plus-lg", Permission.ACTIVITY_LOG, "primary"),
    ("report-show", _("Report"), "bar-chart", Permission.REPORT_VIEW, "bar"),
    ("trip-show", _("Field trip"), "signpost", Permission.TRIP, "rail"),
    ("dashboard-show", _("Overview"), "speedometer2", Permission.REPORT_VIEW, "rail"),
    ("arrival-list", _("Awaited"), "door-open", Permission.ARRIVAL_ANSWER, "rail"),
    ("arrival-nobody", _("Held by nobody"), "person-exclamation", Permission.ARRIVAL_ASSIGN, "rail"),
    ("campaign-list", _("Reports sent"), "send", Permission.REPORT_VIEW, "rail"),
    ("meeting-list", _("Meetings"), "calendar-event", Permission.MEETING_VIEW, "rail"),
    ("paperwork-list", _("Paperwork"), "file-earmark-text", Permission.CASE_VIEW, "rail"),
    ("expungement-list", _("Clean record"), "patch-check", Permission.CASE_VIEW, "rail"),
    ("transfer-list", _("Transfers"), "arrow-left-right", Permission.TRANSFER_VIEW, "rail"),
    ("caseload-list", _("Caseloads"), "people", Permission.CASELOAD_SHARE, "rail"),
    ("employer-list", _("Employers"), "briefcase", Permission.EMPLOYMENT_VIEW, "rail"),
    ("user-list", _("Users"), "person-badge", Permission.USER_MANAGE, "bar"),
    ("rule-list", _("Rules"), "book", Permission.RULE_EDIT, "rail"),
    ("shared-list", _("Shared data"), "collection", Permission.RULE_EDIT, "rail"),
    ("unit-list", _("Units"), "diagram-3", Permission.UNIT_VIEW, "rail"),
    ("audit-list", _("Log"), "clock-history", Permission.AUDIT_VIEW, "rail"),
    ("breach-list", _("Breaches"), "shield-check", Permission.BREACH_VIEW, "rail"),
    ("error-list", _("Errors"), "exclamation-triangle", Permission.ERROR_VIEW, "rail"),
    ("job-list", _("Background work"), "gear", Permission.JOB_VIEW, "rail"),
]


@dataclass(frozen=True)
class Place:
    url: str
    label: str
    icon: str
    where: str
    current: bool

    @property
    def primary(self):
        return self.where == "primary"

    @property
    def in_bar(self):
        return self.where in ("bar", "primary")


@dataclass(frozen=True)
class Acting:
    user_name: str
    unit_name: str
    role_name: str


def frame(request):
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        nobody = {"navigation": [], "acting": None, "may_export": False, "may_export_cases": False}
        return {**nobody, "standby": None, "seal": "", "may_take_along": False, "draft_key": ""}
    posting, waiting = user.role and user.posting, None
    if user.is_active and user.awaits_second:
        waiting = SimpleLazyObject(lambda: second_account.own_waiting(user))  # asked for where it is told alone
    return {
        "navigation": [place for place in places(request, user) if place],
        "may_export": user.may(Permission.EXPORT),
        "may_export_cases": user.may(Permission.EXPORT) and user.may(Permission.CASE_VIEW),
        "may_take_along": user.may(Permission.TRIP) and not user.must_change_password,
        "draft_key": " ".join(draft_keys(user)),
        "seal": SimpleLazyObject(last_seal.seal_words),  # asked for where it is printed alone
        "own_waiting": waiting,
        "flags_above": SimpleLazyObject(lambda: banner.flags_above(request)),
        "standby": getattr(request, "standby", None),
        "is_primary_away": getattr(request, "is_primary_away", False),
        "acting": Acting(
            user.full_name, user.unit.name if posting else "", posting.get_role_display() if posting else ""
        ),
    }


def draft_keys(user):
    """The key a device encrypts the user's drafts with, and behind it those of before the server's secret changed."""
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        key = salted_hmac("cases.draft", str(user.pk), secret=secret, algorithm="sha256").digest()
        yield urlsafe_b64encode(key).decode()


def places(request, user):
    noun = (request.resolver_match.url_name or "").split("-")[0] if request.resolver_match else ""
    for route, label, icon, permission, where in PLACES:
        if user.may(permission) and not user.must_change_password:
            yield Place(reverse(route), label, icon, where, current=route.split("-")[0] == noun)
