"""Very long text: answered at its field in every form, or in words where it is longer than the server reads."""

import pytest
from django import forms
from django.urls import reverse

from tests import test_access as access

world = access.world

LONG = "x" * 200_000


def texts(form):
    plain = (forms.CharField,)
    return [name for name, field in form.fields.items() if isinstance(field, plain) and name not in ("opened", "seen")]


@pytest.mark.walk
def test_very_long_text_is_refused_at_its_field_in_every_form(world, anh, chi, em, signed_in):
    visitors, silent = {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}, []
    for route, names in access.CASES_ROUTES.items():
        if route in access.POSTED | access.FILES:
            continue
        page = visitors[access.who_may(route)].get(reverse(route, kwargs=access.arguments(route, names, world)))
        form = page.context and page.context.get("form")
        for name in texts(form) if form else []:
            form.data, form.is_bound = {form.add_prefix(name): LONG}, True
            form.full_clean()
            if name not in form.errors:
                silent.append((route, name))

    # A whole sheet that is pasted has its own ceiling; a card is read once beside the form, and kept nowhere.
    assert silent == [("import-list", "cells"), ("returnee-add", "card")]


def test_ten_megabytes_of_a_card_are_answered_and_not_sent_back(an, signed_in):
    response = signed_in(an).post(reverse("returnee-add"), {"card": LONG * 50, "fill": "1"})

    assert response.context["card_errors"]
    assert len(response.content) < 200_000


def test_what_is_longer_than_the_server_reads_is_answered_in_words(an, signed_in):
    client = signed_in(an)
    client.raise_request_exception = False

    response = client.post(reverse("activity-add"), {"note": LONG * 65})

    assert response.status_code == 400
    assert "quá lớn" in response.content.decode()
    assert "data-error-page" in response.content.decode()
