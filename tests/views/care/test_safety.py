"""What to mind for a person's safety stands above every page of the file, and nowhere else."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent, SafetyFlag
from cases.views import reading
from tests import test_access as access
from tests.makers import TODAY, make_group, make_returnee
from tests.opened import opened

world = access.world
DAY = f"{TODAY:%d/%m/%Y}"
REASON = "Anh rể cầm dao đến nhà"


def flag(person, by, kind="threatened", since=TODAY):
    return actions.safety.flag(flag=SafetyFlag(returnee=person, kind=kind, reason=REASON, since=since), by=by)


def banner(response):
    """The banner of a page, as far as it is told there."""
    html = response.content.decode()
    start = html.find('<section class="safety')
    return html[start : html.index("</section>", start)] if start >= 0 else ""


@pytest.mark.walk
def test_it_stands_above_every_page_of_the_file_and_above_no_other(world, an, anh, chi, signed_in):
    SafetyFlag.objects.filter(pk=world["safety"]).update(reason=REASON)
    wrong = []
    for who in (an, anh, chi):
        client = signed_in(who)
        for route, names in access.CASES_ROUTES.items():
            if route in access.POSTED:
                continue
            given = access.arguments(route, names, world)
            response = client.get(reverse(route, kwargs=given))
            if response.status_code != 200 or "html" not in response["Content-Type"]:
                continue
            of_row = route in reading.WAY_TO_ROW or given.get("noun") in reading.WAY_TO_WITHDRAWN
            is_of_file = given.get("returnee_pk") == world["returnee_pk"] or "pk" in names and of_row
            if (REASON in banner(response)) != is_of_file:
                wrong.append((who.username, route))

    assert wrong == []


@pytest.mark.parametrize("route", ["activity-add", "task-add"])
def test_a_form_opened_for_somebody_says_it_too_and_of_nobody_the_user_does_not_hold(route, an, binh, signed_in):
    mine, theirs = make_returnee(by=an), make_returnee(by=binh, full_name="Y Krông Ayun")
    for person, by in ((mine, an), (theirs, binh)):
        flag(person, by)
    url = f"{reverse(route)}?person={mine.pk}&person={theirs.pk}&person=x"

    told = banner(signed_in(an).get(url))

    assert REASON in told
    assert "Ayun" not in told
    assert banner(signed_in(an).get(reverse(route))) == ""


def test_it_says_since_when_and_who_wrote_it_and_ends_with_its_last_day(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)
    row = flag(person, an, since=TODAY - timedelta(days=3))
    page = reverse("returnee-sentence", args=[person.pk])
    told = banner(client.get(page))
    assert f"{TODAY - timedelta(days=3):%d/%m/%Y}" in told
    assert an.full_name in told

    yesterday = TODAY - timedelta(days=1)
    assert client.post(reverse("safety-end", args=[row.pk]), {"until": f"{yesterday:%d/%m/%Y}"}).status_code == 302

    assert banner(client.get(page)) == ""
    assert REASON in client.get(reverse("returnee-needs", args=[person.pk])).content.decode()


def test_on_its_last_day_it_still_stands(an):
    row = flag(make_returnee(by=an), an)
    actions.safety.end(flag=row, on=TODAY, by=an)

    assert SafetyFlag.objects.standing(TODAY).get() == row
    assert row.stands(TODAY)
    assert not SafetyFlag.objects.standing(TODAY + timedelta(days=1)).exists()
    assert not row.stands(TODAY + timedelta(days=1))


def test_a_second_of_a_kind_is_refused_until_the_first_has_ended(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)
    row = flag(person, an, since=TODAY - timedelta(days=9))
    url = reverse("safety-add", args=[person.pk])
    sent = {**opened(client, url), "kind": "threatened", "reason": "Người khác dọa", "since": DAY}

    assert "Hồ sơ đang có lưu ý này" in client.post(url, sent).content.decode()
    actions.safety.end(flag=row, on=TODAY - timedelta(days=1), by=an)

    assert client.post(url, sent).status_code == 302
    assert SafetyFlag.objects.standing(TODAY).get().reason == "Người khác dọa"


def test_it_does_not_end_before_it_began_nor_twice_on_two_days(an, signed_in):
    row, client = flag(make_returnee(by=an), an), signed_in(an)
    url = reverse("safety-end", args=[row.pk])

    early = client.post(url, {"until": f"{TODAY - timedelta(days=1):%d/%m/%Y}"})
    assert "Ngày kết thúc trước ngày bắt đầu" in early.content.decode()
    actions.safety.end(flag=row, on=TODAY, by=an)

    assert client.post(url, {"until": DAY}).status_code == 302
    other = client.post(url, {"until": f"{TODAY - timedelta(days=1):%d/%m/%Y}"})
    assert other.status_code == 200
    assert AuditEvent.objects.filter(verb="safetyflag.ended").count() == 1


def test_a_helper_and_the_device_are_told_nothing_of_it(an, giang, signed_in):
    person = make_returnee(by=an)
    make_group(returnee=person, lead=an, members=[("women", giang)])
    flag(person, an)
    device = actions.device.register(user=an, label="Chrome 109 · Android")

    helpers = signed_in(giang).get(reverse("returnee-detail", args=[person.pk]))
    taken = json.dumps(signed_in(an).post(reverse("trip-people"), {"device": device.uid}).json(), ensure_ascii=False)

    assert helpers.status_code == 200
    assert REASON not in helpers.content.decode()
    assert person.full_name in taken
    assert REASON not in taken
