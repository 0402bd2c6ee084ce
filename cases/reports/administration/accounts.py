"""Accounts as the administrator sees them: posting, state, how many cases each leads; never which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.access import row_scope
from cases.models import HelperGroup, Posting, User

QUIET_DAYS = 90  # an account nobody signs in to: is the person still here?


@dataclass(frozen=True)
class NewestAccounts:
    """The accounts made last with their postings, and how many there are in all."""

    first: list[User]
    active: int
    inactive: int


@dataclass(frozen=True)
class AccountState:
    """A word, a colour and an icon for how an account stands."""

    word: str
    tone: str
    icon: str


@dataclass(frozen=True)
class AccountRow:
    """One line of the list of users; `led` counts the open cases the user leads."""

    user: User
    posting: Posting | None
    led: int
    state: AccountState

    @property
    def tell(self) -> str:
        return " · ".join(part for part in (self.user.username, self.user.rank) if part)

    @property
    def reason(self) -> str:
        if self.posting is None:
            return ""
        parts = (self.posting.get_role_display(), self.posting.organisation, self.posting.unit)
        return " · ".join(str(part) for part in parts if part)


@row_scope.beyond("an administrator is told how many cases each account leads")
def roster(users: Iterable[User], on: date) -> list[AccountRow]:
    """The users given, each with the posting and the caseload of `on`: two queries, however many they are."""
    users = list(users)
    held = (
        Posting.objects.on(on)
        .filter(user__in=users)
        .select_related("unit", "organisation", "asked_by")
        .order_by("since")
    )
    postings = {posting.user_id: posting for posting in held}
    led = dict(
        HelperGroup.objects.current()
        .filter(lead__in=users)
        .order_by()
        .values("lead")
        .annotate(cases=Count("pk"))
        .values_list("lead", "cases")
    )
    return [
        AccountRow(user, postings.get(user.pk), led.get(user.pk, 0), state(user, postings.get(user.pk)))
        for user in users
    ]


def account(user: User, on: date) -> AccountRow:
    """One user as a line of the roster."""
    return roster([user], on)[0]


def state(user: User, posting: Posting | None) -> AccountState:
    """Closed, without a posting, waiting for a second account or for the first sign-in, or open."""
    if not user.is_active:
        return AccountState(pgettext("accounts", "Closed"), "plain", "dash-circle")
    if posting is None:
        return AccountState(_("No posting"), "brick", "exclamation-triangle")
    if posting.asked_by_id:
        return AccountState(_("Waits for a second account"), "amber", "people")
    if not user.may_sign_in(timezone.now()):
        return AccountState(_("Slip no longer valid"), "brick", "key")
    if user.must_change_password:
        return AccountState(_("Slip not used yet"), "amber", "key")
    return AccountState(pgettext("accounts", "Open"), "leaf", "check-circle")


def is_account(username: str) -> bool:
    """Whether there is an account of this name, in whatever case it is typed; asked where nobody has signed in yet."""
    return User.objects.filter(username__iexact=username).exists()


def newest_accounts(user: User, shown: int) -> NewestAccounts:
    """Of the accounts an administrator looks after the `shown` made last; three queries."""
    accounts = User.objects.visible_to(user)
    counted = accounts.aggregate(active=Count("pk", filter=Q(is_active=True)), every=Count("pk"))
    posted = Prefetch("postings", Posting.objects.select_related("unit"))
    first = accounts.order_by("-made_at", "-pk").prefetch_related(posted)[:shown]
    return NewestAccounts(list(first), counted["active"], counted["every"] - counted["active"])
