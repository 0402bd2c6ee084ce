"""What stands behind the question mark of an address may be anything: it is passed over or answered in words."""

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Returnee
from tests import test_access as access
from tests.makers import make_returnee

world = access.world
pytestmark = pytest.mark.both  # a number too large is answered by each engine in its own way

NAMES = (
    "page q name number unit under band show kind person employer figure indicator version days from to lens part "
    "measure lines sheet state pathway among next who day since until actor group words status hamlet lead of"
).split()
ODD = ({"page": "-1"}, dict.fromkeys(NAMES, "9" * 40))  # beside what every other name is given


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_no_page_fails_over_an_odd_address(odd, world, anh, chi, em, signed_in):
    visitors = {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}
    found = {}
    for route, names in access.CASES_ROUTES.items():
        if route not in access.POSTED:
            url = reverse(route, kwargs=access.arguments(route, names, world))
            response = visitors[access.who_may(route)].get(url, {**dict.fromkeys(NAMES, "a\x00b"), **odd})
            if response.status_code not in (200, 302, 404):
                found[route] = response.status_code

    assert found == {}


def test_a_number_with_an_unseen_sign_is_answered_at_its_field(an, signed_in):
    client = signed_in(an)
    for route in ("returnee-add", "returnee-edit", "transfer-request", "arrival-add"):
        url = reverse(
            route, args=[make_returnee(by=an, full_name=f"Người {route}").pk] if route.endswith("edit") else []
        )
        response = client.post(url, {"identity_number": "0680\x00", "number": "0680\x00", "full_name": "A\x00"})

        assert response.status_code == 200
        assert {"identity_number", "number"} & set(response.context["form"].errors)

    assert Returnee.objects.count() == 1


@pytest.mark.parametrize("kind", [
    "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data", "multipart/form-data; boundary=",
])  # fmt: skip
def test_a_form_that_cannot_be_read_is_refused_and_no_error(kind, an):
    """The page of the refusal asks for the form once more."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(an)
    client.cookies["csrftoken"] = "k" * 32

    assert client.generic("POST", reverse("activity-add"), b"kind=visit", content_type=kind).status_code == 400
