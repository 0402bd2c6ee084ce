"""A day that cannot be is answered at its field with what was typed, in every form; what was typed stays."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.forms.base import DayField
from tests import test_access as access
from tests.makers import TODAY

world = access.world

AHEAD = {  # days that may lie ahead; the days of a filter are among them
    *("activity-add next_on", "duty-snooze until", "meeting-add on", "meeting-edit on"),
    *("arrival-add completed_on", "user-add since", "user-appoint since", "report-document-edit signed_on"),
    *("rule-word-add valid_from", "rule-word-add valid_to", "rule-word-edit valid_from", "rule-word-edit valid_to"),
    *("rule-add valid_from", "shared-add valid_from", "shared-add valid_to"),
    *(
        "shared-edit valid_from",
        "shared-edit valid_to",
        "task-add due_on",
        "unit-open on",
        "unit-rename on",
        "unit-move on",
    ),
    *("unit-merge on", "unit-split on", "returnee-add presents_by", "returnee-edit presents_by"),
    *("campaign-add due_on", "campaign-add first_day", "campaign-add last_day"),
    *("audit-list since", "audit-list until", "dashboard-show day", "unit-list day"),
    *("error-list since", "error-list until"),
    *("job-list since", "job-list until"),
}

IMPOSSIBLE = ("31/02/2024", "00/01/2024", "01/01/0001", "31/12/9999", "12.5.20255", "hôm qua")


@pytest.fixture
def forms(world, anh, chi, em, signed_in):
    """Every form of the application with a day in it, by route."""
    visitors, found = {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}, {}
    for route, names in access.CASES_ROUTES.items():
        if route in access.POSTED | access.FILES:
            continue
        page = visitors[access.who_may(route)].get(reverse(route, kwargs=access.arguments(route, names, world)))
        form = page.context and page.context.get("form")
        days = (
            [name for name, field in form.fields.items() if isinstance(field, DayField) and not form[name].is_hidden]
            if form
            else []
        )
        if days:
            found[route] = form, days
    return found


def answered(form, days, typed):
    """The form as if `typed` had been sent in each of its days."""
    form.data, form.is_bound = {form.add_prefix(name): typed for name in days}, True
    form.full_clean()
    return form


@pytest.mark.walk
def test_an_impossible_day_is_named_and_kept(forms):
    silent = []
    for typed in IMPOSSIBLE:
        for route, (form, days) in forms.items():
            told = answered(form, days, typed)
            silent += [(route, name) for name in days if typed[:10] not in " ".join(told.errors.get(name, []))]
            silent += [(route, name) for name in days if typed not in str(told[name])]

    assert silent == []
    assert len(forms) > 30


@pytest.mark.walk
def test_a_day_ahead_is_refused_where_something_was_done_and_nowhere_lies_beyond_ten_years(forms):
    accepted = [
        (route, name)
        for route, (form, days) in forms.items()
        for name in days
        if "31/12/2099" not in " ".join(answered(form, days, "31/12/2099").errors.get(name, []))
    ]
    tomorrow = f"{TODAY + timedelta(days=1):%d/%m/%Y}"
    ahead = {
        f"{route} {name}"
        for route, (form, days) in forms.items()
        for name in days
        if not answered(form, days, tomorrow).has_error(name, "future")
    }

    assert accepted == []
    assert ahead == AHEAD
