"""What pages call by one name, of one unit and the same days, is one number, and rows add up or say why not."""

import re
from collections import defaultdict
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from tests.makers import TODAY, make_activity, make_returnee, make_served, make_succession, make_unit

DAY = f"{TODAY:%d/%m/%Y}"
FIGURE = re.compile(r'<p class="figure-label">([^<]+)</p>.*?data-(?:shows|total)="?[^>]*>([\d.,]+)<', re.DOTALL)
DAYS = re.compile(r"(\d\d/\d\d/\d{4})(?:–(\d\d/\d\d/\d{4}))?")


@pytest.fixture
def world(an, binh, units):
    """Each stage of the way to a clean record, who is absent, silent, new, and three of a commune that was divided."""
    for by in (an, an, binh):
        for left in (0, 20, 60):
            done = TODAY - timedelta(days=730 - left)
            make_served(returnee=make_returnee(by=by, completed_on=done), by=by, done_on=done)
        make_activity(make_returnee(by=by), by=by, on=TODAY)
        make_returnee(by=by, presented=False)
        make_returnee(by=by, completed_on=TODAY - timedelta(days=2), presented_on=TODAY)
    done = TODAY - timedelta(days=300)
    old = make_unit(
        kind="commune", code="24600", name="Xã Cũ", parent=units.cluster, valid_from=done - timedelta(days=900)
    )
    for _each in range(3):
        make_returnee(by=an, unit=old, completed_on=done)
    old.valid_to = TODAY - timedelta(days=30)
    old.save()
    for new in (units.nam_da, units.krong_no):
        make_succession(old, new, on=TODAY - timedelta(days=29), share="part")


def page(client, route, **query):
    response = client.get(f"{reverse(route)}?{urlencode(query)}")
    assert response.status_code == 200
    return response.content.decode()


def figures(html, days=None):
    """(name, days) with the number of each figure; the days stand in the head of its section, else they are `days`."""
    for part in re.split(r'(?=<h2 class="section-title")', html):
        head = re.match(r'<h2[^>]*>.*?<span class="section-days">([^<]+)<', part, re.DOTALL)
        told = DAYS.search(head[1]) if head else None
        span = (told[1], told[2] or told[1]) if told else days
        for name, number in FIGURE.findall(part):
            if span:
                yield (unescape(name).strip(), span), number


def collected(client, user):
    """Every figure of the pages of a unit by name and days, with the pages that say it."""
    today = (DAY, DAY)
    overview = page(client, "dashboard-show")
    found = [("home", *each) for each in figures(page(client, "home"), today)]
    found += [("overview", *each) for each in figures(overview)]
    for start, end in {today, *(days for _place, (_name, days), _number in found)}:
        query = {"unit": user.unit.pk, "from": start, "to": end, "lens": "as-is"}
        found += [(f"report {start}", *each) for each in figures(page(client, "report-show", **query))]
    pills = re.findall(r'<a class="pill"[^>]*>([^<(]+) \((\d+)\)</a>', page(client, "expungement-list"))
    found += [("clean records", (unescape(name).strip(), today), count) for name, count in pills]
    told = defaultdict(lambda: defaultdict(list))
    for place, key, number in found:
        told[key][number].append(place)
    return told


@pytest.mark.parametrize("who", ["chi", "dung"])
def test_what_bears_one_name_is_one_number_on_every_page(who, world, request, signed_in):
    user = request.getfixturevalue(who)
    told = collected(signed_in(user), user)

    several = [key for key, numbers in told.items() if sum(map(len, numbers.values())) > 1]
    assert {"Đến hạn, chờ minh chứng", "Chưa trình diện", "Chưa ai quản lý"} <= {name for name, _days in several}
    assert {key: dict(numbers) for key, numbers in told.items() if len(numbers) > 1} == {}


def columns(html):
    """The numbers of each column of the table of communes, by its title."""
    found = defaultdict(list)
    for title, cell in re.findall(r'<td class="num[^"]*" data-label="([^"]+)">(.*?)</td>', html, re.DOTALL):
        found[unescape(title)].append(int(re.sub(r"<[^>]+>|\.", "", cell)))
    return found


def test_the_rows_of_the_home_page_add_up_to_its_figures_with_those_at_no_commune(world, chi, signed_in):
    html = page(signed_in(chi), "home")
    shown = {name: int(number) for (name, _days), number in figures(html, "today")}
    table = columns(html)

    assert "Chưa phân bổ" in html
    assert sum(table["Đang quản lý (người)"]) == shown["Đang quản lý"]
    assert sum(table["Chưa trình diện (người)"]) == shown["Chưa trình diện"]


def test_what_is_due_in_thirty_and_in_ninety_days_does_not_read_as_one_within_the_other(world, chi, signed_in):
    client = signed_in(chi)

    for html in (page(client, "home"), page(client, "expungement-list")):
        assert "Đến hạn sau 1–30 ngày" in html
        assert "Đến hạn sau 31–90 ngày" in html


@pytest.mark.parametrize("lens", ["as-was", "as-is"])
def test_the_rows_of_a_report_add_up_or_it_says_why_not(lens, world, chi, dung, signed_in):
    for user in (chi, dung):
        query = {"unit": user.unit.pk, "from": f"{TODAY - timedelta(days=400):%d/%m/%Y}", "to": DAY, "lens": lens}
        html = page(signed_in(user), "report-show", **query)
        for part in html.split("<section")[1:]:
            if "report-units" not in part:
                continue
            apart = " ".join(re.findall(r"<p[^>]*data-apart>([^<]+)<", part))
            for title, numbers in columns(re.sub(r",\d+", "", part).replace("—", "0")).items():
                name = title.rsplit(" (", 1)[0]
                is_sum = sum(numbers[:-1]) == numbers[-1] or "%" in title or "tháng" in title
                assert is_sum or f"{name}:" in unescape(apart), (title, numbers)
