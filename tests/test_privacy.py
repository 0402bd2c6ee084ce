"""Every stored field is declared personal or plain, so that nobody forgets to decide."""

import pytest
from django.apps import apps

from cases.models.stamped import STAMPS, WITHDRAWAL

MODELS = list(apps.get_app_config("cases").get_models())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_declared_personal_or_plain(model):
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    declared = [*model.PERSONAL, *model.PLAIN]

    assert len(declared) == len(set(declared))
    undecided = fields - set(declared) - {*STAMPS, *WITHDRAWAL}
    assert undecided == set(), f"name each in PERSONAL or in PLAIN of {model.__name__}"
    assert set(declared) - fields == set()
