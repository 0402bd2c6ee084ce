import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases.models import Returnee, Unit, User
from cases.nation.accounts import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("numbers_in_use", "planner_forgets")]
ON_POSTGRESQL = connection.vendor == "postgresql"
postgresql = pytest.mark.skipif(not ON_POSTGRESQL, reason="The nation is made on PostgreSQL only.")


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def make(**changes):
    call_command("make_nation", **{"people": 600, "activities": 2000, "verbosity": 0, **changes})


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL takes it.")
def test_on_sqlite_the_nation_is_refused_in_words():
    with pytest.raises(CommandError, match="PostgreSQL"):
        make()


@postgresql
def test_a_database_that_holds_somebody_is_refused(an):
    with pytest.raises(CommandError, match="người"):
        make()
    assert Returnee.objects.count() == 0


@postgresql
@pytest.mark.parametrize("wrong", [{"people": 599}, {"activities": 599}])
def test_a_nation_too_small_to_be_measured_is_refused(wrong):
    with pytest.raises(CommandError, match="599"):
        make(**wrong)


@postgresql
def test_a_server_that_is_no_demo_is_refused(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO"):
        make()


@postgresql
def test_the_units_are_loaded_and_everybody_can_sign_in(tmp_path):
    told = tmp_path / "nation.json"
    make(json=told)

    assert Returnee.objects.count() == 600
    assert Unit.objects.communes().filter(valid_to=None).count() == 3321
    assert User.objects.order_by("?").first().check_password(PASSWORD)
    assert '"people": 600' in told.read_text()
