"""Which entries of a user have reached the register: how a device knows that a draft it keeps has done its work."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from cases.models import Returnee, SentForm, User

LONGEST_ID = 18  # digits
MAKERS = {"created_by", "made_by"}


def recorded_uids(user: User, uids: Iterable[UUID]) -> set[UUID]:
    """Those of `uids` that a record of any kind made by `user` bears, withdrawn ones too; one query."""
    asked = list(uids)
    if not asked:
        return set()
    first, *others = (rows.filter(uid__in=asked).order_by().values_list("uid") for rows in _made_by(user))
    return {uid for (uid,) in first.union(*others)}


def unseen_people(user: User, ids: Iterable[str]) -> list[str]:
    """Those of these ids whose files the user does not see, or no longer."""
    asked = [each for each in ids if len(each) < LONGEST_ID]
    if not asked:
        return []
    known = Returnee.objects.visible_to(user).kept().filter(pk__in=asked, anonymisation=None)
    seen = set(known.values_list("pk", flat=True))
    return [each for each in asked if int(each) not in seen]


def is_recorded(uid: str) -> bool:
    """Whether a form with this id was recorded, whoever sent it."""
    try:
        return SentForm.objects.filter(uid=UUID(uid)).exists()
    except ValueError:
        return False


def _made_by(user: User) -> Iterator[QuerySet]:
    """The rows of the user in each model with a uid of its own; what a form said only names the record it made."""
    for model in apps.get_app_config("cases").get_models():
        names = {field.name for field in model._meta.fields if field.name != "uid" or field.unique}
        if "uid" in names and (makers := names & MAKERS):
            yield model._base_manager.filter(**{makers.pop(): user})
