"""A forged address or choice: not found, refused or answered at its field; never an error page."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from cases.models import Activity
from tests import test_access as access
from tests.makers import make_activity, make_returnee
from tests.opened import opened

world = access.world

HUGE = 10**30
UNREADABLE = "9" * 5000  # more digits than Python reads as a number
READ = re.compile(r"""(?:GET|POST|query)\.get(?:list)?\("(\w+)""")
PARAMETERS = {name for path in Path("cases").rglob("*.py") for name in READ.findall(path.read_text(encoding="utf-8"))}
READ_BY = {name: names for name, names, view in access.routes() if "GET" in getattr(view, "methods", ())}
NAMES = {name: names for name, names, view in access.routes() if "POST" in getattr(view, "methods", ())}


def forged(route, names, world):
    """The address with each id in turn replaced by one that is no row, or longer than a database holds."""
    right = access.arguments(route, names, world)
    for name in set(names) & {"pk", "returnee_pk", "row"}:
        for wrong in (999_999, HUGE):
            yield reverse(route, kwargs={**right, name: wrong})


def asked(route, shown, world):
    """The addresses to send to with their answers: forged ones where the role may, the right one where it may not."""
    if shown in (200, 302):
        return dict.fromkeys(forged(route, NAMES[route], world), 404)
    right = reverse(route, kwargs=access.arguments(route, NAMES[route], world))
    return {right: 302 if shown == access.SIGN_IN else shown}


def test_a_form_sent_to_a_row_that_is_none_or_foreign_is_not_found(world, request):
    found = {}
    for who, column, visitor in access.in_turn(access.CAST, request):
        for route, *shown in access.ACCESS:
            if route in NAMES:
                urls = asked(route, shown[column], world)
                statuses = {url: visitor.post(url).status_code for url in urls}
                found |= {(who, url): status for url, status in statuses.items() if status != urls[url]}

    assert found == {}


@pytest.mark.parametrize("value", [UNREADABLE, "²", str(HUGE), "999999999999999999"])
def test_a_parameter_that_is_no_number_of_a_row_is_never_an_error_page(value, world, request):
    assert {"of", "unit", "person", "under", "cohort", "besides"} <= PARAMETERS
    for _who, column, visitor in access.in_turn(access.CAST, request):
        for route, *shown in access.ACCESS:
            if shown[column] == 200 and route in READ_BY:
                url = reverse(route, kwargs=access.arguments(route, READ_BY[route], world))
                assert visitor.get(url, dict.fromkeys(PARAMETERS, value)).status_code < 500, (route, value)


def test_what_was_shown_before_may_name_a_row_that_is_none(an, signed_in):
    client, url = signed_in(an), reverse("activity-add")
    form = {**opened(client, url), "people": [make_returnee(by=an).pk], "kind": "visit", "besides": f"{UNREADABLE},²"}

    assert client.post(url, form).status_code < 500


@pytest.mark.parametrize("pk", ["-1", "x", "²", str(HUGE), UNREADABLE, ""])
@pytest.mark.parametrize("field", ["people", "organisations"])
def test_a_forged_choice_in_the_quick_log_is_answered_at_its_field(field, pk, an, signed_in):
    client, url = signed_in(an), reverse("activity-add")
    form = {**opened(client, url), "people": [make_returnee(by=an).pk], field: [pk]}

    assert list(client.post(url, form).context["form"].errors) == [field]
    assert not Activity.objects.exists()


def test_a_forged_body_in_a_correction_is_answered_at_its_field(an, signed_in):
    url, client = reverse("activity-edit", args=[make_activity(make_returnee(by=an), by=an).pk]), signed_in(an)

    response = client.post(url, {**opened(client, url), "organisations": [str(HUGE)]})

    assert list(response.context["form"].errors) == ["organisations"]
