"""The grid of the forces: days by force, the worst first, of a hamlet or a force, and who may see it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.access.roles import Role
from cases.models import Organisation, Unit
from cases.reports.people import force_grid
from cases.reports.people.force_grid import Cell
from tests.makers import TODAY, make_activity, make_group, make_returnee, make_unit, make_user

GRID = reverse("force-grid")


def force(code):
    return Organisation.objects.get(code=code)


def met_by(code, person, by, days):
    activity = make_activity(person, by=by, on=TODAY - timedelta(days=days))
    activity.organisations.set([force(code)])


@pytest.fixture
def three(an):
    """Helped by the women's union and the front: met lately, long ago, never."""
    people = [make_returnee(by=an, full_name=name, hamlet=hamlet) for name, hamlet in (
        ("Một Gần", "Nam Tiến"), ("Hai Xa", "Nam Tiến"), ("Ba Chưa", "Nam Hải")
    )]  # fmt: skip
    for person in people:
        make_group(returnee=person, lead=an, members=[("women", "Mai"), ("front", "Bình")])
    met_by("women", people[0], an, 5)
    met_by("women", people[1], an, 61)
    met_by("youth", people[1], an, 40)
    return people


def rows(page):
    return {
        each["row"].person.full_name: {cell.force.code: (cell.state, cell.days) for cell, _tone, _icon in each["cells"]}
        for each in page.context["rows"]
    }


def test_each_cell_says_how_the_force_stands_with_the_person(an, three, signed_in):
    found = rows(signed_in(an).get(GRID))

    assert found["Một Gần"]["women"] == (Cell.RECENT, 5)
    assert found["Hai Xa"]["women"] == (Cell.LONG, 61)
    assert found["Hai Xa"]["youth"] == (Cell.NOT_HELPING, 40)
    assert found["Ba Chưa"]["women"] == (Cell.NEVER, 100)
    assert found["Ba Chưa"]["youth"] == (Cell.NONE, None)
    assert found["Ba Chưa"]["police"][0] == Cell.NEVER, "the lead is of the police"


def test_the_longest_without_a_contact_by_the_force_asked_for_stand_first(an, three, signed_in):
    client = signed_in(an)

    assert list(rows(client.get(GRID, {"force": force("women").pk}))) == ["Ba Chưa", "Hai Xa", "Một Gần"]
    assert list(rows(client.get(GRID, {"force": force("youth").pk}))) == []
    assert list(rows(client.get(GRID, {"hamlet": "Nam Hải"}))) == ["Ba Chưa"]
    assert len(rows(client.get(GRID, {"hamlet": "Không Có", "force": "x"}))) == 3


def test_the_pages_follow_one_another_without_a_gap(an, three, signed_in, settings):
    settings.PAGE_SIZE = 1
    client, query, seen = signed_in(an), {"force": force("women").pk}, []
    for _page in three:
        page = client.get(GRID, query)
        seen += rows(page)
        query = {**query, "after": page.context["page_obj"].next}

    assert seen == ["Ba Chưa", "Hai Xa", "Một Gần"]
    assert not page.context["page_obj"].next


def test_the_cells_of_a_page_are_read_in_one_statement(an, three, django_assert_num_queries):
    people = list(force_grid.people(an, TODAY))

    with django_assert_num_queries(1):
        force_grid.grid(people, TODAY)


def test_the_ministry_is_told_where_the_figures_stand(units, three, signed_in):
    ministry = make_unit(kind="ministry", code="BCA-LUOI", name="Bộ Công an", valid_from=date(2004, 1, 1))
    Unit.objects.filter(pk=units.province.pk).update(parent=ministry)
    hoa = make_user("hoa-luoi", "Huỳnh Thị Hòa", Role.REVIEWER, ministry)

    page = signed_in(hoa).get(GRID).content.decode()

    assert reverse("dashboard-show") in page
    assert [person.full_name for person in three if person.full_name in page] == []


def test_an_empty_commune_is_told_what_will_stand_there(binh, signed_in):
    assert "empty-title" in signed_in(binh).get(GRID).content.decode()
