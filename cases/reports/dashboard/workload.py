"""Whoever leads cases under a unit, one by one: how many people, duties overdue, last sign-in, how soon work is logged.

It is read to help whoever has too much. Of few cases and few entries chance decides: orders by share go by the share
that is sure (`least_share`), and no percentage is made of fewer than is enough.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate

from cases.access.roles import leads_cases, roles_that
from cases.lib.survival import least_share
from cases.models import Posting, User
from cases.models.id_list import IdList
from cases.models.joint_read import read_jointly
from cases.reports.dashboard.silence import known_people
from cases.reports.work.duties import people_of
from cases.reports.work.entry_patterns import own_entries

BACK = 90  # days whose work is looked at
WITHIN = 3  # days from the work to its entry that are soon


class WorkloadOrder(StrEnum):
    """By what the officers are sorted, the one who needs a look first."""

    LOAD = "load"
    OVERDUE = "overdue"
    SIGN_IN = "sign-in"
    LATE = "late"


@dataclass(frozen=True)
class OfficerWorkload:
    """An officer as posted; `led`: open cases led in scope, `overdue` of them with a duty of the day's round overdue.

    `logged`: pieces of work of the last BACK days that were entered one by one, `soon` of them within WITHIN days.
    """

    posting: Posting
    led: int
    overdue: int
    logged: int
    soon: int

    @property
    def officer(self) -> User:
        return self.posting.user

    @property
    def signed_in_at(self) -> datetime | None:
        return self.officer.last_login

    def order(self, by: WorkloadOrder) -> tuple:
        """What the row is sorted by."""
        first: tuple = (-self.led,)
        if by is WorkloadOrder.OVERDUE:
            first = (-least_share(self.overdue, self.led), -self.overdue)
        elif by is WorkloadOrder.SIGN_IN:
            at = self.signed_in_at
            first = (at is not None, at.timestamp() if at else 0.0)
        elif by is WorkloadOrder.LATE:
            late = self.logged - self.soon
            first = (-least_share(late, self.logged), -late)
        return (*first, self.officer.sort_key, self.officer.pk)


def workloads(user: User, on: date, by: WorkloadOrder) -> tuple[list[OfficerWorkload], int]:
    """Everybody who may lead cases under the user's unit, and how many people there nobody leads.

    None for who sees the whole country: there nobody is named.
    """
    if user.sees_everything:
        return [], 0
    postings = _postings(user, on)
    logged = _logged(postings, on)
    known, overdue = known_people(people_of(user, on), user, on)
    read_jointly(postings, logged)
    led = Counter(one.lead for one in known)
    late = Counter(one.lead for one in known if one.pk in overdue)
    work = {officer: (count, soon) for officer, count, soon in logged}
    rows = [
        OfficerWorkload(each, led[each.user_id], late[each.user_id], *work.get(each.user_id, (0, 0)))
        for each in postings
    ]
    known_leads = {each.user_id for each in postings}
    nobody = sum(count for lead, count in led.items() if lead not in known_leads)
    return sorted(rows, key=lambda row: row.order(by)), nobody


def _postings(user: User, on: date) -> QuerySet[Posting]:
    posted = Posting.objects.on(on).filter(role__in=roles_that(leads_cases), asked_by=None, user__is_active=True)
    units = IdList(user.scope) if isinstance(user.scope, list) else user.scope
    return posted.filter(unit__in=units).select_related("user", "unit__standing").order_by("pk")


def _logged(postings: QuerySet[Posting], on: date) -> QuerySet:
    """Rows of an officer, how many pieces of work they entered, and how many of these soon; no loaded registers."""
    officers = postings.order_by().values("user")
    since = on - timedelta(days=BACK - 1)
    rows = own_entries(officers, since, on).alias(day=TruncDate("created_at"))
    soon = Q(day__lte=F("on") + timedelta(days=WITHIN))
    return rows.order_by().values_list("created_by").annotate(count=Count("pk"), soon=Count("pk", filter=soon))
