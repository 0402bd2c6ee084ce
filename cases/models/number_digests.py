"""Numbers that are encrypted, each with its digest beside it: whichever way a number is stored, its digest goes too."""

from typing import TypeVar

from django.db import models
from django.db.models import Q

from cases.models.fields import KeyedDigest

Row = TypeVar("Row", bound=models.Model, covariant=True)

KEYS = ("identity_key", "old_identity_key", "phone_key", "household_phone_key")


def digest_fields(model):
    """The fields of a model that hold the digest of another one."""
    return [field for field in model._meta.local_concrete_fields if isinstance(field, KeyedDigest)]


def digest_indexes(*names):
    """An index of those who have the number, for each of KEYS, with these names."""
    return [
        models.Index(fields=[field], name=name, condition=Q(**{f"{field}__isnull": False}))
        for field, name in zip(KEYS, names, strict=True)
    ]


class DigestQuerySet(models.QuerySet[Row]):
    def update(self, **changes):
        told = [field for field in digest_fields(self.model) if field.of in changes and field.name not in changes]
        return super().update(**changes, **{field.name: field.digest(changes[field.of]) for field in told})

    def bulk_update(self, objs, fields, batch_size=None):
        told = [field for field in digest_fields(self.model) if field.of in fields]
        for field in told:
            for row in objs:
                field.pre_save(row, add=False)
        return super().bulk_update(objs, [*fields, *(field.name for field in told)], batch_size)


class HasDigests(models.Model):
    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if named := kwargs.get("update_fields"):
            told = (field.name for field in digest_fields(type(self)) if field.of in named)
            kwargs["update_fields"] = {*named, *told}
        super().save(*args, **kwargs)

    def validate_constraints(self, exclude=None):
        """What says of a number that it is somebody else's is asked of its digest, wherever the number is asked."""
        fields = digest_fields(type(self))
        hidden = set(exclude or ()) - {field.name for field in fields}
        hidden |= {field.name for field in fields if field.of in hidden}
        for field in fields:
            field.pre_save(self, add=False)
        super().validate_constraints(exclude=hidden)
