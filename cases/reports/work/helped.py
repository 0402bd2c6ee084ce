"""The people a member of the 5+1 helps: who needs them first, and what they logged lately."""

from datetime import date, timedelta

from django.db.models import Case, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.law.duty_rules import WEEK_DAYS
from cases.models import Activity, ActivityEntry, Appointment, GroupMember, LastContact, Returnee, User
from cases.reports.work.duties import people_of

SHOWN = 10  # so many entries stand on the home page


def helped_people(user: User, on: date) -> QuerySet[Returnee]:
    """Whom the user helps: first who has a meeting agreed up to a week ahead, then the longest without a contact.

    A contact is one of the user's own organisation; without one a person waits since the user helps. `agreed_on`: the
    day of the next meeting; `met_by_force_on`; `lead_phone`.
    """
    own = user.posting.organisation_id
    mine = GroupMember.objects.current(on).filter(user=user, group__returnee=OuterRef("pk"))
    agreed = Appointment.objects.visible_to(user).pending().filter(returnee=OuterRef("pk")).order_by()
    met = LastContact.objects.filter(returnee=OuterRef("pk"), organisation=own)
    rows = people_of(user, on).annotate(
        agreed_on=Subquery(agreed.values("returnee").annotate(first=Min("on")).values("first")),
        met_by_force_on=Subquery(met.values("on")[:1]),
        lead_phone=F("facts__lead__phone"),
    )
    rows = rows.annotate(
        urgency=Case(When(Q(agreed_on__lte=on + timedelta(days=WEEK_DAYS)), then=F("agreed_on")), default=None),
        waiting_since=Coalesce("met_by_force_on", Subquery(mine.order_by("since").values("since")[:1]), Value(on)),
    )
    return rows.order_by(F("urgency").asc(nulls_last=True), "waiting_since", "sort_key", "pk")


def lead_phone(person: Returnee) -> str:
    """The telephone of whoever leads the case of one person found with the facts kept; "" where nobody does."""
    if person.lead_id is None:
        return ""
    return User.objects.filter(pk=person.lead_id).values_list("phone", flat=True).first() or ""


def logged_lately(user: User) -> QuerySet[ActivityEntry]:
    """What the user logged of people they help, the newest first; the parts that stand, each with its person."""
    own = Activity.objects.visible_to(user).kept()
    parts = ActivityEntry.objects.visible_to(user).kept().filter(activity__in=own)
    return parts.select_related("activity", "returnee").order_by("-kept_on", "-pk")[:SHOWN]
