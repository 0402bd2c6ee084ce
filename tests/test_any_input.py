"""Whatever is sent to a page by somebody who may open it: no failure, and nothing is written that was refused."""

import os

import pytest

from tests import test_access as access
from tests.fuzz import Fuzz

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
world = access.world

FEW = 2  # requests to each route in the suite; more: python -m tests.fuzz
SLOW = 2.0  # seconds on the processor; printed, since it says as much of the machine as of the page
ANYBODY = ("an", "anh", "chi", "em", "giang")


def walked():
    """Each route of the work with the roles that open it; of the own account with everybody."""
    allowed = {
        row[0]: [who for who, told in zip(access.CAST, row[1:], strict=True) if told in (200, 302)]
        for row in access.ACCESS
    }
    wanted = os.environ.get("FUZZ_ROUTES", "").split()
    for route, names, view in access.routes():
        if route is None or (wanted and not any(word in route for word in wanted)):
            continue
        if route in allowed or route in access.OWN_ACCOUNT | {"set_language"}:
            roles = [who for who in allowed.get(route, ANYBODY) if who != "stranger"]
            yield route, names, view, roles or list(ANYBODY)


def test_nothing_that_is_sent_fails_or_writes_what_was_refused(world, request, signed_in, capsys):
    people = {who: request.getfixturevalue(who) for who in access.CAST if who != "stranger"}
    clients = {
        who: (user, {name: each.value for name, each in signed_in(user).cookies.items()})
        for who, user in people.items()
    }
    fuzz, routes = Fuzz(world, clients), list(walked())
    count = max(int(os.environ.get("FUZZ_INPUTS", 0)) // len(routes) + 1, FEW)
    for route, names, view, roles in routes:
        fuzz.run(route, names, view, roles, count)

    slowest = sorted(fuzz.seconds, reverse=True)[:10]
    with capsys.disabled():
        if "FUZZ_INPUTS" in os.environ:
            late = sum(seconds > SLOW for seconds, *_about in fuzz.seconds)
            print(f"\n{fuzz.sent} requests to {len(routes)} routes; over {SLOW} s: {late}")
            for seconds, *about in slowest:
                print(f"{seconds:.2f} s", *about)
    assert {key: told for key, (told, _about) in fuzz.wrong.items()} == {}, list(fuzz.wrong.values())
