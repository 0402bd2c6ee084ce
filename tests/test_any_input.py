"""Whatever is sent to a page by somebody who may open it: no failure, and nothing is written that was refused.

Each route gets a few requests, the same ones each time. Many more, of the routes whose names hold one of some words:
`python3 run.py test --postgres -n0 tests/test_any_input.py --inputs 10000 --routes "home report"`. It prints how many
were answered with what, and the slowest: how fast a machine is says nothing about a rule.
"""

import pytest

from tests import test_access as access
from tests.fuzz import Fuzz
from tests.views import test_sent_twice as sent_twice

pytestmark = [pytest.mark.walk, pytest.mark.django_db]
world = access.world

FEW = 2  # requests to each route in the suite
SLOW = 2.0  # seconds on the processor
ANYBODY = ("an", "anh", "chi", "em", "giang")


def walked(words):
    """Each route of the work with the roles that open it; of the own account with everybody."""
    allowed = {
        row[0]: [who for who, told in zip(access.CAST, row[1:], strict=True) if told in (200, 302)]
        for row in access.ACCESS
    }
    for route, names, view in access.routes():
        if route in allowed or route in access.OWN_ACCOUNT | {"set_language"}:
            if not words or any(word in route for word in words):
                yield route, names, view, allowed.get(route) or ANYBODY


def right_forms(world, units):
    """What each form that makes a record would be sent with that is accepted, by route."""
    return {key.split()[0]: sent_twice.typed(key, world, units)[1] for key in sent_twice.SENT}


def test_nothing_that_is_sent_fails_or_writes_what_was_refused(world, units, request, signed_in, capsys):
    many, words = request.config.getoption("inputs"), request.config.getoption("routes").split()
    people = [who for who in access.CAST if who != "stranger"]
    sessions = {
        who: {name: each.value for name, each in signed_in(request.getfixturevalue(who)).cookies.items()}
        for who in people
    }
    fuzz, routes = Fuzz(world, sessions, right_forms(world, units)), list(walked(words))
    for route, names, view, roles in routes:
        roles = [who for who in roles if who in people]
        fuzz.run(route, names, view, roles if many else roles[:1], max(many // len(routes) + 1, FEW))

    if many:
        with capsys.disabled():
            tell(fuzz, routes)
    assert {key: fuzz.wrong[key] for key in fuzz.wrong} == {}


def tell(fuzz, routes):
    slowest = sorted(fuzz.seconds, reverse=True)
    late = sum(seconds > SLOW for seconds, *_about in slowest)
    print(f"\n{len(slowest)} requests answered, of {len(routes)} routes; over {SLOW} s: {late}")
    print(*(f"{method} {status}: {times}" for (method, status), times in sorted(fuzz.statuses.items())), sep=", ")
    print(*(f"{seconds:.2f} s {' '.join(about)}" for seconds, *about in slowest[:5]), sep="\n")
