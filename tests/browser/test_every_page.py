"""Every page of every role, on both screens: axe finds nothing, nothing runs off the side."""

import pytest
from django.urls import reverse

from tests.browser.screens import SIZES
from tests.test_access import ACCESS, CASES_ROUTES, CAST, POSTED, arguments, world

__all__ = ["world"]

ROLES = ("anh", "chi", "em", "giang")  # a chief opens whatever an officer opens


def pages_of(who, world):
    for row in ACCESS:
        if row[CAST.index(who) + 1] == 200 and row[0] not in POSTED:
            yield row[0], reverse(row[0], kwargs=arguments(row[0], CASES_ROUTES[row[0]], world))


@pytest.mark.parametrize("size", ["desk"], indirect=True)
@pytest.mark.parametrize("who", ROLES)
def test_every_page_passes_axe_and_fits_the_screen(who, transactional_db, world, request, visitor):
    request.getfixturevalue(who)
    visitor.sign_in(who)
    wrong = []
    for route, path in pages_of(who, world):
        visitor.open(path)
        for name, screen in SIZES.items():
            visitor.page.set_viewport_size(screen)
            wrong += [f"{route}, {name}: {breach}" for breach in visitor.breaches()]
            if visitor.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(f"{route}: wider than the {name}")

    assert wrong == []
