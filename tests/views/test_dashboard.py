"""The overview: every number opens a list of as many lines, for each unit and each role."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Assessment
from tests.makers import (
    TODAY,
    make_activity,
    make_group,
    make_paperwork,
    make_referral,
    make_returnee,
    make_served,
)


@pytest.fixture
def busy(an, binh, giang):
    """Something in every part of the page, at two communes."""
    for by in (an, an, binh):
        person = make_returnee(by=by, completed_on=TODAY - timedelta(days=900))
        make_group(returnee=person, lead=by, members=[("women", giang), ("front", "Mai")])
        make_activity(person, by=by, on=TODAY - timedelta(days=65))
        make_paperwork(returnee=person, by=by)
        referral = make_referral(returnee=person, by=by, referred_on=TODAY - timedelta(days=100))
        for state in ("accepted", "started"):
            actions.employment.report_outcome(referral=referral, state=state, on=referral.referred_on, by=by)
        make_served(returnee=person, by=by, done_on=person.completed_on)
        facts = {"group": "B", "on": TODAY, "reason": "x", "approved_by": by, "approved_on": TODAY}
        actions.row.add(row=Assessment(returnee=person, **facts), by=by)


def text(client, address):
    response = client.get(address.replace("&amp;", "&"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["an", "chi", "dung"])
def test_every_figure_opens_a_list_of_as_many_lines(who, busy, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    page = text(client, reverse("dashboard-show"))

    figures = re.findall(r'class="open"[^>]* href="([^"]+)"[^>]*>([\d.]+)<', page)

    assert len(figures) > 35
    for address, shown in figures:
        assert f'data-count="{shown.replace(".", "")}"' in text(client, address), address


def test_a_unit_of_the_list_opens_its_own_list(busy, chi, signed_in):
    client = signed_in(chi)
    page = text(client, reverse("dashboard-list") + "?measure=silent-60")

    rows = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)</a></th><td[^>]*>(\d+) ', page)

    assert [(name, count) for _address, name, count in rows] == [("Xã Nam Đà", "2"), ("Xã Krông Nô", "1")]
    for address, _name, count in rows:
        assert f'data-count="{count}"' in text(client, address)


def test_a_wrong_query_is_answered_in_words(busy, chi, signed_in):
    client = signed_in(chi)

    page = text(client, reverse("dashboard-show") + "?unit=x&day=31/02/2026")
    later = text(client, reverse("dashboard-show") + "?day=01/01/2099")
    listed = text(client, reverse("dashboard-list") + "?measure=x&kind=y&office=z&page=0")

    assert "31/02/2026" in page
    assert "01/01/2099" in later
    assert 'data-count="0"' in listed


def test_a_unit_with_nobody_is_readable(dung, units, signed_in):
    page = text(signed_in(dung), reverse("dashboard-show") + f"?unit={units.dak_sak.pk}")

    assert "Xã Đắk Sắk" in page
    assert "—" in page


def test_a_neighbour_does_not_see_another_commune(busy, binh, units, signed_in):
    page = text(signed_in(binh), reverse("dashboard-show") + f"?unit={units.nam_da.pk}")

    assert "Tổng quan: Xã Krông Nô" in page
