"""Figures of a large unit: counted by a worker, shown with their moment, the same as if the page had counted them."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.models import KeptFigures, QueuedJob, Unit
from cases.reports.periodic import people_parts
from tests.makers import TODAY, make_unit
from tests.page_queries import recorded
from tests.views.test_constant_queries import crowd, work_at

YEAR = {"from": f"{TODAY - timedelta(days=364):%d/%m/%Y}", "to": f"{TODAY:%d/%m/%Y}"}
PAGES = [
    reverse("dashboard-show"),
    f"{reverse('report-show')}?{urlencode({**YEAR, 'lens': 'as-was'})}",
    f"{reverse('report-show')}?{urlencode({**YEAR, 'lens': 'as-is'})}",
    f"{reverse('report-units')}?{urlencode({**YEAR, 'part': 'managed'})}",
    reverse("reoffending-show"),
    f"{reverse('reoffending-show')}?{urlencode({'years': 5, 'lens': 'as-was'})}",
]
VOLATILE = [
    re.compile(r'<div class="kept-figures".*?</form>\s*</div>', re.DOTALL),
    re.compile(r'name="csrfmiddlewaretoken" value="\w+"'),
    re.compile(r'nonce="[^"]+"'),
    re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d"),
    re.compile(r"(after|before)=[\w%=-]+"),
]


@pytest.fixture
def large(settings, monkeypatch, units, dung, binh):
    """A province that is large, with two people at a time in a part; its pages are those of dung."""
    settings.KEPT_FIGURES_PEOPLE = 0
    monkeypatch.setattr(people_parts.parts_of, "__defaults__", (2,))
    work_at(units.nam_da, "a", units.krong_no)
    work_at(units.krong_no, "b", units.nam_da)
    return units.province


def text(response):
    assert response.status_code == 200
    page = response.content.decode()
    for each in VOLATILE:
        page = each.sub("", page)
    return re.sub(r"\s+", " ", page)


def open_twice(client, address):
    """The page that waits, and the page once the figures are there."""
    return client.get(address), client.get(address)


@pytest.mark.both
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_kept_figures_is_the_page_that_counts(address, large, dung, signed_in, settings):
    client = signed_in(dung)
    settings.KEPT_FIGURES_PEOPLE = 10**6
    counted = text(client.get(address))
    settings.KEPT_FIGURES_PEOPLE = 0

    waits, kept = open_twice(client, address)

    assert "Số liệu đang được đếm" in waits.content.decode()
    assert "data-kept" in kept.content.decode()
    assert text(kept) == counted
