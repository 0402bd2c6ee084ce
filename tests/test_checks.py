import os
import runpy
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from cases.models import User

WSGI = django_settings.BASE_DIR / "reintegration" / "wsgi.py"


@pytest.fixture
def production(settings, em):
    settings.DEMO = False


@pytest.fixture
def demo_account(production, an):
    User.objects.filter(pk=an.pk).update(is_demo=True)
    return an


def test_the_server_starts_where_there_are_no_demo_accounts(production):
    assert runpy.run_path(str(WSGI))["application"]


def test_the_server_refuses_to_start_while_demo_accounts_exist(demo_account):
    with pytest.raises(ImproperlyConfigured, match="Demo accounts exist"):
        runpy.run_path(str(WSGI))


def test_a_closed_demo_account_counts_too_since_it_may_be_opened_again(demo_account):
    User.objects.update(is_active=False)

    with pytest.raises(ImproperlyConfigured):
        runpy.run_path(str(WSGI))


def test_a_demonstration_starts_with_its_demo_accounts(demo_account, settings):
    settings.DEMO = True

    assert runpy.run_path(str(WSGI))["application"]


def test_the_deployment_check_says_the_same(demo_account):
    with pytest.raises(SystemCheckError, match=r"cases\.E001"):
        call_command("check", deploy=True, tags=["security"])


def test_the_server_starts_on_a_database_without_tables(tmp_path):
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DEMO"},
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "reintegration.settings",
        "SECRET_KEY": "only-for-this-test",
    }

    answer = subprocess.run(
        [sys.executable, "-c", "import reintegration.wsgi"], cwd=django_settings.BASE_DIR, env=environment, check=False
    )

    assert answer.returncode == 0
