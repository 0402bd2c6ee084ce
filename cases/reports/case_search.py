"""Looking for a person before a new file is made."""

from django.db.models import QuerySet

from cases.lib import identity
from cases.models import Returnee, User
from cases.reports.case_header import people

AT_MOST = 20


def alike(words: str, user: User) -> QuerySet[Returnee]:
    """Files in the user's scope, open or closed, whose names and numbers hold every word; at most 20."""
    return people(user).search(words)[:AT_MOST]


def open_file(number: str) -> Returnee | None:
    """The open file with this identity number, of whatever unit.

    Whoever does not see that unit may be told its name and nothing else of the file.
    """
    number = identity.tidy(number)
    held = Returnee.objects.kept().filter(identity_number=number, closed_on__isnull=True)
    return held.select_related("unit").first() if number else None


def held_elsewhere(number: str, user: User) -> str | None:
    """The name of the unit outside the user's scope that holds an open file with this number."""
    other = open_file(number)
    if other is None or Returnee.objects.visible_to(user).filter(pk=other.pk).exists():
        return None
    return other.unit.name
