"""People who are still placed in a unit whose area was divided: nobody yet said in which part they live."""

from django.db.models import Count, QuerySet

from cases.models import Returnee, Unit, User


def divided_units(user: User) -> QuerySet[Unit]:
    """Divided units that `user` can help to clear: those in scope, and those of which a part went to the own unit."""
    return Unit.objects.divided().within_reach(user)


def people_of(unit: Unit) -> QuerySet[Returnee]:
    """Those a divided unit still holds, hamlet after hamlet."""
    return Returnee.objects.kept().filter(unit=unit).order_by("hamlet", "sort_key", "pk")


def count_by_unit(user: User) -> dict[Unit, int]:
    """Divided units within reach that still hold people, with the number of them.

    The units are read first: asked within one question, the people of the whole country are read for them.
    """
    units = list(divided_units(user).select_related("parent__parent").order_by("code"))
    held = Returnee.objects.kept().filter(unit__in=units).order_by().values_list("unit")
    counts = dict(held.annotate(people=Count("pk")))
    return {unit: counts[unit.pk] for unit in units if unit.pk in counts}
