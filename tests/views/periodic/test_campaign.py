"""Asking for reports: the form, its periods, and how far the communes are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.lib.period import Period, PeriodKind, Profile, period_of
from cases.models import Campaign, Submission
from tests.makers import TODAY, make_activity, make_campaign, make_returnee, make_sent, make_unit

LAST_MONTH = Period(TODAY - timedelta(days=40), TODAY - timedelta(days=10))


@pytest.fixture
def asked(an, units):
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    campaign = make_campaign(unit=units.cluster, by=an, period=LAST_MONTH)
    return campaign.submissions.get(unit=units.nam_da)


def page(client, route, *args, query=""):
    response = client.get(reverse(route, args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def ask(client, **changes):
    """The form as it stands on the page, with changes, sent."""
    form = client.get(reverse("campaign-add")).context["form"]
    given = {"uid": form["uid"].value(), "period": form["period"].value(), "due_on": "01/01/2030"}
    return client.post(reverse("campaign-add"), {**given, **changes})


def test_a_reviewer_asks_every_commune_once_however_often_the_form_arrives(chi, units, signed_in):
    client = signed_in(chi)
    form = client.get(reverse("campaign-add")).context["form"]
    period = form.fields["period"].choices[1][1][1][0]
    given = {"uid": form["uid"].value(), "period": period, "due_on": f"{TODAY + timedelta(days=5):%d/%m/%Y}"}

    for _ in range(2):
        response = client.post(reverse("campaign-add"), given)

    assert response.status_code == 302
    assert Campaign.objects.get().submissions.count() == 2


def test_without_a_day_it_is_due_some_days_after_the_period_or_after_today(chi, units, signed_in):
    client = signed_in(chi)
    running = period_of(Profile.STATE, PeriodKind.YEAR, TODAY)
    long_ago = {"first_day": "03/02/2026", "last_day": "19/05/2026", "period": "days"}

    ask(client, due_on="", period=f"{running.start:%Y-%m-%d}_{running.end:%Y-%m-%d}")
    ask(client, due_on="", **long_ago)

    due = dict(Campaign.objects.values_list("period_end", "due_on"))
    assert due[running.end] == running.end + timedelta(days=5)
    assert due[date(2026, 5, 19)] == TODAY + timedelta(days=5)


@pytest.mark.parametrize(
    ("changes", "said"), [({"period": "x"}, "x"), ({"due_on": "01/01/2020"}, "01/01/2020"), ({"due_on": "mai"}, "mai")]
)
def test_a_wrong_question_is_answered_and_kept(changes, said, chi, units, signed_in):
    client = signed_in(chi)
    form = client.get(reverse("campaign-add")).context["form"]
    given = {"uid": form["uid"].value(), "period": form.fields["period"].choices[1][1][1][0], "due_on": "01/01/2030"}

    response = client.post(reverse("campaign-add"), {**given, **changes, "note": "Gửi sớm"})

    assert response.status_code == 200
    assert "Gửi sớm" in response.content.decode()
    assert said in response.content.decode()
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(("who", "asked"), [("chi", 2), ("dung", 3)])
def test_two_days_of_ones_own_are_a_period_too(who, asked, request, units, signed_in):
    client = signed_in(request.getfixturevalue(who))
    response = ask(client, period="days", first_day="03/02/2026", last_day="19/05/2026")

    campaign = Campaign.objects.get()
    assert response.url == reverse("campaign-detail", args=[campaign.pk])
    assert campaign.submissions.count() == asked
    assert f"{campaign.period_start:%d/%m/%Y}–{campaign.period_end:%d/%m/%Y}" == "03/02/2026–19/05/2026"


@pytest.mark.parametrize(
    ("days", "field"),
    [
        (("", "19/05/2026"), "first_day"),
        (("03/02/2026", ""), "last_day"),
        (("03/02/2026", "31/02/2026"), "last_day"),
        (("03/02/2026", "02/02/2026"), "last_day"),
        (("03/02/2006", "02/05/2026"), "last_day"),
        ((f"{TODAY + timedelta(days=1):%d/%m/%Y}", "31/12/2029"), "first_day"),
    ],
    ids=str,
)
def test_two_days_that_are_no_period_are_refused_at_their_field(days, field, chi, signed_in):
    first, last = days
    response = ask(signed_in(chi), period="days", first_day=first, last_day=last)

    assert list(response.context["form"].errors) == [field]
    assert not Campaign.objects.exists()


def test_days_beside_a_period_of_the_list_are_not_passed_over_in_silence(chi, signed_in):
    response = ask(signed_in(chi), first_day="03/02/2026")

    assert list(response.context["form"].errors) == ["period"]


def test_a_due_day_within_two_days_of_ones_own_is_refused(chi, signed_in):
    days = {"first_day": "03/02/2026", "last_day": "19/05/2026", "due_on": "19/05/2026"}

    assert ask(signed_in(chi), period="days", **days).status_code == 200
    assert not Campaign.objects.exists()


def test_a_question_that_reaches_no_commune_is_refused_in_words(chi, units, signed_in):
    before = {"first_day": "01/01/1990", "last_day": "31/12/1990"}
    for unit in (units.nam_da, units.krong_no):
        unit.valid_from = TODAY - timedelta(days=500)
        unit.save()

    response = ask(signed_in(chi), period="days", **before)

    assert "Ngày 31/12/1990, Cụm Krông Nô không có xã nào" in response.content.decode()
    assert not Campaign.objects.exists()


def test_a_late_commune_is_listed_as_late(an, chi, units, signed_in):
    period = Period(TODAY - timedelta(days=60), TODAY - timedelta(days=31))
    campaign = make_campaign(unit=units.cluster, by=an, period=period)

    shown = page(signed_in(chi), "campaign-detail", campaign.pk)

    assert shown.count("chip-brick") == 2


def test_what_was_accepted_counts_while_its_correction_is_pending_or_given_back(asked, an, anh, chi, signed_in):
    client = signed_in(chi)
    actions.campaign.accept(submission=asked, version=make_sent(submission=asked, by=anh), by=chi)
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    asked.refresh_from_db()
    correction = make_sent(submission=asked, by=anh, reason="Ghi bổ sung")

    assert "Đã duyệt 1/2, chờ xem 1, chưa gửi 1" in page(client, "campaign-list")
    assert "Đã duyệt 1/2, quá hạn 1" in page(client, "campaign-detail", asked.campaign_id)
    actions.campaign.give_back(submission=asked, version=correction, comment="Xem lại", cells={}, by=chi)
    assert "Đã duyệt 1/2, chờ xem 0, chưa gửi 1" in page(client, "campaign-list")
    shown = page(client, "campaign-detail", asked.campaign_id)
    assert "Đã duyệt 1/2, quá hạn 1" in shown
    assert shown.count("chip-brick") == 1
    assert "bản đã duyệt vẫn được tính" in shown


def test_the_pages_run_as_many_queries_for_six_communes_as_for_two(asked, an, anh, chi, units, signed_in):
    client, urls = signed_in(chi), [reverse("campaign-list"), reverse("campaign-detail", args=[asked.campaign_id])]
    make_sent(submission=asked, by=anh)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert [client.get(url).status_code for url in urls] == [200, 200]
        return len(captured)

    queries()
    few = queries()
    for number in range(4):
        unit = make_unit(kind="commune", code=f"9900{number}", name=f"Xã {number}", parent=units.cluster)
        late = Submission.objects.create(campaign=asked.campaign, unit=unit)
        make_sent(submission=late, by=anh)
    make_campaign(unit=units.cluster, by=an, period=Period(TODAY - timedelta(days=90), TODAY - timedelta(days=60)))

    assert queries() == few
