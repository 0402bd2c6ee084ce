import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Crime
from tests.makers import TODAY, make_returnee

LONG_AGO = TODAY - timedelta(days=6 * 365)


@pytest.fixture
def released(an, binh):
    """Twenty-one people of Nam Đà and two of Krông Nô, six years ago; two reoffended within a year."""
    people = [make_returnee(by=an, full_name=f"Người Thứ {number}", completed_on=LONG_AGO) for number in range(21)]
    people += [make_returnee(by=binh, full_name=f"Người Kia {number}", completed_on=LONG_AGO) for number in range(2)]
    for person in people[:2]:
        crime = Crime(returnee=person, act_on=LONG_AGO + timedelta(days=200), offence="x", severity=1, stage="charged")
        actions.row.add(row=crime, by=an)
    return people


def text(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_figure_opens_a_list_of_as_many_people(released, chi, signed_in):
    client = signed_in(chi)
    page = text(client, reverse("reoffending-show"))

    figures = re.findall(r'data-shows="(\d+)" href="([^"]+)"', page)

    assert sum("month=" not in address for _shown, address in figures) == 36  # six a row: two bases, two units
    assert sum("month=" in address for _shown, address in figures) == 5  # the anniversaries of the curve
    for shown, address in figures:
        listed = re.search(r'data-count="(\d+)"', text(client, address.replace("&amp;", "&")))
        assert listed[1] == shown, address


@pytest.fixture
def apart(an, binh):
    """Eleven people of Nam Đà of whom three reoffended, sixty of Krông Nô of whom two did; two never presented."""
    for by, of, fell in ((an, 11, 3), (binh, 60, 2)):
        people = [
            make_returnee(by=by, full_name=f"Người {by.unit.code} {number}", completed_on=LONG_AGO)
            for number in range(of)
        ]
        for person in people[:fell]:
            day = LONG_AGO + timedelta(days=200)
            crime = Crime(returnee=person, act_on=day, offence="x", severity=1, stage="charged")
            actions.row.add(row=crime, by=by)
    for completed in (LONG_AGO, TODAY - timedelta(days=30)):
        make_returnee(by=an, full_name="Người Vắng", completed_on=completed, presented=False)


def test_what_the_sentences_say_is_what_the_tables_show(apart, chi, signed_in):
    """Eleven with three against sixty with two: outside 95 of 100, inside 998 of 1,000."""
    page = text(signed_in(chi), reverse("reoffending-show"))
    units = page[page.index('id="funnel"') :]
    limits = [re.findall(r"\d+", each) for each in re.findall(r'data-label="Mức ngẫu nhiên">([^<]+)<', units)]
    counts = re.findall(r'aria-label="Tái phạm tội: (\d+)"', units)

    outside = [
        count for count, (low, high) in zip(counts, limits, strict=True) if not int(low) <= int(count) <= int(high)
    ]
    assert len(limits) == 2
    assert bool(outside) != ("Tất cả đơn vị đều nằm trong mức ngẫu nhiên" in page)
    assert "1 trong 72 người ra trại" in page  # the other never presented, but the year is not over


def test_every_column_says_how_it_is_counted(released, chi, signed_in):
    response = signed_in(chi).get(reverse("reoffending-show"))
    told = {str(each["title"]): str(each["rule"]) for each in response.context["rules"]}
    sections = response.context["sections"]

    titles = {str(title) for section in sections for title in (*section["columns"], section["rate_title"])}
    assert titles == set(told)
    assert all("%" not in rule and rule for rule in told.values())


def test_the_rate_has_both_bases_and_counts_where_people_are_few(released, chi, an, signed_in):
    page = text(signed_in(chi), reverse("reoffending-show"))

    assert page.count("8,7 %") >= 2  # 2 of 23, of all and of those who presented
    assert "0 trong 2" in page  # Krông Nô
    assert "9,5 %" in page  # Nam Đà: 2 of 21


def test_a_province_compares_communes_and_counts_those_without_figures(released, dung, signed_in):
    response = signed_in(dung).get(reverse("reoffending-show"))

    assert [row["name"] for row in response.context["units"]] == ["Xã Krông Nô", "Xã Nam Đà"]
    assert "1 đơn vị khác không có số liệu" in response.content.decode()


def test_years_in_which_nobody_came_home_are_one_line(released, chi, dung, units, signed_in):
    client = signed_in(chi)
    response = client.get(reverse("reoffending-show"))
    rows = response.context["sections"][0]["rows"]

    assert [row["name"] for row in rows] == [str(LONG_AGO.year)]
    assert f"Không có ai trong các năm: {LONG_AGO.year - 5}, " in response.content.decode()

    nobody = text(signed_in(dung), reverse("reoffending-show") + f"?unit={units.dak_sak.pk}")
    assert "Chưa có ai được theo dõi đủ thời gian" in nobody


def test_the_curve_its_title_and_its_table_tell_of_the_same_share(released, chi, signed_in):
    page = text(signed_in(chi), reverse("reoffending-show"))
    chart = page[page.index('id="curve"') : page.index('id="funnel"')]

    assert "Tỷ lệ phạm tội mới" in chart
    assert "có hành vi phạm tội mới" in chart
    assert re.findall(r'<th scope="row">12</th>.*?([\d,]+) %', chart, re.DOTALL) == ["8,7"]
    assert "Chưa phạm tội mới" not in chart


def test_a_wrong_query_is_answered_in_words(released, chi, signed_in):
    client = signed_in(chi)

    page = text(client, reverse("reoffending-show") + "?years=7&unit=x&lens=y")
    listed = text(client, reverse("reoffending-list") + "?base=x&part=y&cohort=z&part_of=99999999999999")

    assert "“7”" in page
    assert 'data-count="23"' in listed


def test_a_neighbour_counts_only_their_own(released, binh, signed_in):
    page = text(signed_in(binh), reverse("reoffending-list"))

    assert 'data-count="2"' in page
    assert "Người Thứ" not in page
