"""Needs by pathway, groups A–D proposed and approved."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Assessment, Need, Organisation
from tests.makers import TODAY, make_returnee
from tests.opened import opened

DAY = f"{TODAY:%d/%m/%Y}"


@pytest.fixture
def person(an):
    return make_returnee(by=an)


@pytest.fixture
def need(person, an):
    row = Need(returnee=person, pathway="work", text="Việc làm gần nhà", state_on=TODAY)
    return actions.need.record(need=row, by=an)


def test_a_need_is_recorded_once(person, an, signed_in):
    form = {"uid": str(uuid4()), "pathway": "papers", "text": "Căn cước", "state": "not_started", "state_on": DAY}

    for _time in range(2):
        assert signed_in(an).post(reverse("need-add", args=[person.pk]), form).status_code == 302

    assert Need.objects.get().text == "Căn cước"


def test_the_state_of_a_need_changes_with_its_day(need, an, signed_in):
    url, client = reverse("need-state", args=[need.pk]), signed_in(an)
    form = {**opened(client, url), "state_on": DAY}

    assert client.post(url, {**form, "state": "forged"}).status_code == 200
    assert client.post(url, {**form, "state": "met"}).status_code == 302

    need.refresh_from_db()
    assert need.state == "met"
    page = signed_in(an).get(reverse("returnee-needs", args=[need.returnee_id])).content.decode()
    assert "Việc làm gần nhà" in page


def test_another_body_takes_a_need_over(need, an, organisations, signed_in):
    women = Organisation.objects.get(code="women")
    url = reverse("need-state", args=[need.pk])
    client = signed_in(an)

    client.post(url, {**opened(client, url), "state": "in_progress", "state_on": DAY, "responsible": women.pk})

    need.refresh_from_db()
    assert need.responsible == women
    assert client.get(url).context["form"]["responsible"].value() == women.pk


def test_the_chief_sees_what_the_records_speak_for_before_approving(person, an, anh, signed_in):
    assessment = Assessment(returnee=person, group="A", on=TODAY, reason="Có việc")
    actions.assessment.propose(assessment=assessment, by=an)
    url = reverse("assessment-approve", args=[assessment.pk])

    before = signed_in(anh).get(url)
    actions.assessment.approve(assessment=assessment, on=TODAY, by=anh)

    assert "chưa gặp riêng lần nào" in before.content.decode().lower()
    assert signed_in(anh).get(url).context["suggestion"] is None


@pytest.mark.parametrize(("who", "status"), [("binh", 404), ("chi", 403), ("em", 403), ("giang", 403)])
def test_nobody_else_writes_needs(who, status, need, person, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    for url in (
        reverse("need-state", args=[need.pk]),
        reverse("need-add", args=[person.pk]),
        reverse("assessment-add", args=[person.pk]),
    ):
        assert client.get(url).status_code == status


def propose(client, person, **changes):
    form = {"uid": str(uuid4()), "group": "B", "on": DAY, "reason": "Chưa có việc làm", **changes}
    return client.post(reverse("assessment-add", args=[person.pk]), form)


def test_a_group_is_proposed_by_an_officer_and_approved_by_the_chief(person, an, anh, signed_in):
    assert propose(signed_in(an), person).status_code == 302
    assessment = Assessment.objects.get()
    url = reverse("assessment-approve", args=[assessment.pk])

    assert signed_in(an).post(url).status_code == 403
    assert "Chưa có việc làm" in signed_in(anh).get(url).content.decode()
    assert signed_in(anh).post(url).status_code == 302

    assessment.refresh_from_db()
    assert (assessment.approved_by, assessment.approved_on) == (anh, TODAY)


def test_the_tab_shows_proposed_and_approved_groups(person, an, anh, signed_in):
    propose(signed_in(an), person)
    propose(signed_in(an), person, group="A", reason="Đã có việc")
    actions.assessment.approve(assessment=Assessment.objects.get(group="A"), on=TODAY, by=anh)

    page = signed_in(anh).get(reverse("returnee-needs", args=[person.pk])).content.decode()

    assert page.count(reverse("assessment-approve", args=[Assessment.objects.get(group="B").pk])) == 1
    assert reverse("assessment-approve", args=[Assessment.objects.get(group="A").pk]) not in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"group": "E"}, "group"),
        ({"reason": ""}, "reason"),
        ({"reason": "x" * 10_000_000}, "reason"),
        ({"on": f"{TODAY + timedelta(days=1):%d/%m/%Y}"}, "on"),
    ],
)
def test_a_wrong_proposal_is_refused_at_its_field(changes, field, person, an, signed_in):
    assert list(propose(signed_in(an), person, **changes).context["form"].errors) == [field]


def test_the_tab_says_what_a_need_opens_the_way_to_and_what_was_not_looked_at(need, person, an, signed_in):
    actions.need.record(need=Need(returnee=person, pathway="housing", text="Chỗ ở", state_on=TODAY), by=an)
    response = signed_in(an).get(reverse("returnee-needs", args=[person.pk]))

    assert [row.pathway for row in response.context["needs"]] == ["housing", "work"]
    assert "work" not in response.context["not_looked_at"]
    assert f"{reverse('need-add', args=[person.pk])}?pathway=health" in response.content.decode()


@pytest.mark.parametrize(("state", "unlocks"), [("not_started", 1), ("in_progress", 1), ("met", 0), ("declined", 0)])
def test_a_need_opens_the_way_only_while_it_waits(state, unlocks):
    assert len(Need(pathway="housing", state=state).unlocks) == unlocks
    assert Need(pathway="attitude", state=state).unlocks == []


def test_a_pathway_of_the_address_is_chosen_in_the_form(person, an, signed_in):
    url = reverse("need-add", args=[person.pk])

    assert signed_in(an).get(url, {"pathway": "health"}).context["form"]["pathway"].value() == "health"
    assert 'value="forged"' not in signed_in(an).get(url, {"pathway": "forged"}).content.decode()


def test_the_suggestion_stands_above_the_form_and_chooses_nothing(person, an, signed_in):
    response = signed_in(an).get(reverse("assessment-add", args=[person.pk]))

    assert response.context["suggestion"].group == ""
    assert response.context["form"]["on"].value() == TODAY
    assert not response.context["form"]["group"].value()


def assess(person, an, group, on=TODAY):
    return actions.assessment.propose(assessment=Assessment(returnee=person, group=group, on=on, reason="Xét"), by=an)


def test_a_bad_assessment_asks_for_a_goal_until_a_need_is_pending_and_stops_nobody(person, an, anh, signed_in):
    told = "chưa có nhu cầu nào đang theo dõi"
    row = assess(person, an, "C")
    tab, approve = reverse("returnee-needs", args=[person.pk]), reverse("assessment-approve", args=[row.pk])
    assert told in signed_in(an).get(tab).content.decode()
    assert told in signed_in(anh).get(approve).content.decode()

    actions.need.record(need=Need(returnee=person, pathway="attitude", text="Đến họp đủ", state_on=TODAY), by=an)

    assert told not in signed_in(an).get(tab).content.decode()
    assert told not in signed_in(anh).get(approve).content.decode()
    assert signed_in(anh).post(approve).status_code == 302


def test_a_worse_group_than_the_last_approved_asks_for_a_goal_too(person, an, anh, signed_in):
    told = "chưa có nhu cầu nào đang theo dõi"
    tab = reverse("returnee-needs", args=[person.pk])
    first = assess(person, an, "A", TODAY - timedelta(days=90))
    actions.assessment.approve(assessment=first, on=TODAY - timedelta(days=90), by=anh)
    assert told not in signed_in(an).get(tab).content.decode()

    worse = assess(person, an, "B")

    assert told in signed_in(an).get(tab).content.decode()
    assert told in signed_in(anh).get(reverse("assessment-approve", args=[worse.pk])).content.decode()
