"""Every page of every role, on both screens: axe finds nothing, nothing is cut off, covered or runs off the side."""

import re

import pytest
from django.urls import reverse

from tests.browser.ways import BOTH, faults
from tests.test_access import ACCESS, CASES_ROUTES, CAST, FILES, POSTED, arguments, world

__all__ = ["world"]

NO_PAGE = {*POSTED, *FILES, "unit-find", "draft-recorded"}  # a file, a part of a page, an answer to a script
ROLES = ("anh", "chi", "em", "giang")  # a chief opens whatever an officer opens
SHARES = 4  # of the routes, to run side by side
TAG = re.compile(r"<([a-z][^<>]*)>")
VALUE = re.compile(r'(?<!\bclass)(?<!\brole)(?<!\btype)="[^"]*"')


def address(route, world):
    return reverse(route, kwargs=arguments(route, CASES_ROUTES[route], world))


def shapes(page):
    """The tags of a page with their classes and the names of what else they carry: what axe could find at fault."""
    return {VALUE.sub("", tag) for tag in TAG.findall(page)}


def pages(who, share, world, client, seen):
    """The pages somebody opens, but those in which nothing stands that did not stand in the same page of another."""
    for row in ACCESS[share::SHARES]:
        route = row[0]
        if row[CAST.index(who) + 1] != 200 or route in NO_PAGE:
            continue
        new = shapes(client.get(address(route, world)).content.decode()) - seen.setdefault(route, set())
        seen[route] |= new
        if new:
            yield route


@pytest.mark.parametrize("size", ["desk"], indirect=True)
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_passes_axe_and_fits_the_screen(share, transactional_db, world, chi, visitor, request, signed_in):
    seen, wrong = {}, []
    for who in ROLES:
        client = signed_in(request.getfixturevalue(who))
        visitor.sign_in(who)
        for route in pages(who, share, world, client, seen):
            visitor.open(address(route, world))
            wrong += faults(visitor, f"{who}, {route}", BOTH)

    assert sum(map(bool, seen.values())) > 20
    assert wrong == []
