"""Which entries of a user have reached the register: how a device knows that a draft it keeps has done its work."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet

from cases.models import User


def recorded_uids(user: User, uids: Iterable[UUID]) -> set[UUID]:
    """Those of `uids` that a record of any kind made by `user` bears, withdrawn ones too; one query."""
    asked = list(uids)
    if not asked:
        return set()
    first, *others = (_made_by(model, user).filter(uid__in=asked).order_by().values_list("uid") for model in _kinds())
    return {uid for (uid,) in first.union(*others)}


def _kinds() -> list[type[Model]]:
    """The models that bear a uid of their own; what a form said only names the record it made."""
    models = apps.get_app_config("cases").get_models()
    return [model for model in models if any(field.name == "uid" and field.unique for field in model._meta.fields)]


def _made_by(model: type[Model], user: User) -> QuerySet:
    maker = next(field.name for field in model._meta.fields if field.name in ("created_by", "made_by"))
    return model._base_manager.filter(**{maker: user})
