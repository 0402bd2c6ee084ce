from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from cases.models import Organisation

ON = date(2026, 11, 20)


def pytest_collection_modifyitems(items):
    """Without the mark a run of this folder alone would find no test database made."""
    for item in items:
        if "tests/demo/" in item.path.as_posix():
            item.add_marker(pytest.mark.django_db)


@pytest.fixture(scope="package")
def told(django_db_setup, django_db_blocker):
    """The story, told once for the folder and taken back behind it; yields the day that counts as today."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not Organisation.objects.exists():
            import_module("cases.migrations.0002_organisations").add(apps, None)
        call_command("load_demo", on=ON, verbosity=0)
        yield ON
        transaction.set_rollback(True)
