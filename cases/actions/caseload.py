"""The whole caseload of an officer who leaves goes to colleagues, in one step."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.actions import group, row
from cases.lib.sharing import spread
from cases.models import HelperGroup, Notice, User


def led_within(giver: User, by: User) -> QuerySet[HelperGroup]:
    """The open groups `giver` leads among the people of the units `by` answers for."""
    mine = HelperGroup.objects.visible_to(by).current().filter(lead=giver)
    return mine.select_related("lead", "returnee").order_by("returnee__sort_key", "pk")


def pending_notices(giver: User, by: User) -> list[list[Notice]]:
    """The notices given to `giver` of people who are still awaited in the units `by` answers for, person by person."""
    mine = Notice.objects.visible_to(by).awaited().filter(assigned_to=giver).order_by("returnee", "pk")
    people: dict[int, list[Notice]] = {}
    for notice in mine.select_for_update(no_key=True, of=("self",)):
        people.setdefault(notice.returnee_id, []).append(notice)
    return list(people.values())


def loads(takers: list[User]) -> dict[int, int]:
    """How many people each of `takers` has now, by id: those led, and those announced to them."""
    counted = Counter(HelperGroup.objects.current().filter(lead__in=takers).values_list("lead", flat=True))
    announced = Notice.objects.awaited().filter(assigned_to__in=takers).order_by()
    counted.update(taker for taker, _person in announced.values_list("assigned_to", "returnee").distinct())
    return {taker.pk: counted[taker.pk] for taker in takers}


@transaction.atomic
def share_out(*, giver: User, takers: list[User], by: User) -> dict[User, int]:
    """Every open case of `giver`, and everybody announced to them, goes to `takers`; says who got how many.

    Each goes to whoever has fewest then.

    All or none. Raises ValidationError for a taker who may not lead cases there. Sent twice, the second finds nothing.
    """
    people = {taker.pk: taker for taker in takers}
    able = User.objects.colleagues_of(by).exclude(pk=giver.pk).filter(pk__in=people)
    if not people or able.count() < len(people):
        raise ValidationError({"takers": _("Choose officers of this commune who work here today.")})
    groups = list(led_within(giver, by).select_for_update(no_key=True, of=("self",)))
    work: list[HelperGroup | list[Notice]] = [*groups, *pending_notices(giver, by)]
    given = spread(work, loads(list(people.values())))
    for each, taker in given:
        if isinstance(each, HelperGroup):
            group.change_lead(group=each, lead=people[taker], by=by, reason=_("Caseload handed over"))
            continue
        for notice in each:
            notice.assigned_to = people[taker]
            row.correct(row=notice, by=by, reason=_("Caseload handed over"))
    counted = Counter(taker for _group, taker in given)
    return {people[pk]: counted[pk] for pk in people}
