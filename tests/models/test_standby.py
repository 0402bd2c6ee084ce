"""Without a standby nothing changes; with one, rows are read there and written on the primary."""

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpResponse

from cases.models import Returnee, standby
from cases.views.standby import StandbyMiddleware


def test_rows_are_written_on_the_primary_wherever_they_were_read():
    router = standby.StandbyRouter()
    assert router.db_for_read(Returnee) == DEFAULT_DB_ALIAS

    with standby.reading():
        assert router.db_for_read(Returnee) == standby.STANDBY
        assert router.db_for_write(Returnee) == DEFAULT_DB_ALIAS

    assert router.db_for_read(Returnee) == DEFAULT_DB_ALIAS


def test_the_standby_is_never_migrated_by_itself():
    router = standby.StandbyRouter()

    assert [router.allow_migrate(name, "cases") for name in (DEFAULT_DB_ALIAS, standby.STANDBY)] == [True, False]


def test_where_there_is_no_standby_the_database_is_not_asked_for_one(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert standby.position() == ""
        assert standby.find("0/3000148", "0/3000148") is None
        with standby.figures("") as found:
            assert found is None


@pytest.mark.parametrize("status", [200, 302, 503])
def test_no_browser_is_told_a_position_that_there_is_not(db, rf, status):
    answer = StandbyMiddleware(lambda request: HttpResponse(status=status))(rf.post("/"))

    assert answer.status_code == status
    assert not answer.cookies
