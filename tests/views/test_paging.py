"""Lists go on by the key of a row; a key that leads nowhere shows the beginning."""

import json
import re
from base64 import urlsafe_b64decode

import pytest
from django.urls import reverse

from tests.makers import make_returnee

LIST = reverse("returnee-list")
LOST = "Phần danh sách đó không còn nữa"


@pytest.fixture
def client(an, signed_in, settings):
    settings.PAGE_SIZE = 2
    for name in ("Bùi An", "Bùi Bình", "Bùi Chi", "Bùi Dung", "Bùi Em"):
        make_returnee(by=an, full_name=name)
    return signed_in(an)


def names(response):
    assert response.status_code == 200
    return [person.full_name.split()[-1] for person in response.context["page_obj"]]


def follow(client, response, way):
    """The page a link of this page leads to."""
    (address,) = re.findall(rf'rel="{way}" href="([^"]+)"', response.content.decode())
    return client.get(LIST + address.replace("&amp;", "&"))


def test_a_list_is_walked_to_its_end_and_back_with_its_filters(client):
    first = client.get(LIST, {"status": "managed"})
    second = follow(client, first, "next")
    third = follow(client, second, "next")
    back = follow(client, third, "prev")

    assert [names(page) for page in (first, second, third, back)] == [
        ["An", "Bình"],
        ["Chi", "Dung"],
        ["Em"],
        ["Chi", "Dung"],
    ]
    assert names(follow(client, back, "prev")) == ["An", "Bình"]
    assert all(page.wsgi_request.GET["status"] == "managed" for page in (second, third, back))
    assert 'rel="next"' not in third.content.decode()
    assert 'rel="prev"' not in first.content.decode()


def test_somebody_new_before_the_key_moves_nobody_to_the_next_page(client, an):
    first = client.get(LIST)
    make_returnee(by=an, full_name="Bùi Ai")

    assert names(follow(client, first, "next")) == ["Chi", "Dung"]
    assert names(follow(client, follow(client, first, "next"), "prev")) == ["An", "Bình"]


@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("key", ["-1", "2", "a:b", "W10:W10", "é" * 900, "eyJhIjoxfQ:x"])
def test_a_wrong_or_forged_key_shows_the_beginning(client, way, key):
    response = client.get(LIST, {way: key})

    assert names(response) == ["An", "Bình"]
    assert LOST in response.content.decode() or way == "before"


def test_a_key_of_another_list_is_none_of_this_one(client):
    key = client.get(LIST).context["page_obj"].next

    for address in ("returnee-list", "paperwork-list", "meeting-list", "arrival-list"):
        assert client.get(reverse(address), {"after": key + "x"}).status_code == 200
        assert client.get(reverse(address), {"after": key}).status_code == 200


def test_a_key_in_an_address_tells_nobody_whom_it_follows(client):
    page = client.get(LIST).context["page_obj"]
    (*_others, last) = page

    parts = page.next.split(":")
    read = b"".join(urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in parts)

    assert json.dumps(last.sort_key)[1:-1].encode() not in read


def test_where_everybody_after_the_key_is_gone_the_list_begins_anew(client):
    last = client.get(LIST, {"after": client.get(LIST).context["page_obj"].next})
    key = client.get(LIST, {"after": last.context["page_obj"].next}).context["page_obj"].previous

    assert names(client.get(LIST, {"after": key})) == ["An", "Bình"]
