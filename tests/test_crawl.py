"""Whoever follows every link, takes every file and sends every form reads of nobody but whom they may see.

Nam Đà has one of everything; Bình works elsewhere, Giang helps one person, Em administers. The demo with all of its
people is walked by tests/demo/walk.py.
"""

import pytest
from django.urls import reverse

from tests import test_access as access
from tests.crawl import Crawl, mark_everything

world = access.world
pytestmark = pytest.mark.walk


@pytest.mark.parametrize("who", ["an", "binh", "em", "giang"])
def test_no_link_file_or_form_tells_of_whom_its_user_may_not_see(who, world, request, signed_in):
    mark_everything()
    user = request.getfixturevalue(who)
    crawl = Crawl(user, signed_in(user))

    assert crawl.run() == {}
    assert crawl.counted["GET 200"] > 5


def test_what_tells_of_somebody_else_is_found(world, an, binh, signed_in):
    mark_everything()
    page = signed_in(an).get(reverse("returnee-detail", args=[world["returnee_pk"]]))

    assert f"returnee {world['returnee_pk']}" in Crawl(binh, None).seen.foreign(page.content.decode())
    assert Crawl(an, None).seen.foreign(page.content.decode()) == []
