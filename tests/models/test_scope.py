"""Whose rows a user sees: the units are read once, and no question of a page goes through the tree of units again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Returnee, User, user
from tests.makers import make_returnee, make_succession, make_unit

PAGES = ["home", "returnee-list", "activity-add", "meeting-list", "paperwork-list", "expungement-list", "arrival-list"]


def read_again(who):
    """As the next request finds them."""
    return User.objects.get(pk=who.pk)


def test_the_scope_is_the_units_of_today_and_of_the_past(units, an, chi):
    began = units.province.valid_from
    old = make_unit(kind="commune", code="24691", name="Xã Đắk Sôr", parent=units.province, valid_from=began)
    make_succession(old, units.nam_da, on=began + timedelta(days=1))

    for who in map(read_again, (an, chi)):
        assert set(who.scope) == set(who.units().values_list("pk", flat=True))
    assert old.pk in read_again(an).scope


def test_too_many_units_for_a_list_are_asked_for_in_the_query(chi, an, monkeypatch):
    person = make_returnee(by=an)
    monkeypatch.setattr(user, "MOST_LISTED", 1)

    assert list(Returnee.objects.visible_to(read_again(chi))) == [person]


@pytest.mark.parametrize("route", PAGES)
def test_a_page_reads_the_tree_of_units_once(route, an, signed_in):
    make_returnee(by=an)
    client = signed_in(an)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(reverse(route)).status_code == 200

    assert sum("LIKE" in each["sql"] and "path" in each["sql"] for each in asked) == 1
