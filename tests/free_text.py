"""What somebody may type: every text of every row there is, filled with the same words at once."""

from django.apps import apps
from django.db import DatabaseError, models, transaction

MACHINE = {  # read by the program, whatever it is called for people
    *("username", "password", "code", "key", "path", "digest", "search_text", "sort_key", "kept_detail", "kept_kind"),
    *("outbox_key", "type", "kind", "page", "role", "target", "file_hash", "told", "indicator", "report", "edition"),
    *("error", "language", "certainty", "duty", "rules", "checksum", "trace", "born_on", "state", "owner", "sheet"),
    *("target_type", "chapter", "article", "uid", "file_number"),
    *("identity_key", "old_identity_key", "phone_key", "household_phone_key"),
}
NEVER_TYPED = {
    *("namekey", "auditevent", "auditseal", "transferstep", "sentform", "documentnumber", "errorevent", "backup"),
    *("workerprocess", "headingsynonym"),
}


def typed_fields():
    """The text fields of all models that hold words, not a choice, a key or a shape of their own."""
    for model in apps.get_app_config("cases").get_models():
        if model._meta.model_name in NEVER_TYPED:
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if is_text and field.name not in MACHINE:
                yield model, field


def fill(words, rows_of=lambda model: model._base_manager.all()):
    """Write `words` into each, as far as it fits and the database takes it; the fields that hold it now.

    `rows_of` chooses the rows of a model.
    """
    filled = set()
    for model, field in typed_fields():
        value = words[: field.max_length or len(words)]
        try:
            with transaction.atomic():
                if rows_of(model).update(**{field.name: value}):
                    filled.add(f"{model.__name__}.{field.name}")
        except DatabaseError:  # a key, or a rule of the database that nobody gets past by typing
            continue
    return filled
