"""The tables of a unit with very many below it: on pages of their own, and none of them heavy."""

import gzip
import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from cases import actions
from cases.lib.period import Period
from cases.models import Crime
from cases.reports.periodic.indicators import Theme
from cases.reports.periodic.registry import INDICATORS
from cases.reports.periodic.reintegration import column_of
from cases.reports.table import FigureRow, ReportTable
from cases.views.periodic import report
from tests.makers import TODAY, make_activity, make_referral, make_returnee

YEAR = {"from": "01/01/2025", "to": "31/12/2025", "lens": "as-was"}
RAW, PACKED = 400_000, 60_000  # bytes of a page
FRAME, FIGURES = 40_000, 60_000  # of what stands around a table, and of the figures of the whole with their charts
MOST = 200  # units directly below a province, those of before a reform among them


def tables(html):
    return re.findall(r"report-units.*?(<tbody>.*?</tbody>)", html, re.DOTALL)


@pytest.fixture
def work(an, binh):
    for by in (an, binh):
        person = make_returnee(by=by)
        make_activity(person, by=by)
        make_referral(returnee=person, by=by)
        crime = Crime(returnee=person, act_on=TODAY, offence="Trộm", severity=1, stage="charged")
        actions.row.add(row=crime, by=by)


@pytest.mark.parametrize("lens", ["as-was", "as-is"])
def test_each_part_has_the_table_that_stands_on_the_report_of_few_units(lens, work, dung, signed_in, monkeypatch):
    client, query = signed_in(dung), {"from": f"01/01/{TODAY.year}", "to": f"31/12/{TODAY.year}", "lens": lens}
    address = f"{reverse('report-show')}?{urlencode(query)}"
    together = tables(client.get(address).content.decode())
    monkeypatch.setattr(report, "MOST_UNITS", 0)

    apart = client.get(address).content.decode()
    ways = [way.replace("&amp;", "&") for way in re.findall(r'href="([^"]*part=[^"]*)"', apart)]
    found = [table for way in ways for table in tables(client.get(way).content.decode())]

    assert tables(apart) == []
    assert len(ways) == len(Theme)
    assert found == together


def test_a_commune_is_told_that_it_has_no_units_and_an_unknown_part_is_the_first(an, dung, signed_in):
    assert "report-units" not in signed_in(an).get(reverse("report-units")).content.decode()
    assert signed_in(dung).get(reverse("report-units"), {"part": "x"}).context["section"]["key"] == Theme.RETURN


def drawn(theme, units, number):
    values = {each.key: number for each in INDICATORS}
    rows = [FigureRow(10_000 + place, f"{place}", f"Phường Đông Hưng Thuận {place}", values) for place in range(units)]
    columns = tuple(column_of(each) for each in INDICATORS)
    table = ReportTable(
        "reintegration", Period(TODAY, TODAY), "as-was", columns, FigureRow(1, "1", "Tỉnh", values), rows
    )
    asked = SimpleNamespace(query=YEAR, unit=SimpleNamespace(pk=1))
    return render_to_string("report/_by_unit.html", {"section": report.by_unit(theme, table, asked)}).encode()


@pytest.mark.parametrize("theme", Theme)
def test_the_table_of_a_part_is_light_however_many_units_it_has(theme):
    table = drawn(theme, MOST, 1234)

    assert len(table) < RAW - FRAME
    assert len(gzip.compress(table)) < PACKED / 2


def test_all_tables_of_a_report_are_light_as_long_as_they_stand_on_one_page():
    found = b"".join(drawn(theme, report.MOST_UNITS, 1234) for theme in Theme)

    assert len(found) < RAW - FRAME - FIGURES
    assert len(gzip.compress(found)) < PACKED / 2
