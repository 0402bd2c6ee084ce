"""Texts stored before they were cleaned: control, bidi and zero-width marks go, letters are composed.

What only grows keeps its bytes. A row whose cleaned text would break a rule (a reason of nothing but such marks, a
number that is then another's) is left as it is: whoever corrects it is told.
"""

from django.db import DatabaseError, migrations, models, transaction

from cases.lib.text import clean

KEPT_AS_WRITTEN = {"auditevent", "verdict", "reportversion", "arrivalanswer", "transferstep"}
AT_ONCE = 2000


def clean_all(apps, schema_editor):
    for model in apps.get_app_config("cases").get_models():
        if model._meta.model_name not in KEPT_AS_WRITTEN:
            clean_rows(model)


def clean_rows(model):
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.primary_key
    ]
    names, last = [field.name for field in fields if field.name != "password"], 0
    while names and (rows := list(model._base_manager.filter(pk__gt=last).order_by("pk")[:AT_ONCE])):
        last = rows[-1].pk
        for row in rows:
            clean_row(row, names)


def clean_row(row, names):
    changed = {}
    for name in names:
        stored, field = getattr(row, name), row._meta.get_field(name)
        if isinstance(stored, str):
            value = clean(stored, lines=isinstance(field, models.TextField))
            value = value.strip() if field.editable else value  # in the words of a search they are ends of words
        else:
            value = clean_deep(stored)
        if value != stored:
            changed[name] = value
    if changed:
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**changed)
        except DatabaseError:
            return


def clean_deep(value):
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, dict):
        return {clean_deep(key): clean_deep(each) for key, each in value.items()}
    return [clean_deep(each) for each in value] if isinstance(value, list) else value


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_questions_of_staged_rows")]

    operations = [migrations.RunPython(clean_all, migrations.RunPython.noop)]
