"""The way over the court: an application is sent, refused, and the clock tells from when one may apply again."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from cases import actions
from cases.models import CourtApplication, Judgment, Offence, Verdict
from cases.reports.casefile import clearance, clock
from tests.makers import TODAY, make_returnee, make_served

DONE = date(2020, 1, 1)  # four years under chapter XIII: the court may be asked from 02/01/2023
COURT = "TAND tỉnh Lâm Đồng"


@pytest.fixture
def person(an):
    person = make_returnee(by=an, born_on="1985-02-03", completed_on=DONE, presented_on=DONE)
    act = Offence(name="x", article=117, clause=1, fault="deliberate", severity=3, act_on=date(2015, 1, 5))
    facts = {"main_penalty": "prison", "months": 48, "main_done_on": DONE, "main_done_how": "served"}
    judgment = Judgment(returnee=person, court=COURT, effective_on=date(2016, 1, 1), **facts)
    actions.judgment.add(judgment=judgment, parts=[act], by=an)
    return person


def sent_on(day, person, by):
    application = CourtApplication(returnee=person, court=COURT, filed_on=day)
    return actions.court_application.send(application=application, by=by)


def refuse(application, day, by):
    return actions.court_application.refuse(application=application, on=day, reference="", note="", by=by)


def due(person):
    return clock.build(person, TODAY).verdict.due_on


def test_who_applied_waits_for_the_court(person, an, signed_in):
    client, url = signed_in(an), reverse("court-add", args=[person.pk])
    assert client.get(url).context["form"]["court"].value() == COURT

    assert client.post(url, {"uid": uuid4(), "filed_on": "05/03/2024", "court": COURT}).status_code == 302

    shown = client.get(reverse("returnee-clock", args=[person.pk])).content.decode()
    assert "Đã nộp đơn đến Tòa án ngày 05/03/2024" in shown
    assert url not in shown


@pytest.mark.parametrize("court", ["Tòa án nhân dân khu vực 9 - Lâm Đồng", "TAND H. Krông Nô"])
def test_article_268_no_court_below_the_province_is_suggested_for_chapter_xiii(court, person, an, signed_in):
    Judgment.objects.filter(returnee=person).update(court=court)

    page = signed_in(an).get(reverse("court-add", args=[person.pk]))

    assert page.context["form"]["court"].value() == ""


def test_a_refusal_lets_one_apply_again_after_a_year_a_further_one_after_two(person, an, signed_in):
    first, refused_on = sent_on(TODAY - timedelta(days=40), person, an), TODAY - timedelta(days=10)
    url, sent = reverse("court-refusal", args=[first.pk]), {"refused_on": f"{refused_on:%d/%m/%Y}", "reference": "02"}

    response = signed_in(an).post(url, sent, follow=True)

    once = due(person)
    assert abs((once - refused_on).days - 366) <= 1
    assert any(f"{once:%d/%m/%Y}" in str(message) for message in response.context["messages"])
    assert Verdict.objects.filter(returnee=person).first().cause == "court"
    refuse(sent_on(refused_on, person, an), TODAY, an)
    assert abs((due(person) - TODAY).days - 731) <= 1


def test_who_waits_for_the_court_stands_in_a_list_of_their_own(person, an, signed_in):
    assert clearance.counts(an, TODAY).due == 1
    application = sent_on(TODAY - timedelta(days=40), person, an)

    counts = clearance.counts(an, TODAY)
    page = signed_in(an).get(reverse("expungement-list"), {"show": "court"}).content.decode()

    assert (counts.due, counts.court) == (0, 1)
    assert COURT in page
    refuse(application, TODAY - timedelta(days=20), an)
    assert (clearance.counts(an, TODAY).due, clearance.counts(an, TODAY).court) == (0, 0)


def test_a_refusal_taken_back_gives_the_day_back(person, an):
    before = due(person)
    application = refuse(sent_on(TODAY - timedelta(days=40), person, an), TODAY, an)
    assert due(person) > before

    actions.row.withdraw(row=application, by=an, reason="Nhập nhầm người")

    assert due(person) == before
    assert Verdict.objects.filter(returnee=person).first().due_on == before


def test_a_refusal_before_the_application_or_a_second_open_one_is_refused_in_words(person, an, signed_in):
    application, client = sent_on(TODAY - timedelta(days=5), person, an), signed_in(an)
    early = {"refused_on": f"{TODAY - timedelta(days=6):%d/%m/%Y}"}
    again = {"uid": uuid4(), "filed_on": f"{TODAY:%d/%m/%Y}", "court": COURT}

    refused = client.post(reverse("court-refusal", args=[application.pk]), early)
    second = client.post(reverse("court-add", args=[person.pk]), again)

    assert "refused_on" in refused.context["form"].errors
    assert second.context["form"].errors
    assert CourtApplication.objects.get().refused_on is None


def test_a_refusal_older_than_a_later_judgment_is_of_the_older_one_only(person, an):
    refuse(sent_on(date(2023, 2, 1), person, an), date(2023, 5, 1), an)
    make_served(returnee=person, by=an, done_on=TODAY - timedelta(days=30), act_on=date(2018, 2, 1))

    answer = clock.build(person, TODAY).verdict

    assert answer.status == "running"
    assert answer.missing == ()
