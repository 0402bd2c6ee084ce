"""The fields of Django, with the house's own where a text or a day is stored: imported as `models` by every model.

The rules sit in the fields because everything that stores passes them: `save`, `bulk_create`, `update`, and the values
of a search. For a migration they are Django's own fields.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import *  # noqa: F403
from django.utils import timezone

from cases.lib.text import clean
from cases.models import condition, limits


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
