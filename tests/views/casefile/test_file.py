"""The case file as each role sees it: header, tabs, timeline, history."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import AuditEvent, Crime
from cases.views.casefile import trail
from tests.makers import (
    TODAY,
    make_activity,
    make_group,
    make_judgment,
    make_meeting,
    make_paperwork,
    make_returnee,
)

TABS = ["returnee-detail", "returnee-sentence", "returnee-needs", "returnee-violations", "returnee-history"]


@pytest.fixture
def person(an):
    return make_returnee(by=an, full_name="Nguyễn Văn Dũng", born_on="1987", hamlet="Bon Jâng Kriêng")


def shown(client, route, person, query=""):
    response = client.get(reverse(route, args=[person.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("route", TABS)
def test_every_tab_tells_who_it_is_and_never_in_the_browser_s_tab(route, person, an, signed_in):
    make_judgment(returnee=person, by=an)

    page = shown(signed_in(an), route, person)

    assert "Nguyễn Văn Dũng" in page
    assert "Bon Jâng Kriêng" in page
    assert "Dũng" not in page[page.index("<title>") : page.index("</title>")]


@pytest.mark.parametrize("route", TABS)
@pytest.mark.parametrize(("who", "status"), [("binh", 404), ("chi", 200), ("dung", 200), ("em", 403)])
def test_a_file_opens_in_scope_only(route, who, status, person, request, signed_in):
    client = signed_in(request.getfixturevalue(who))

    assert client.get(reverse(route, args=[person.pk])).status_code == status


def test_every_opening_is_recorded(person, an, signed_in):
    shown(signed_in(an), "returnee-sentence", person)

    event = AuditEvent.objects.get(verb="returnee.opened")
    assert (event.actor, event.returnee_id, event.after) == ("Lê Văn An", person.pk, {"page": "returnee-sentence"})


def test_the_header_counts_days_and_names_what_is_due(person, an, signed_in):
    make_activity(person, by=an, on=TODAY - timedelta(days=63))
    make_paperwork(returnee=person, by=an, needed_on=TODAY - timedelta(days=40))

    response = signed_in(an).get(reverse("returnee-detail", args=[person.pk]))

    header = response.context["header"]
    assert (header.standing.silent_days, header.standing.tone, header.papers) == (63, "brick", 1)
    assert header.next_duty is not None
    assert {alert.route for alert in header.alerts} == {"returnee-paperwork", "returnee-group"}


def test_a_file_with_an_open_case_says_so_on_top(person, an, signed_in):
    crime = Crime(returnee=person, act_on=TODAY, offence="Trộm", severity=1, stage="charged")
    actions.violation.record(violation=crime, by=an)

    header = signed_in(an).get(reverse("returnee-needs", args=[person.pk])).context["header"]

    assert header.alerts[0].tone == "brick"


@pytest.mark.parametrize(("kind", "remarked"), [("residence_control", True), ("post_ban", False)])
def test_a_penalty_that_runs_on_stands_on_top_with_what_the_other_regime_asks(kind, remarked, person, an, signed_in):
    judgment = make_judgment(returnee=person, by=an)
    judgment.additional_penalties.create(kind=kind, done_on=TODAY + timedelta(days=90))

    header = signed_in(an).get(reverse("returnee-needs", args=[person.pk])).context["header"]

    (told,) = [alert.text for alert in header.alerts if alert.route == "returnee-sentence"]
    assert f"{TODAY + timedelta(days=90):%d/%m/%Y}" in told
    assert ("Nghị định 231/2026/NĐ-CP" in told) is remarked


def test_a_closed_file_shows_the_reason_and_no_more_logging(person, an, anh, signed_in):
    actions.returnee.close(returnee=person, on=TODAY, reason="died", by=anh)

    page = shown(signed_in(an), "returnee-detail", person)

    assert reverse("activity-add") + f"?person={person.pk}" not in page
    assert f"{TODAY:%d/%m/%Y}" in page


def test_the_timeline_shows_one_kind_when_asked_and_all_for_nonsense(person, an, signed_in):
    make_activity(person, by=an, note="Ghi chú của buổi gặp")
    make_meeting(person, by=an, present=[person])
    client = signed_in(an)

    assert "Ghi chú của buổi gặp" in shown(client, "returnee-detail", person, "?kind=contact")
    assert "Ghi chú của buổi gặp" not in shown(client, "returnee-detail", person, "?kind=session")
    assert "Ghi chú của buổi gặp" in shown(client, "returnee-detail", person, "?kind=<script>&after=-1")


def test_markup_in_a_name_or_note_stays_text(an, signed_in):
    person = make_returnee(by=an, full_name="<b>Dũng</b>", hamlet="=1+1")
    make_activity(person, by=an, note="<script>alert(1)</script>" * 20)

    page = shown(signed_in(an), "returnee-detail", person)

    assert "<b>Dũng" not in page
    assert "<script>alert" not in page


def test_history_says_what_changed_from_what_to_what(person, an, signed_in):
    person.hamlet = "Thôn Nam Hà"
    actions.returnee.correct(returnee=person, by=an)

    page = shown(signed_in(an), "returnee-history", person)

    assert '<del class="change-before">Bon Jâng Kriêng</del>' in page
    assert '<ins class="change-after">Thôn Nam Hà</ins>' in page


def test_history_lists_who_opened_the_file(person, an, chi, signed_in):
    shown(signed_in(chi), "returnee-detail", person)

    assert "Ngô Kim Chi" in shown(signed_in(an), "returnee-history", person, "?show=opened")
    assert "Ngô Kim Chi" not in shown(signed_in(an), "returnee-history", person)


def test_a_helper_sees_contact_and_next_meeting_only(person, an, giang, signed_in):
    make_group(returnee=person, lead=an, members=[("women", giang)])
    make_judgment(returnee=person, by=an, name="Trộm cắp tài sản")
    make_activity(person, by=an, note="Điều chỉ cán bộ biết")
    make_activity(person, by=giang, note="Đã đến thăm")

    page = shown(signed_in(giang), "returnee-detail", person)

    assert "Bon Jâng Kriêng" in page
    assert "Đã đến thăm" in page
    for secret in ("Trộm", "Điều chỉ cán bộ biết", "1987", person.file_number, f"{person.completed_on:%d/%m/%Y}"):
        assert secret not in page


@pytest.mark.parametrize("route", TABS[1:])
def test_a_helper_opens_no_other_tab(route, person, an, giang, signed_in):
    make_group(returnee=person, lead=an, members=[("women", giang)])

    assert signed_in(giang).get(reverse(route, args=[person.pk])).status_code == 403


def test_a_helper_does_not_find_people_of_others(person, giang, signed_in):
    assert signed_in(giang).get(reverse("returnee-detail", args=[person.pk])).status_code == 404


def test_a_withdrawn_file_is_gone(person, an, anh, signed_in):
    actions.row.withdraw(row=person, reason="Nhập nhầm", by=anh)

    assert signed_in(an).get(reverse("returnee-detail", args=[person.pk])).status_code == 404


def test_a_person_not_yet_presented_has_days_since_coming_home(an, signed_in):
    person = make_returnee(by=an, presented=False, completed_on=TODAY - timedelta(days=20))

    standing = signed_in(an).get(reverse("returnee-detail", args=[person.pk])).context["header"].standing

    assert (standing.status, standing.waiting_days, standing.tone) == ("not_presented", 20, "brick")


def test_somebody_who_comes_home_tomorrow_is_not_missed(an):
    person = make_returnee(by=an, presented=False, completed_on=TODAY + timedelta(days=1))

    assert person.status(TODAY) == "waiting"


def test_the_tabs_of_the_browser_tell_the_parts_apart_and_nothing_of_a_sentence(an, signed_in):
    person, client = make_returnee(by=an), signed_in(an)
    make_group(returnee=person, lead=an)
    titles = {}
    for tab, (route, _label) in trail.TABS.items():
        page = client.get(reverse(route, args=[person.pk])).content.decode()
        titles[tab] = " ".join(page[page.index("<title>") + 7 : page.index("</title>")].split())

    quiet = {titles[tab] for tab in ("timeline", "sentence", "clock", "violations")}
    assert quiet == {"Hồ sơ · Tái hòa nhập"}
    assert len(set(titles.values())) == len(trail.TABS) - 3
    assert not [title for title in titles.values() for word in ("án", "phạm", "tội") if word in title.lower().split()]
