"""The fields of Django, with the house's own where a text or a day is stored: imported as `models` by every model.

The rules sit in the fields because everything that stores passes them: `save`, `bulk_create`, `update`, and the values
of a search. For a migration they are Django's own fields.
"""

import json
from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import FieldError, ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import *  # noqa: F403
from django.db.models.expressions import Col
from django.db.models.lookups import In, IsNull, Lookup
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.lib import identity
from cases.lib.field_cipher import UnreadableValueError, is_sealed
from cases.lib.text import clean
from cases.models import condition, limits
from cases.models.field_keys import cipher


class AsDjangos:
    """In a migration the field bears the name of the Django field it refines.

    An expression that begins with a plain value and goes on with such a field names its `output_field`: Django takes
    a field of the house for one of its own, not the other way round.
    """

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{type(self).__name__}", args, kwargs


class CleanText(AsDjangos):
    """A text without what no page, search or file can hold (`cases.lib.text.clean`), stored without outer spaces.

    A text nobody edits keeps them: in the words made for a search they stand for the ends of words.
    """

    lines: ClassVar[bool] = False

    def to_python(self, value):
        value = super().to_python(value)
        return clean(value, lines=self.lines) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value, lines=self.lines)
            value = value.strip() if self.editable else value
            setattr(model_instance, self.attname, value)
        return value


class CharField(CleanText, models.CharField):
    pass


class TextField(CleanText, models.TextField):
    lines = True


class JSONField(AsDjangos, models.JSONField):
    """Values whose texts are cleaned as those of a TextField, keys among them."""

    def get_prep_value(self, value):
        return clean_deep(super().get_prep_value(value))


class EncryptedField:
    """A field whose value the database has encrypted, for its own column; it is read and written in clear.

    An empty value is stored as it is. A filter finds nothing in what is encrypted, so it is refused, in words.
    """

    @cached_property
    def place(self) -> str:
        return place(self.model, self.name)

    def get_transform(self, name):
        raise FieldError(f"{self.name} is encrypted: the database cannot look into it ({name}).")

    def get_lookup(self, name):
        if name == "isnull":
            return IsNull
        raise FieldError(f"{self.name} is encrypted: the database cannot ask for it ({name}).")


class EncryptedText(EncryptedField, CharField):
    """`key` names the field beside it with the keyed digest, by which a whole value is found."""

    def __init__(self, *args: Any, key: str = "", **kwargs: Any) -> None:
        self.key = key
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def get_internal_type(self):
        return "TextField"  # as long as it is encrypted; `max_length` is that of the value

    def get_db_prep_save(self, value, connection):
        stored = super().get_db_prep_save(value, connection)
        return cipher().seal(stored, self.place) if stored and isinstance(stored, str) else stored

    def from_db_value(self, value, expression, connection):
        return self.open(value)

    def open(self, stored: str | None) -> str | None:
        """The value of what the database has."""
        return cipher().open(stored, self.place) if stored else stored

    def digests(self, value: str) -> list[str]:
        """By which a whole value is found, whichever of the keys it was stored with."""
        return cipher().digests(tidy_value(value), self.place)

    def get_lookup(self, name):
        return KEYED.get(name) or super().get_lookup(name)

    def by_key(self, values, lhs, compiler):
        """The condition that the field has one of some whole values."""
        wanted = {tidy_value(value) for value in values if value is not None}
        found = []
        if "" in wanted:
            sql, params = compiler.compile(lhs)
            found.append((f"{sql} = ''", list(params)))
        wanted -= {""}
        if wanted or not found:
            if not self.key or not isinstance(lhs, Col):
                raise FieldError(f"{self.name} is encrypted and has no digest to find it by.")
            known = [digest for value in sorted(wanted) for digest in self.digests(value)]
            digest = Col(lhs.alias, self.model._meta.get_field(self.key))
            sql, params = compiler.compile(In(digest, known))
            is_there, _none = compiler.compile(digest)  # who has no number is told apart by "no", not by "unknown"
            found.append((f"({is_there} IS NOT NULL AND {sql})", list(params)))
        return f"({' OR '.join(sql for sql, _params in found)})", [each for _sql, params in found for each in params]


class KeyedLookup(Lookup):
    """Asks the digest beside an encrypted value instead of the value."""

    prepare_rhs = False

    def as_sql(self, compiler, connection):
        if hasattr(self.rhs, "resolve_expression"):
            raise FieldError("An encrypted value is compared with given values alone.")
        values = [self.rhs] if self.lookup_name == "exact" else list(self.rhs)
        return self.lhs.output_field.by_key(values, self.lhs, compiler)


class KeyedExact(KeyedLookup):
    lookup_name = "exact"


