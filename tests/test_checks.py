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
    with pytest.raises(ImproperlyConfigured, match="tài khoản trình diễn"):
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
        "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    }

    answer = subprocess.run(
        [sys.executable, "-c", "import reintegration.wsgi"], cwd=django_settings.BASE_DIR, env=environment, check=False
    )

    assert answer.returncode == 0


UNFIT = [
    ({"SECRET_KEY": "a"}, "SECRET_KEY"),
    ({"SECRET_KEY": "k" * 60}, "SECRET_KEY"),
    ({"SECRET_KEY": "django-insecure-0123456789-abcdefghijklmnopqrstuvwxyz"}, "SECRET_KEY"),
    ({"FIELD_KEYS": ["k" * 60]}, "FIELD_KEYS"),
    ({"DEBUG": True}, "DEBUG"),
    ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS"),
    ({"ALLOWED_HOSTS": ["register.example", "*"]}, "ALLOWED_HOSTS"),
]


@pytest.mark.parametrize(("changes", "named"), UNFIT)
def test_the_server_refuses_what_no_server_should_run_with_and_says_what_to_write(production, settings, changes, named):
    for name, value in changes.items():
        setattr(settings, name, value)

    with pytest.raises(ImproperlyConfigured, match=rf"{named}.*(?:Viết|Ghi|Bỏ).*{named}"):
        runpy.run_path(str(WSGI))


def test_a_demonstration_may_be_open_but_its_secret_may_not_be_guessed(em, settings):
    settings.DEMO, settings.DEBUG, settings.ALLOWED_HOSTS = True, True, ["*"]
    assert runpy.run_path(str(WSGI))["application"]

    settings.SECRET_KEY = "a"
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        runpy.run_path(str(WSGI))


def test_a_server_of_its_own_refuses_and_a_command_that_ends_by_itself_does_not(tmp_path):
    """As it is started by any server of WSGI, with nothing of the tests around it."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DEMO"},
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "reintegration.settings",
        "SECRET_KEY": "a",
        "DEBUG": "true",
        "ALLOWED_HOSTS": "*",
    }

    def start(*command):
        words = [sys.executable, *command]
        return subprocess.run(words, cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True)

    refused = start("-c", "import reintegration.wsgi")
    assert refused.returncode != 0
    assert all(name in refused.stderr for name in ["SECRET_KEY", "DEBUG", "ALLOWED_HOSTS"])
    assert start("manage.py", "migrations", "--check").returncode == 0
