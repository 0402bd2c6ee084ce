"""Who leads how many cases in a commune, and how a caseload would be shared."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cases.lib.sharing import spread
from cases.models import HelperGroup, User


@dataclass(frozen=True)
class Load:
    """An officer, the open cases led now, and after a sharing."""

    officer: User
    now: int
    after: int = 0


def leaders(user: User) -> QuerySet[User]:
    """Whoever leads an open case of the user's units, and everybody who may: officers and chiefs working there."""
    leading = HelperGroup.objects.visible_to(user).current().values("lead")
    return (User.objects.filter(pk__in=leading) | User.objects.filter(pk__in=_able(user).values("pk"))).distinct()


def takers(user: User, giver: User) -> QuerySet[User]:
    """Colleagues who may take over cases of `giver`."""
    return _able(user).exclude(pk=giver.pk)


def _able(user: User) -> QuerySet[User]:
    return User.objects.colleagues_of(user)


def loads(user: User) -> list[Load]:
    """Everybody of `leaders` with the number of cases led in the user's units, most first; two queries."""
    led = list(HelperGroup.objects.visible_to(user).current().values_list("lead", flat=True))
    return sorted(
        (Load(officer, led.count(officer.pk)) for officer in leaders(user)),
        key=lambda load: (-load.now, load.officer.sort_key),
    )


def preview(user: User, giver: User, chosen: list[User]) -> list[Load]:
    """How many cases each of `chosen` would lead, if the caseload of `giver` were shared among them now."""
    mine = HelperGroup.objects.visible_to(user).current().filter(lead=giver).count()
    leads = list(HelperGroup.objects.current().filter(lead__in=chosen).values_list("lead", flat=True))
    now = {officer.pk: leads.count(officer.pk) for officer in chosen}
    given = [taker for _item, taker in spread(range(mine), now)] if now else []
    return [Load(officer, now[officer.pk], now[officer.pk] + given.count(officer.pk)) for officer in chosen]
