"""The home of those above: every figure opens a list of as many lines, and says how it is counted."""

import re
from datetime import timedelta

import pytest

from tests.makers import (
    TODAY,
    make_activity,
    make_campaign,
    make_returnee,
    make_sent,
    make_served,
    make_transfer,
    make_unit,
)


@pytest.fixture
def busy(an, anh, binh, chi, units):
    """Something behind every figure, at two communes; the second bucket of the third stays empty."""
    for by, to_unit in ((an, units.krong_no), (an, units.krong_no), (binh, units.nam_da)):
        for left in (0, 20, 60):
            done = TODAY - timedelta(days=730 - left)
            make_served(returnee=make_returnee(by=by, completed_on=done), by=by, done_on=done)
        make_activity(make_returnee(by=by), by=by, on=TODAY)
        make_transfer(returnee=make_returnee(by=by), to_unit=to_unit, by=by)
        make_returnee(by=by, presented=False)
    campaign = make_campaign(unit=chi.unit, by=chi)
    make_sent(submission=campaign.submissions.get(unit=anh.unit), by=anh)


def figures(page):
    return [
        (address.replace("&amp;", "&"), int(count))
        for count, address in re.findall(r'data-shows="(\d+)" href="([^"]+)"', page)
    ]


def lines_of(client, address):
    """How many lines the list has that an address opens."""
    response = client.get(address)
    assert response.status_code == 200
    if counted := re.search(r'data-count="(\d+)"', response.content.decode()):
        return int(counted[1])
    if address.startswith("/arrivals/nobody/"):
        return client.get("/arrivals/").context["page_obj"].count
    if address.startswith("/campaigns/"):
        return sum(campaign.waiting for campaign in response.context["page_obj"])
    return response.context["page_obj"].count


@pytest.mark.parametrize("who", ["chi", "dung"])
def test_every_figure_opens_a_list_of_as_many_lines(who, busy, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    page = client.get("/").content.decode()

    shown = figures(page)

    assert page.count('class="open"') + 1 == len(shown) == 8 + 2 * 4 + 1
    assert sum(count > 0 for _address, count in shown) > 12
    for address, count in shown:
        assert lines_of(client, address) == count, address


def test_every_figure_says_how_it_is_counted(busy, chi, signed_in):
    assert signed_in(chi).get("/").content.decode().count("figure-how") == 6


def test_communes_without_anybody_are_one_line(an, dung, signed_in):
    make_returnee(by=an)

    page = signed_in(dung).get("/").content.decode()

    assert "Xã Nam Đà" in page
    assert "Xã Krông Nô" not in page
    assert "2 đơn vị khác không có số liệu" in page


def test_eleven_communes_stand_ten_on_the_page_and_all_behind_a_link(chi, units, signed_in):
    for number in range(11):
        unit = make_unit(kind="commune", code=f"9990{number}", name=f"Xã Thứ {number}", parent=units.cluster)
        make_returnee(by=chi, unit=unit)
    client = signed_in(chi)

    few, every = client.get("/").content.decode(), client.get("/?all").content.decode()

    assert [page.count('<th scope="row">') for page in (few, every)] == [10, 11]
    assert 'data-shows="11" href="?all#communes"' in few
    assert "Tất cả các xã" in few
    assert "Tất cả các xã" not in every


def test_ordered_by_share_a_small_commune_does_not_stand_before_a_large_one_by_chance(an, binh, chi, signed_in):
    """All 12 people of Nam Đà are overdue but one; of Krông Nô there is one alone, and that one is."""
    for number in range(12):
        make_returnee(by=an, full_name=f"Người Thứ {number}")
    make_activity(make_returnee(by=an), by=an, on=TODAY)
    make_returnee(by=binh)
    client = signed_in(chi)

    by_share = client.get("/?order=share").context["communes"]

    assert [row["name"] for row in by_share] == ["Xã Nam Đà", "Xã Krông Nô"]


def test_the_week_tells_what_changed_beside_the_week_before(an, binh, chi, units, signed_in):
    """Each number opens its list; what happened eight days ago belongs to the week before."""
    make_returnee(by=an, completed_on=TODAY - timedelta(days=6), presented_on=TODAY)
    make_returnee(by=binh, completed_on=TODAY - timedelta(days=7), presented=False)
    client = signed_in(chi)

    page = client.get("/")

    told = {str(each["title"]): (each["count"], each["before"]) for each in page.context["changes"]}
    assert told == {"Chấp hành xong án phạt tù": (1, 1), "Đã trình diện": (1, 0)}
    for each in page.context["changes"]:
        assert lines_of(client, each["url"]) == each["count"]
        assert lines_of(client, each["before_url"]) == each["before"]


def test_a_quiet_week_says_so(chi, signed_in):
    assert "không có ai về địa phương" in signed_in(chi).get("/").content.decode()
