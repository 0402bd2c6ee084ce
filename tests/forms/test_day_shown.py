"""A form opened at 23:59 and sent at 00:01 means the day it showed, in every choice that counts from "today"."""

import ast
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cases import actions
from cases.forms.base import RelativeForm
from cases.forms.duty import SnoozeForm
from cases.models import Activity, Appointment, Returnee, Snooze
from cases.reports.work.duties import duties_for
from tests import test_access as access
from tests.makers import TODAY, make_returnee

SOURCE = Path(__file__).resolve().parent.parent.parent / "cases"
LATE = timezone.make_aware(datetime.combine(TODAY, time(23, 59)))
TOMORROW = TODAY + timedelta(days=1)
FILTERS = ("forms/filters.py", "forms/user.py", "forms/event_filter.py")  # nothing is recorded with them

world = access.world


@pytest.fixture
def night(monkeypatch):
    """Stops the clock so many minutes after 23:59."""

    def stop(minutes):
        monkeypatch.setattr(timezone, "now", lambda: LATE + timedelta(minutes=minutes))

    stop(0)
    return stop


def sent(form, **typed):
    """What a browser sends of a form as it was shown, with what was typed over it."""
    shown = {name: field.widget.format_value(form[name].value()) for name, field in form.fields.items()}
    return {name: value for name, value in {**shown, **typed}.items() if value not in (None, [])}


def forms_of(world, visitors):
    found = {}
    for route, names in access.CASES_ROUTES.items():
        if route not in access.POSTED | access.FILES:
            page = visitors[access.who_may(route)].get(reverse(route, kwargs=access.arguments(route, names, world)))
            found[route] = page.context and page.context.get("form")
    return {route: form for route, form in found.items() if form}


def labels(form):
    """Of each choice made by hand, value and label; of a group of choices each."""
    return {
        (name, value): str(label)
        for name, field in form.fields.items()
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
        for heading, under in field.choices
        for value, label in (under if isinstance(under, list) else [(heading, under)])
    }


@pytest.mark.walk
def test_every_form_whose_choices_mean_another_day_after_midnight_keeps_the_day_it_showed(
    world, anh, chi, em, signed_in, night
):
    visitors = {"em": signed_in(em), "anh": signed_in(anh), "chi": signed_in(chi)}
    before = forms_of(world, visitors)
    night(2)
    after = forms_of(world, visitors)

    moved = {
        route
        for route, form in before.items()
        for choice, label in labels(form).items()
        if label != labels(after[route]).get(choice, label)
    }
    assert {"activity-add", "duty-snooze"} <= moved
    assert [route for route in moved if not isinstance(before[route], RelativeForm)] == []


def test_no_other_form_counts_days_from_today_when_it_is_sent():
    """Before it is shown it may: the day then stands in the form."""
    found = set()
    for path in sorted((SOURCE / "forms").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name != "__init__" and f"forms/{path.name}" not in FILTERS:
                found |= {f"{path.stem}.{node.name}" for one in ast.walk(node) if counts_from_today(one)}

    assert found == {"quick_log.rank"}  # the order of a list


def counts_from_today(node):
    is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub)
    is_months = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "add_months"
    return (is_sum and ast.unparse(node.left) == "self.on") or (is_months and ast.unparse(node.args[0]) == "self.on")


def test_no_view_records_the_day_on_which_a_form_happens_to_arrive():
    views = [path.name for path in (SOURCE / "views").rglob("*.py") if "=form.on," in path.read_text(encoding="utf-8")]

    assert views == []


@pytest.mark.parametrize(
    ("chosen", "on", "agreed"),
    [
        ({"when": "today"}, TODAY, None),
        ({"when": "yesterday"}, TODAY - timedelta(days=1), None),
        ({"next_time": "same"}, TODAY, TODAY + timedelta(days=30)),
        ({"next_time": "other", "next_on": f"{TOMORROW:%d/%m/%Y}"}, TODAY, TOMORROW),
        (
            {"when": "other", "on": f"{TODAY - timedelta(days=50):%d/%m/%Y}", "next_time": "same"},
            TODAY - timedelta(days=50),
            TODAY + timedelta(days=30),
        ),
    ],
)
def test_the_quick_log_keeps_its_day(chosen, on, agreed, an, signed_in, night):
    person, client, url = make_returnee(by=an), signed_in(an), reverse("activity-add")
    form = client.get(url).context["form"]
    night(2)
    client.post(url, sent(form, people=[person.pk], **chosen))

    assert Activity.objects.get().on == on
    assert Appointment.objects.values_list("on", flat=True).first() == agreed


@pytest.mark.parametrize(("when", "back"), [("today", 0), ("yesterday", 1)])
@pytest.mark.parametrize("days", [2, 3, 40])
def test_a_visit_of_today_sent_days_later_is_of_the_day_its_form_showed(when, back, days, an, signed_in, night):
    person, url = make_returnee(by=an), reverse("activity-add")
    typed = sent(signed_in(an).get(url).context["form"], people=[person.pk], when=when)
    night(days * 24 * 60)
    signed_in(an).post(url, typed)

    assert Activity.objects.get().on == TODAY - timedelta(days=back)


@pytest.mark.parametrize("how_long", ["week", "month", "tet", "other"])
def test_a_duty_is_put_off_until_the_day_that_was_shown(how_long, an, signed_in, night):
    person = make_returnee(by=an)
    client, url = signed_in(an), reverse("duty-snooze", args=[person.pk, duties_for(person, an, TODAY)[0].key])
    form = client.get(url).context["form"]
    day = form.days.get(how_long, TOMORROW)
    night(2)
    client.post(url, sent(form, how_long=how_long, until=f"{TOMORROW:%d/%m/%Y}", reason="Đi làm xa"))

    made = Snooze.objects.latest("pk")
    assert (made.since, made.until) == (TODAY, day)


def test_a_meeting_missed_and_a_presenting_keep_the_day_too(an, signed_in, night):
    client = signed_in(an)
    appointment = Appointment(returnee=make_returnee(by=an), kind="encouragement", on=TODAY)
    missed = reverse("appointment-missed", args=[actions.row.add(row=appointment, by=an).pk])
    awaited = make_returnee(by=an, presented_on=None)
    present = reverse("returnee-present", args=[awaited.pk])
    shown = {url: client.get(url).context["form"] for url in (missed, present)}
    night(2)
    client.post(missed, sent(shown[missed], reason="Ốm"))
    client.post(present, sent(shown[present]))

    assert Appointment.objects.get(pk=appointment.pk).missed_on == TODAY
    assert Returnee.objects.get(pk=awaited.pk).presented_on == TODAY


@pytest.mark.parametrize("days", [-30, -2, 0, 1, 400])
def test_a_day_shown_earlier_or_forged_is_ignored(days, an):
    on = date(2026, 11, 29)
    typed = QueryDict(mutable=True)
    typed.update({"shown_on": f"{on + timedelta(days=days):%d/%m/%Y}", "how_long": "week", "reason": "Ốm"})
    form = SnoozeForm(typed, user=an, on=on)

    assert form.base_day == on
    assert form["shown_on"].value() == "29/11/2026"  # shown again with its mistakes, it counts from what it shows


@pytest.mark.parametrize("typed", ["", "hôm qua", "2026-11-28", "28/11/2026\x00", "9" * 5000])
def test_a_day_shown_that_is_none_is_ignored(typed, an):
    on = date(2026, 11, 29)
    form = SnoozeForm({"shown_on": typed, "how_long": "week", "reason": "Ốm", "uid": "0" * 32}, user=an, on=on)

    assert form.is_valid(), form.errors
    assert form.base_day == on
