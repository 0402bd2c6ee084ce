"""Who leads how many cases in a commune, and how a caseload would be shared."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cases.lib.sharing import spread
from cases.models import HelperGroup, Notice, User
from cases.models.arrival import NoticeQuerySet
from cases.models.group import GroupQuerySet


@dataclass(frozen=True)
class Load:
    """An officer, the people they have now (led, or announced to them), and after a sharing."""

    officer: User
    now: int
    after: int = 0


def leaders(user: User) -> QuerySet[User]:
    """Whoever has an open case of the user's units, and everybody who may: officers and chiefs working there."""
    leading = HelperGroup.objects.visible_to(user).current().values("lead")
    told = Notice.objects.visible_to(user).awaited().filter(assigned_to__isnull=False).values("assigned_to")
    having = User.objects.filter(pk__in=leading.order_by()) | User.objects.filter(pk__in=told.order_by())
    return (having | User.objects.filter(pk__in=_able(user).values("pk"))).distinct()


def takers(user: User, giver: User) -> QuerySet[User]:
    """Colleagues who may take over cases of `giver`."""
    return _able(user).exclude(pk=giver.pk)


def _able(user: User) -> QuerySet[User]:
    return User.objects.colleagues_of(user)


def loads(user: User) -> list[Load]:
    """Everybody of `leaders` with the number of people they have in the user's units, most first; three queries."""
    led = _having(HelperGroup.objects.visible_to(user), Notice.objects.visible_to(user))
    return sorted(
        (Load(officer, led.count(officer.pk)) for officer in leaders(user)),
        key=lambda load: (-load.now, load.officer.sort_key),
    )


def preview(user: User, giver: User, chosen: list[User]) -> list[Load]:
    """How many people each of `chosen` would have, if the caseload of `giver` were shared among them now."""
    mine = _having(HelperGroup.objects.visible_to(user), Notice.objects.visible_to(user)).count(giver.pk)
    leads = _having(HelperGroup.objects.filter(lead__in=chosen), Notice.objects.filter(assigned_to__in=chosen))
    now = {officer.pk: leads.count(officer.pk) for officer in chosen}
    given = [taker for _item, taker in spread(range(mine), now)] if now else []
    return [Load(officer, now[officer.pk], now[officer.pk] + given.count(officer.pk)) for officer in chosen]


def _having(groups: GroupQuerySet, notices: NoticeQuerySet) -> list[int]:
    """The officer of each open case, and of each person announced and awaited, by id."""
    awaited = notices.awaited().filter(assigned_to__isnull=False).order_by()
    announced = [officer for officer, _person in awaited.values_list("assigned_to", "returnee").distinct()]
    return [*groups.current().values_list("lead", flat=True), *announced]
