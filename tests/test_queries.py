"""Every list runs as many queries for five rows as for two."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from tests.makers import (
    TODAY,
    make_activity,
    make_employer,
    make_group,
    make_judgment,
    make_meeting,
    make_notice,
    make_paperwork,
    make_referral,
    make_returnee,
    make_transfer,
    make_user,
)

LISTS = [
    ("home", "an"),
    ("home", "anh"),
    ("home", "chi"),
    ("home", "giang"),
    ("arrival-list", "an"),
    ("arrival-list", "chi"),
    ("arrival-sent", "an"),
    ("arrival-nobody", "dung"),
    ("returnee-list", "an"),
    ("returnee-list", "chi"),
    ("returnee-list", "giang"),
    ("duplicate-list", "anh"),
    ("returnee-detail", "an"),
    ("returnee-sentence", "an"),
    ("returnee-clock", "an"),
    ("returnee-paperwork", "an"),
    ("expungement-list", "an"),
    ("expungement-list", "chi"),
    ("returnee-work", "an"),
    ("returnee-needs", "an"),
    ("loan-list", "an"),
    ("returnee-group", "an"),
    ("returnee-history", "an"),
    ("activity-add", "an"),
    ("import-list", "an"),
    ("meeting-list", "an"),
    ("meeting-detail", "an"),
    ("paperwork-list", "an"),
    ("transfer-list", "binh"),
    ("transfer-list", "chi"),
    ("caseload-list", "anh"),
    ("employer-list", "an"),
    ("report-show", "chi"),
    ("report-show", "dung"),
    ("report-silent", "chi"),
    ("report-document", "an"),
    ("report-document", "chi"),
    ("dashboard-show", "an"),
    ("dashboard-show", "dung"),
    ("dashboard-list", "chi"),
    ("reoffending-show", "chi"),
    ("reoffending-list", "chi"),
    ("user-list", "em"),
    ("unit-list", "em"),
    ("unit-unallocated", "em"),
    ("audit-list", "anh"),
]


def more_work(an, giang, units, start, count):
    """`count` people with everything that stands in lists, and as many accounts."""
    people = []
    for number in range(start, start + count):
        person = make_returnee(by=an, full_name=f"Người Thứ {number}")
        make_group(returnee=person, lead=an, members=[("women", giang), ("front", "Mai")])
        make_judgment(returnee=person, by=an)
        make_activity(person, by=an)
        make_paperwork(returnee=person, by=an)
        make_referral(returnee=person, by=an, employer=make_employer(by=an, name=f"Xưởng {number}"))
        make_transfer(returnee=person, to_unit=units.krong_no, by=an)
        make_user(f"nguoi{number}", f"Cán Bộ {number}", "officer", units.krong_no)
        make_notice(returnee=make_returnee(by=an, full_name=f"Người Về {number}", presented=False), by=an)
        gone = make_notice(returnee=make_returnee(by=an, full_name=f"Người Đi {number}", presented=False), by=an)
        send_on(gone.returnee, an, units.krong_no)
        people.append(person)
    return people


def send_on(person, by, unit):
    what = {"kind": "wrong_commune", "named_unit": unit, "on": TODAY, "uid": uuid.uuid4()}
    actions.arrival.answer(returnee=person, by=by, **what)


def work_on(person, an, count):
    """The tabs of one file grow too."""
    for number in range(count):
        make_activity(person, by=an)
        make_judgment(returnee=person, by=an, number=f"{number}/HSST")
        make_paperwork(returnee=person, by=an)
        make_referral(returnee=person, by=an)


@pytest.mark.parametrize(("route", "who"), LISTS, ids=lambda value: value)
def test_a_list_runs_a_constant_number_of_queries(route, who, request, units, an, giang, signed_in):
    user = request.getfixturevalue(who)
    people = more_work(an, giang, units, 0, 2)
    meeting = make_meeting(*people, by=an, present=people)
    kwargs = {"meeting-detail": {"pk": meeting.pk}}.get(route) or (
        {"returnee_pk": people[0].pk} if route.startswith("returnee-") and route != "returnee-list" else {}
    )
    url, client = reverse(route, kwargs=kwargs), signed_in(user)
    client.get(url)

    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    everybody = people + more_work(an, giang, units, 2, 3)
    work_on(people[0], an, 3)
    make_meeting(*everybody, by=an, present=everybody)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200

    assert len(many) == len(few), [query["sql"][:150] for query in many if query not in few.captured_queries]
