"""Rows written past the validation, with days that cannot be, open on every page and can be set right at their own."""

from datetime import date

import pytest
from django.urls import reverse

from cases.forms.base import DayField
from tests import test_access as access
from tests.opened import opened

world = access.world
ODD = date(1926, 2, 1)


@pytest.fixture
def visitors(anh, chi, em, signed_in):
    return {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}


@pytest.fixture
def pages(world, visitors):
    """Every page by its route: who may open it, and its address."""
    return {
        route: (visitors[access.who_may(route)], reverse(route, kwargs=access.arguments(route, names, world)))
        for route, names in access.CASES_ROUTES.items()
        if route not in access.POSTED | access.FILES
    }


def days_on_file(form):
    """The days of a stored record that its form shows, by field."""
    row = getattr(form, "instance", None)
    if row is None or row._state.adding:
        return {}
    found = {name: getattr(row, name, None) for name, field in form.fields.items() if isinstance(field, DayField)}
    return {name: day for name, day in found.items() if day and form[name].value() == day}


def answers(pages):
    """What each page answers, and its form."""
    shown = {route: visitor.get(url) for route, (visitor, url) in pages.items()}
    return {route: (page.status_code, (page.context or {}).get("form")) for route, page in shown.items()}


def corrected(page, row, days):
    """Send the form of an odd row with its right days; returns what it says against them."""
    visitor, url = page
    sent = opened(visitor, url)
    days = {name: day for name, day in days.items() if sent[name] == "01/02/1926"}  # others are asked for today
    answer = visitor.post(url, sent | {name: f"{day:%d/%m/%Y}" for name, day in days.items()})
    stored = type(row)._base_manager.values(*days).get(pk=row.pk) if days else {}
    return {} if stored == days else answer.context["form"].errors


@pytest.mark.walk
def test_an_odd_day_on_file_stops_no_page_and_is_corrected_at_its_form(pages):
    before = answers(pages)
    right = {route: (form.instance, days) for route, (_status, form) in before.items() if (days := days_on_file(form))}
    for row, days in right.values():
        type(row)._base_manager.filter(pk=row.pk).update(**dict.fromkeys(days, ODD))

    after = {route: status for route, (status, _form) in answers(pages).items()}
    assert after == {route: status for route, (status, _form) in before.items()}
    assert {route: said for route, one in right.items() if (said := corrected(pages[route], *one))} == {}
    assert {"returnee-edit", "activity-edit", "training-edit", "judgment-edit"} <= set(right)