class KeyedIn(KeyedLookup):
    lookup_name = "in"


KEYED = {lookup.lookup_name: lookup for lookup in (KeyedExact, KeyedIn)}


class KeyedDigest(CharField):
    """The keyed digest of the whole number in the field `of`: what it is found by, and unique by. Nobody sets it."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 22, "null": True, "editable": False, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def digest(self, value: str | None) -> str | None:
        return cipher().digest(tidy_value(value), place(self.model, self.of)) if value else None

    def pre_save(self, model_instance, add):
        made = self.digest(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, made)
        return made


class EncryptedJSON(EncryptedField, JSONField):
    """Values encrypted as a whole: the database has one text."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_db_prep_save(self, value, connection):
        if value and not hasattr(value, "as_sql"):
            value = cipher().seal(json.dumps(clean_deep(value), ensure_ascii=False), self.place)
        return super().get_db_prep_save(value, connection)

    def from_db_value(self, value, expression, connection):
        found = super().from_db_value(value, expression, connection)
        return json.loads(cipher().open(found, self.place)) if is_sealed(found) else found


class StoredValues(dict):
    """Values of the log that are encrypted already, as they are to stand there."""


class LoggedValues(JSONField):
    """Values of any rows by the names of their fields; those of fields that are encrypted there are encrypted here.

    The log outlives the keys: what no key opens any more is told to be so.
    """

    @cached_property
    def place(self) -> str:
        return place(self.model, self.name)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(self.stored(value) if isinstance(value, dict) else value, connection)

    def stored(self, values: dict) -> StoredValues:
        """The values as the database has them; never twice the same."""
        if isinstance(values, StoredValues):
            return values
        return StoredValues(
            {
                key: cipher().seal(each, self.place) if each and isinstance(each, str) and key in ENCRYPTED else each
                for key, each in clean_deep(values).items()
            }
        )

    def from_db_value(self, value, expression, connection):
        found = super().from_db_value(value, expression, connection)
        if not isinstance(found, dict) or ENCRYPTED.isdisjoint(found):
            return found
        return {key: self._opened(each) if key in ENCRYPTED else each for key, each in found.items()}

    def _opened(self, stored):
        if not is_sealed(stored):
            return stored
        try:
            return cipher().open(stored, self.place)
        except UnreadableValueError:
            return str(UNREADABLE)


UNREADABLE = _("[encrypted with a key that is not here]")
# Names of fields that some model has as EncryptedText
ENCRYPTED = frozenset(
    {
        *("identity_number", "old_identity_number", "phone", "household_contact", "household_phone"),
        *("number", "sender_phone", "borrower"),
    }
)


class EncryptedBytes(AsDjangos, EncryptedField, models.BinaryField):
    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs

    def get_db_prep_save(self, value, connection):
        sealed = cipher().seal_bytes(bytes(value), self.place) if value else value
        return super().get_db_prep_save(sealed, connection)

    def from_db_value(self, value, expression, connection):
        return cipher().open_bytes(bytes(value), self.place) if value else value


def place(model: type[models.Model], name: str) -> str:
    """Where a value stands: what is encrypted for one column is not opened in another."""
    return f"{model._meta.db_table}.{name}"


def tidy_value(value: str) -> str:
    """A number in the one spelling its digest is made of."""
    return identity.domestic(identity.tidy(value))


class DateField(AsDjangos, models.DateField):
    """A day that is validated against its floor and ceiling in `cases.models.limits`."""

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value is not None:
            name = f"{model_instance._meta.model_name}.{self.name}"
            limits.check_day(name, value, facts=limits.day_facts(model_instance), on=timezone.localdate())


class CheckConstraint(models.CheckConstraint):
    """A rule that is asked of the values in memory; the database is asked where these cannot be compared there.

    In a migration it is Django's own.
    """

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        """With the fields it speaks of; asked with every field of the row the database took twice the time."""
        exclude = {*(exclude or ()), *self.unnamed(model)}
        named = [field for field in model._meta.local_concrete_fields if field.name not in exclude]
        values = {field.name: getattr(instance, field.attname) for field in named}
        try:
            held = condition.answer(models.Q(self.condition), values)
        except (KeyError, TypeError, condition.UnknownConditionError):
            super().validate(model, instance, exclude=exclude, using=using)
            return
        if held is False:
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def unnamed(self, model):
        """The fields of a model that the rule does not speak of."""
        named = models.Q(self.condition).referenced_base_fields
        return {field.name for field in model._meta.local_concrete_fields} - named


def clean_deep(value):
    """Lists and dictionaries with every text in them cleaned."""
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, dict):
        return {clean_deep(key): clean_deep(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [clean_deep(each) for each in value]
    return value
