"""What an installation lacks is told in Vietnamese, one row of the table at a time."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone

from cases import actions
from cases.management import doctor
from cases.models import Backup, Unit, User
from cases.reports.administration import schema

pytestmark = pytest.mark.django_db  # each on both engines


def findings():
    """What the doctor finds wrong, by the name of the row."""
    out = io.StringIO()
    try:
        call_command("doctor", json=True, stdout=out)
        status = 0
    except SystemExit as ended:
        status = ended.code
    told = json.loads(out.getvalue())
    found = {each["name"]: each["fault"] for each in told["findings"] if each["fault"]}
    assert (status, told["well"]) == ((1, False) if found else (0, True))
    return found


@pytest.fixture
def healthy(em, units, settings, monkeypatch):
    """Somebody in earnest, who has done everything."""
    settings.DEMO = False
    monkeypatch.setattr(doctor, "LEAST_FREE_BYTES", 0)
    monkeypatch.setattr(doctor, "LEAST_FREE_PERCENT", 0)
    monkeypatch.setattr(schema, "_brought", frozenset)  # the tables of the tests may be made without migrations
    actions.job.show_alive(worker="one", now=timezone.now())
    copy = Backup(name="x", made_at=timezone.now(), seconds=1, size=1, people=1, is_verified=True)
    actions.backup.keep(backup=copy)
    return settings


def test_where_all_is_well_nothing_is_found(healthy):
    assert findings() == {}

    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue().endswith("Không thiếu gì.\n")


SETTINGS = [
    ("secret", {"SECRET_KEY": "a"}),
    ("debug", {"DEBUG": True}),
    ("hosts", {"ALLOWED_HOSTS": ["*"]}),
    ("https", {"DEMO": True}),
    ("https", {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}),
    ("https", {"ALLAUTH_TRUSTED_PROXY_COUNT": 1}),
    ("static", {"STATIC_ROOT": "/no/such/folder"}),
]


@pytest.mark.parametrize(("name", "changes"), SETTINGS)
def test_a_setting_that_is_weak_is_found(healthy, name, changes):
    for setting, value in changes.items():
        setattr(healthy, setting, value)

    assert list(findings()) == [name]


def full_disk(monkeypatch):
    monkeypatch.setattr(doctor, "LEAST_FREE_PERCENT", 101)


def old_tables(monkeypatch):
    monkeypatch.setattr(schema, "_brought", lambda: frozenset([("cases", "9999_of_tomorrow")]))


def wrong_clock(monkeypatch):
    """No clock is quite another's: what is too far apart is a matter of the limit."""
    monkeypatch.setattr(doctor, "MOST_DRIFT", timedelta(-1))


def no_worker(_monkeypatch):
    actions.job.sign_off(worker="one")


def old_backup(_monkeypatch):
    Backup.objects.update(made_at=timezone.now() - timedelta(days=3))


def untried_backup(_monkeypatch):
    Backup.objects.update(is_verified=False)


def demo_account(_monkeypatch):
    User.objects.update(is_demo=True)


def no_administrator(_monkeypatch):
    User.objects.update(is_active=False)


def unsealed_log(monkeypatch):
    """Days that are not sealed: what is too many is a matter of the limit."""
    monkeypatch.setattr(doctor, "MOST_UNSEALED", timedelta(-2))


def lost_key(monkeypatch):
    list(actions.audit_seal.seal_all(now=timezone.now() + timedelta(days=1, hours=2)))
    monkeypatch.setattr(doctor, "seal_keys", dict)


def no_units(_monkeypatch):
    Unit.objects.communes().update(kind="cluster")


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("disk", full_disk),
        ("migrations", old_tables),
        ("demo", demo_account),
        ("clock", wrong_clock),
        ("worker", no_worker),
        ("backup", old_backup),
        ("backup", untried_backup),
        ("seals", unsealed_log),
        ("seals", lost_key),
        ("administrator", no_administrator),
        ("units", no_units),
    ],
)
def test_what_is_missing_is_found(healthy, monkeypatch, name, spoil):
    spoil(monkeypatch)

    assert list(findings()) == [name]


def test_a_missing_extension_is_found_on_postgresql(healthy, monkeypatch):
    monkeypatch.setattr(doctor, "EXTENSIONS", {*doctor.EXTENSIONS, "not_there"})
    monkeypatch.setattr(doctor, "COLLATION", "not-there")

    expected = ["encoding", "extensions"] if connection.vendor == "postgresql" else []
    assert list(findings()) == expected


def test_a_database_that_is_gone_is_told_once(healthy, monkeypatch):
    def refuse():
        raise OperationalError("at 192.0.2.7")

    with monkeypatch.context() as gone:
        gone.setattr(connection, "ensure_connection", refuse)
        assert list(findings()) == ["database"]


def test_every_extension_of_a_migration_is_looked_for():
    folder = project.BASE_DIR / "cases" / "migrations"
    made = {
        name for path in folder.glob("*.py") for name in re.findall(r"CREATE EXTENSION\D*? (\w+)\"", path.read_text())
    }

    assert made == doctor.EXTENSIONS


def test_each_row_has_its_name_to_itself_and_says_what_to_do():
    names = [row.name for row in doctor.EXAMINATIONS]

    assert len(set(names)) == len(names)
    assert [row.name for row in doctor.EXAMINATIONS if not row.remedy] == ["secret", "debug", "hosts", "demo"]
