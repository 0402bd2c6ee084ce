"""The overview: every number opens a list of as many lines, for each unit and each role."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Assessment, JobCheck
from cases.views.dashboard import overview
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
    for by, income in ((an, 5_000_000), (an, 6_000_000), (binh, 7_000_000)):
        person = make_returnee(by=by, completed_on=TODAY - timedelta(days=900))
        make_group(returnee=person, lead=by, members=[("women", giang), ("front", "Mai")])
        make_activity(person, by=by, on=TODAY - timedelta(days=65))
        make_paperwork(returnee=person, by=by)
        referral = make_referral(returnee=person, by=by, referred_on=TODAY - timedelta(days=100))
        for state in ("accepted", "started"):
            actions.employment.report_outcome(
                referral=referral, state=state, on=referral.referred_on, by=by, monthly_income=income
            )
        check = JobCheck(referral=referral, day=90, on=TODAY, still_working=True, monthly_income=income)
        actions.employment.record_check(job_check=check, by=by)
        make_served(returnee=person, by=by, done_on=person.completed_on)
        facts = {"group": "B", "on": TODAY, "reason": "x", "approved_by": by, "approved_on": TODAY}
        actions.row.add(row=Assessment(returnee=person, **facts), by=by)


def text(client, address):
    response = client.get(address.replace("&amp;", "&"))
    assert response.status_code == 200
    return response.content.decode()


def figures(page):
    """Every number of a page that opens a list, with the address of the list."""
    shown = re.findall(r'data-shows="(\d+)" href="([^"]+)"[^>]*>([^<]*)<', page)
    assert all(re.sub(r"\D", "", words) == count for count, _address, words in shown)
    return [(address, count) for count, address, _words in shown]


@pytest.mark.parametrize("who", ["an", "chi", "dung"])
def test_every_figure_and_every_base_opens_a_list_of_as_many_lines(who, busy, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    page = text(client, reverse("dashboard-show"))

    shown = figures(page)

    assert len(re.findall(r'class="open', page)) == len(shown) > 90
    assert sum("lines=base" in address for address, _count in shown) > 20
    assert sum("lines=known" in address for address, _count in shown) == 3
    for address, count in shown:
        assert f'data-count="{count}"' in text(client, address), address


def test_a_mean_is_that_of_the_list_it_opens(busy, chi, signed_in):
    client = signed_in(chi)
    page = text(client, reverse("dashboard-show"))

    address = next(address for address, _count in figures(page) if "lines=known" in address)
    listed = client.get(address.replace("&amp;", "&")).context["lines"]

    assert [each["line"].amount for each in listed] == [5_000_000, 6_000_000, 7_000_000]
    assert "Bình quân 6.000.000 đồng/tháng" in page


def test_a_unit_of_the_list_opens_its_own_list(busy, chi, signed_in):
    client = signed_in(chi)
    page = text(client, reverse("dashboard-list") + "?measure=silent-60")

    shown = figures(page)

    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page) == ["Xã Nam Đà", "Xã Krông Nô"]
    assert [count for _address, count in shown] == ["2", "2", "1", "1"]
    for address, count in shown:
        assert f'data-count="{count}"' in text(client, address)


def test_what_lies_at_the_unit_itself_opens_a_list_of_its_own(busy, chi, units, signed_in):
    make_returnee(by=chi, unit=units.cluster, completed_on=TODAY - timedelta(days=100))
    client = signed_in(chi)
    page = text(client, reverse("dashboard-list") + "?measure=silent-60")

    direct = [(address, count) for address, count in figures(page) if "part=direct" in address]

    assert [count for _address, count in direct] == ["1", "1"]
    for address, count in direct:
        assert f'data-count="{count}"' in text(client, address)


def test_communes_that_need_attention_stand_with_the_reasons_the_most_people_first(busy, chi, signed_in):
    page = text(signed_in(chi), reverse("dashboard-show"))

    rows = signed_in(chi).get(reverse("dashboard-show")).context["worst"]["rows"]

    assert [(row["name"], row["people"]) for row in rows] == [("Xã Nam Đà", 2), ("Xã Krông Nô", 1)]
    assert [reason["count"] for reason in rows[0]["reasons"]] == [0, 2, 2, 2]
    assert page.index("Xã Nam Đà</th>") < page.index("Xã Krông Nô</th>")


def test_communes_further_down_say_how_many_people_and_open_them(busy, chi, signed_in, monkeypatch):
    monkeypatch.setattr(overview, "WORST", 1)
    client = signed_in(chi)
    (row,) = client.get(reverse("dashboard-show")).context["worst"]["more"]

    assert (row["name"], row["cells"][0]["shown"]) == ("Xã Krông Nô", "1")
    assert 'data-count="1"' in text(client, row["cells"][0]["url"])
    assert row["cells"][0]["url"].replace("&", "&amp;") in text(client, reverse("dashboard-show"))


def test_every_figure_says_how_it_is_counted(busy, chi, signed_in):
    response = signed_in(chi).get(reverse("dashboard-show"))

    parts = {part["key"]: part["figures"] for part in response.context["parts"]}

    assert all(str(figure["how"]) for figures in parts.values() for figure in figures)
    one_a_figure = sum(len(figures) for key, figures in parts.items() if key != "forces")
    assert response.content.decode().count("figure-how") == one_a_figure + 3  # the forces together, two charts


def test_a_chief_opens_nobody_of_another_commune(anh, an, binh, units, signed_in):
    make_returnee(by=an, full_name="Người Nhà", presented=False)
    make_returnee(by=binh, full_name="Người Lạ", presented=False)
    client = signed_in(anh)

    mine = text(client, reverse("dashboard-list") + "?measure=nobody-held")
    others = text(client, reverse("dashboard-list") + f"?measure=nobody-held&unit={units.krong_no.pk}")
    arrivals = text(client, reverse("arrival-list") + f"?show=out&unit={units.krong_no.pk}")

    assert "Người Nhà" in mine
    assert client.get(reverse("arrival-nobody")).status_code == 403
    assert not any("Người Lạ" in page for page in (mine, others, arrivals))


def test_a_wrong_query_is_answered_in_words(busy, chi, signed_in):
    client = signed_in(chi)

    page = text(client, reverse("dashboard-show") + "?unit=x&day=31/02/2026")
    later = text(client, reverse("dashboard-show") + "?day=01/01/2099")
    listed = text(client, reverse("dashboard-list") + "?measure=x&kind=y&office=z&after=0")

    assert "31/02/2026" in page
    assert "01/01/2099" in later
    assert 'data-count="0"' in listed


def test_a_unit_with_nobody_is_readable(dung, units, signed_in):
    page = text(signed_in(dung), reverse("dashboard-show") + f"?unit={units.dak_sak.pk}")

    assert "Xã Đắk Sắk" in page
    assert "—" not in page[page.index('id="part-attention"') : page.index('id="caseload"')]
    assert "<svg viewBox" not in page


def test_a_neighbour_does_not_see_another_commune(busy, binh, units, signed_in):
    page = text(signed_in(binh), reverse("dashboard-show") + f"?unit={units.nam_da.pk}")

    assert "Tổng quan: Xã Krông Nô" in page
