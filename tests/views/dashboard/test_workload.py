"""Officers under a unit: whom they lead, what is overdue, sign-in and time to log; few never stand before many."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.access.roles import Role
from cases.models import Activity, ImportedRow, ImportRun, User
from cases.reports.dashboard.workload import WorkloadOrder, workloads
from tests.makers import TODAY, make_activity, make_group, make_returnee, make_user

PAGE = reverse("workload-list")
LONG_AGO = TODAY - timedelta(days=80)


def logged(person, by, on, late):
    """A visit entered so many days after it was made, late in the evening here."""
    activity = make_activity(person, by=by, on=on)
    day = on + timedelta(days=late)
    at = datetime(day.year, day.month, day.day, 23, 50, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    Activity.objects.filter(pk=activity.pk).update(created_at=at)
    return activity


@pytest.fixture
def led(an, binh):
    """An leads three, one of them not met for 80 days; Bình one, not met either; one is led by nobody."""
    people = [make_returnee(by=an, full_name=f"Người {number}") for number in range(3)]
    for person in people:
        make_group(returnee=person, lead=an)
    alone = make_returnee(by=binh, full_name="Người Bốn")
    make_group(returnee=alone, lead=binh)
    make_returnee(by=an, full_name="Người Năm")
    for person, by, on in ((people[0], an, LONG_AGO), (alone, binh, LONG_AGO), (people[1], an, TODAY)):
        logged(person, by, on, 0)
    logged(people[2], an, TODAY - timedelta(days=9), 3)
    logged(people[2], an, TODAY - timedelta(days=10), 4)
    return people


def rows(user, by=WorkloadOrder.LOAD):
    return {row.officer.username: row for row in workloads(user, TODAY, by)[0]}


def test_each_officer_is_told_with_what_they_lead_and_how_soon_they_log(an, binh, chi, led):
    found, nobody = workloads(chi, TODAY, WorkloadOrder.LOAD)
    by_name = {row.officer.username: row for row in found}

    assert [(row.led, row.overdue) for row in (by_name["an"], by_name["binh"])] == [(3, 1), (1, 1)]
    assert (by_name["an"].soon, by_name["an"].logged) == (3, 4), "the third day is soon, the fourth is not"
    assert nobody == 1


def test_a_register_that_was_loaded_makes_nobody_late(an, units, chi, led):
    before = rows(chi)["an"].logged
    old = logged(led[0], an, TODAY - timedelta(days=60), 50)
    run = ImportRun(unit=units.nam_da, file_name="so.xlsx", file_hash="0" * 64).stamp(an)
    run.save()
    assert rows(chi)["an"].logged == before + 1

    ImportedRow.objects.create(
        run=run, sheet="Hoạt động", key="k" * 32, digest="d" * 32, target_type="activity", target_id=old.pk
    )

    assert rows(chi)["an"].logged == before


def test_one_of_one_does_not_stand_before_many_of_more(an, binh, chi):
    for number in range(12):
        person = make_returnee(by=an, full_name=f"Lâu {number}")
        make_group(returnee=person, lead=an)
        make_activity(person, by=an, on=TODAY if number < 2 else LONG_AGO)
    alone = make_returnee(by=binh)
    make_group(returnee=alone, lead=binh)
    make_activity(alone, by=binh, on=LONG_AGO)

    assert list(rows(chi, WorkloadOrder.OVERDUE))[:2] == ["an", "binh"]


def test_who_never_signed_in_stands_before_who_did_long_ago(an, binh, chi):
    User.objects.filter(pk=an.pk).update(last_login=timezone.now() - timedelta(days=90))
    User.objects.filter(pk=binh.pk).update(last_login=None)

    found = list(rows(chi, WorkloadOrder.SIGN_IN))

    assert found.index("binh") < found.index("an")


def test_officers_elsewhere_and_those_who_left_are_not_told(units, chi, an, signed_in):
    make_user("ngoai-cum", "Lê Ngoài", Role.OFFICER, units.dak_sak)
    User.objects.filter(pk=an.pk).update(is_active=False)

    found = rows(chi)

    assert {"an", "ngoai-cum"} & found.keys() == set()
    assert signed_in(chi).get(PAGE, {"order": "no-such"}).context["order"] == WorkloadOrder.OVERDUE


def test_no_percentage_is_made_of_few(chi, led, signed_in):
    assert "%" not in signed_in(chi).get(PAGE).content.decode().split("<table", 1)[1].split("</table", 1)[0]
