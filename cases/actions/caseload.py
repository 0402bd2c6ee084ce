"""The whole caseload of an officer who leaves goes to colleagues, in one step."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.actions import group
from cases.lib.sharing import spread
from cases.models import HelperGroup, User


def led_within(giver: User, by: User) -> QuerySet[HelperGroup]:
    """The open groups `giver` leads among the people of the units `by` answers for."""
    mine = HelperGroup.objects.visible_to(by).current().filter(lead=giver)
    return mine.select_related("lead", "returnee").order_by("returnee__sort_key", "pk")


def loads(takers: list[User]) -> dict[int, int]:
    """How many open cases each of `takers` leads now, by id."""
    leads = HelperGroup.objects.current().filter(lead__in=takers).values_list("lead", flat=True)
    counted = Counter(leads)
    return {taker.pk: counted[taker.pk] for taker in takers}


@transaction.atomic
def share_out(*, giver: User, takers: list[User], by: User) -> dict[User, int]:
    """Every open case of `giver` goes to `takers`, each to whoever leads fewest then; says who got how many.

    All or none. Raises ValidationError for a taker who may not lead cases there. Sent twice, the second finds nothing.
    """
    people = {taker.pk: taker for taker in takers}
    able = User.objects.colleagues_of(by).exclude(pk=giver.pk).filter(pk__in=people)
    if not people or able.count() < len(people):
        raise ValidationError({"takers": _("Choose officers of this commune who work here today.")})
    groups = list(led_within(giver, by).select_for_update(of=("self",)))
    given = spread(groups, loads(list(people.values())))
    for each, taker in given:
        group.change_lead(group=each, lead=people[taker], by=by, reason=_("Caseload handed over"))
    counted = Counter(taker for _group, taker in given)
    return {people[pk]: counted[pk] for pk in people}
