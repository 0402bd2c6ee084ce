from datetime import date, timedelta

import pytest

from tests.makers import make_succession, make_unit


@pytest.fixture
def old(units):
    """Nam Đà and Đắk Sôr of before the reform; Đắk Sôr went wholly into Nam Đà of today."""
    last = date(2025, 6, 30)
    before = {"kind": "commune", "valid_from": date(2004, 1, 1), "valid_to": last}
    old = make_unit(code="24691", name="Xã Đắk Sôr", **before)
    make_unit(code="24697", name="Xã Nam Đà cũ", **before)
    make_succession(old, units.nam_da, on=last + timedelta(days=1))
    return old


def names(response):
    found = []

    def walk(branches, depth):
        for branch in branches:
            found.append((depth, branch.unit.name))
            walk(branch.below, depth + 1)

    walk(response.context["forest"], 0)
    return found


def test_the_tree_hangs_communes_below_their_cluster(em, units, signed_in):
    assert names(signed_in(em).get("/units/")) == [
        (0, "Tỉnh Lâm Đồng"),
        (1, "Cụm Krông Nô"),
        (2, "Xã Krông Nô"),
        (2, "Xã Nam Đà"),
        (1, "Xã Đắk Sắk"),
    ]


def test_the_tree_of_an_earlier_day_shows_the_units_of_that_day(em, old, signed_in):
    response = signed_in(em).get("/units/?day=30/06/2025")

    assert names(response) == [(0, "Xã Đắk Sôr"), (0, "Xã Nam Đà cũ")]
    assert "Xã Nam Đà" in response.content.decode()


def test_the_tree_tells_what_a_unit_was_made_of(em, old, signed_in):
    assert "Xã Đắk Sôr" in signed_in(em).get("/units/").content.decode()


def test_units_are_found_by_their_name_and_each_leads_to_its_page(em, units, signed_in):
    page = signed_in(em).get("/units/", {"q": "nam đà"}).content.decode()

    assert f'<a class="row-link" href="/units/{units.nam_da.pk}/">' in page
    assert "Xã Krông Nô" not in page


@pytest.mark.parametrize("day", ["31/02/2026", "hôm qua", "<b>", "9" * 1000])
def test_a_day_that_is_none_shows_the_tree_of_today_and_says_so(em, units, signed_in, day):
    response = signed_in(em).get("/units/", {"day": day})

    assert len(names(response)) == 5
    assert "day" in response.context["form"].errors


def test_a_day_before_everything_says_what_to_do(em, units, signed_in):
    assert "/units/" in signed_in(em).get("/units/?day=01/01/1950").content.decode()


def test_an_officer_sees_the_own_commune_and_what_it_stands_for(an, old, units, signed_in):
    client = signed_in(an)

    assert names(client.get("/units/")) == [(0, "Xã Nam Đà")]
    assert client.get(f"/units/{old.pk}/").status_code == 200
    assert client.get(f"/units/{units.krong_no.pk}/").status_code == 404
    assert client.get(f"/units/{units.province.pk}/").status_code == 404


def test_the_page_of_a_unit_lists_origins_successors_and_what_stands_below(em, old, units, signed_in):
    client = signed_in(em)

    assert "Xã Đắk Sôr" in client.get(f"/units/{units.nam_da.pk}/").content.decode()
    assert "Xã Nam Đà" in client.get(f"/units/{old.pk}/").content.decode()
    assert "Xã Krông Nô" in client.get(f"/units/{units.cluster.pk}/").content.decode()


def test_accounts_stand_on_the_page_of_a_unit_for_the_administrator_alone(em, an, anh, units, signed_in):
    path = f"/units/{units.nam_da.pk}/"

    assert "Trần Quốc Anh" in signed_in(em).get(path).content.decode()
    assert not signed_in(an).get(path).context["accounts"]


def test_a_helper_sees_no_units(giang, units, signed_in):
    assert signed_in(giang).get("/units/").status_code == 403
    assert signed_in(giang).get(f"/units/{units.nam_da.pk}/").status_code == 403


def test_suggestions_come_best_match_first_and_stay_within_what_is_asked_for(an, units, signed_in):
    client = signed_in(an)

    everywhere = client.get("/units/find/?among=all&q=krong").content.decode()
    mine = client.get("/units/find/?among=mine&q=krong").content.decode()

    assert everywhere.index("Cụm Krông Nô") < everywhere.index("Xã Krông Nô")
    assert "option" not in mine


@pytest.mark.parametrize("query", ["", "q=", "q=%00", "q=%25&among=all", "among=none&q=nam", "q=" + "x" * 500])
def test_suggestions_for_odd_words_are_an_empty_answer(an, units, signed_in, query):
    assert signed_in(an).get(f"/units/find/?{query}").status_code == 200
