"""Which postings wait for a second account, and who may be that account."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cases.access.permissions import Permission
from cases.access.roles import manages_users, may, roles_that
from cases.models import Posting, Unit, User

SHOWN, NAMED = 10, 5


@dataclass(frozen=True)
class WaitingPostings:
    """The first postings that wait for somebody, and how many there are."""

    first: list[Posting]
    count: int


@dataclass(frozen=True)
class OwnPosting:
    """A posting that opens nothing yet, and the first of those who may confirm it, the nearest above before others."""

    posting: Posting
    confirmers: list[User]


def every_posting_to_confirm(user: User, on: date) -> QuerySet[Posting]:
    """The postings that wait for this user, perhaps among others; the oldest first."""
    return Posting.objects.visible_to(user).awaiting(on).select_related("user", "unit", "asked_by").order_by("pk")


def first_to_confirm(user: User, on: date) -> QuerySet[Posting]:
    """The first of every_posting_to_confirm, to be read beside others."""
    return every_posting_to_confirm(user, on)[:SHOWN]


def postings_to_confirm(user: User, on: date, first: QuerySet[Posting] | None = None) -> WaitingPostings:
    """The first of every_posting_to_confirm, and how many there are. `first`: those, where they were read."""
    shown = list(first_to_confirm(user, on) if first is None else first)
    every = Posting.objects.visible_to(user).awaiting(on)
    return WaitingPostings(shown, every.count() if len(shown) == SHOWN else len(shown))


def own_waiting(user: User) -> OwnPosting | None:
    """The user's own posting where it waits."""
    return OwnPosting(user.posting, confirmers(user.posting)[:NAMED]) if user.awaits_second else None


def confirmers(posting: Posting) -> list[User]:
    """Everybody who may confirm a posting: reviewers at the units above, then administrators."""
    others = User.objects.filter(is_active=True).exclude(pk__in=[posting.user_id, posting.asked_by_id])
    reviewing = roles_that(lambda role: may(role, Permission.POSTING_CONFIRM) and not manages_users(role))
    found: list[User] = []
    for unit in _above(posting.unit.of_today):
        found += others.posted(unit__standing=unit, role__in=reviewing, asked_by=None)
    return [*found, *others.posted(role__in=roles_that(manages_users), asked_by=None)]


def _above(unit: Unit) -> list[Unit]:
    """The units above one, the nearest first."""
    found: list[Unit] = []
    while unit.parent:
        unit = unit.parent.of_today
        found.append(unit)
    return found
