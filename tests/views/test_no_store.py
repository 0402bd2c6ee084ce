"""No page and no file of a signed-in user is kept by the browser; nor is any answer to it. Pages go packed."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.makers import make_returnee

PAGES = ["home", "returnee-list", "activity-add", "report-show", "employer-list"]


@pytest.mark.parametrize("route", PAGES)
def test_a_page_is_not_kept_by_the_browser(route, an, signed_in):
    assert signed_in(an).get(reverse(route))["Cache-Control"] == "no-store"


def test_a_case_file_a_workbook_and_a_page_that_is_not_there_are_not_kept(an, signed_in):
    client, person = signed_in(an), make_returnee(by=an)
    for url in (reverse("returnee-detail", args=[person.pk]), reverse("import-blank", args=["template"]), "/nowhere/"):
        assert client.get(url)["Cache-Control"] == "no-store"


def test_a_page_goes_packed_and_its_length_is_of_chance_and_a_file_goes_as_it_is(an):
    client, packs = Client(), {"HTTP_ACCEPT_ENCODING": "gzip, deflate"}
    client.force_login(an)
    answers = [client.get(reverse("returnee-list"), **packs) for _time in range(12)]

    assert {answer["Content-Encoding"] for answer in answers} == {"gzip"}
    assert "Hồ sơ" in gzip.decompress(answers[0].content).decode()
    assert len(answers[0].content) < len(client.get(reverse("returnee-list")).content) / 3
    assert len({len(answer.content) for answer in answers}) > 3
    assert "Content-Encoding" not in client.get(reverse("import-blank", args=["template"]), **packs)
