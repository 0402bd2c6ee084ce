"""Every page of every role, on both screens: axe finds nothing, nothing runs off the side."""

import re

import pytest
from django.urls import reverse

from tests.browser.screens import SIZES
from tests.test_access import ACCESS, CASES_ROUTES, CAST, FILES, POSTED, arguments, world

__all__ = ["world"]

NO_PAGE = {*POSTED, *FILES, "unit-find", "draft-recorded"}  # a file, a part of a page, an answer to a script
ROLES = ("anh", "chi", "em", "giang")  # a chief opens whatever an officer opens
SHARES = 4  # of the routes, to run side by side
TAG = re.compile(r"<([a-z][^<>]*)>")
VALUE = re.compile(r'(?<!\bclass)(?<!\brole)(?<!\btype)="[^"]*"')
# The outermost elements that this screen shows and the one before did not.
MARK = "() => document.querySelectorAll('body *').forEach(one => { one.was = one.getClientRects().length > 0 })"
NEW = """() => {
    const isNew = one => one.was === false && one.getClientRects().length > 0;
    return [...document.querySelectorAll('body *')].filter(one => isNew(one) && !isNew(one.parentElement));
}"""


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


def faults(visitor, route):
    """On the small screen the whole page is asked; on the large one what only stands there."""
    wrong = []
    for name, screen in SIZES.items():
        is_first = name == next(iter(SIZES))
        visitor.page.set_viewport_size(screen)
        wrong += [f"{route}, {name}: {breach}" for breach in visitor.breaches("null" if is_first else NEW)]
        if is_first:
            visitor.page.evaluate(MARK)
        if visitor.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{route}: wider than the {name}")
    return wrong


@pytest.mark.parametrize("size", ["desk"], indirect=True)
@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_passes_axe_and_fits_the_screen(share, transactional_db, world, chi, visitor, request, signed_in):
    seen, wrong = {}, []
    for who in ROLES:
        client = signed_in(request.getfixturevalue(who))
        visitor.sign_in(who)
        for route in pages(who, share, world, client, seen):
            visitor.open(address(route, world))
            wrong += faults(visitor, f"{who}, {route}")

    assert sum(map(bool, seen.values())) > 20
    assert wrong == []
