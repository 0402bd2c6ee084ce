"""Every page of every role, on both screens: axe finds nothing, nothing runs off the side."""

import pytest
from django.urls import reverse

from tests.browser.screens import SIZES
from tests.test_access import ACCESS, CASES_ROUTES, CAST, POSTED, arguments, world

__all__ = ["world"]

NO_PAGE = {*POSTED, "import-blank", "unit-find", "draft-recorded"}  # a file, a part of a page, an answer to a script
# A chief opens whatever an officer opens; who opens many pages is shared out over several tests, to run side by side.
SHARES = [("anh", 0, 3), ("anh", 1, 3), ("anh", 2, 3), ("chi", 0, 2), ("chi", 1, 2), ("em", 0, 1), ("giang", 0, 1)]


def pages_of(who, world):
    for row in ACCESS:
        if row[CAST.index(who) + 1] == 200 and row[0] not in NO_PAGE:
            yield row[0], reverse(row[0], kwargs=arguments(row[0], CASES_ROUTES[row[0]], world))


@pytest.mark.parametrize("size", ["desk"], indirect=True)
@pytest.mark.parametrize(("who", "share", "shares"), SHARES)
def test_every_page_passes_axe_and_fits_the_screen(who, share, shares, transactional_db, world, request, visitor):
    request.getfixturevalue(who)
    visitor.sign_in(who)
    wrong = []
    for route, path in list(pages_of(who, world))[share::shares]:
        visitor.open(path)
        for name, screen in SIZES.items():
            visitor.page.set_viewport_size(screen)
            wrong += [f"{route}, {name}: {breach}" for breach in visitor.breaches()]
            if visitor.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(f"{route}: wider than the {name}")

    assert wrong == []
