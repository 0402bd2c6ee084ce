"""Reports sent up: the pages of commune and reviewer, from the question to the frozen answer."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from cases import actions
from cases.lib.period import Period
from cases.models import Campaign, Submission
from cases.reports import frozen
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


def test_a_reviewer_asks_every_commune_once_however_often_the_form_arrives(chi, units, signed_in):
    client = signed_in(chi)
    form = client.get(reverse("campaign-add")).context["form"]
    period = form.fields["period"].choices[1][1][1][0]
    given = {"uid": form["uid"].value(), "period": period, "due_on": f"{TODAY + timedelta(days=5):%d/%m/%Y}"}

    for _ in range(2):
        response = client.post(reverse("campaign-add"), given)

    assert response.status_code == 302
    assert Campaign.objects.get().submissions.count() == 2


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


def test_from_the_draft_to_the_frozen_report(asked, an, anh, chi, signed_in):
    commune, reviewer = signed_in(anh), signed_in(chi)
    assert reverse("submission-send", args=[asked.pk]) in page(commune, "submission-detail", asked.pk)

    commune.post(reverse("submission-send", args=[asked.pk]))
    given = {"comment": "Xem lại số lượt", "version": asked.versions.get().pk, "cell-encouragement": "Thiếu một lượt"}
    reviewer.post(reverse("submission-give-back", args=[asked.pk]), given)
    assert "Thiếu một lượt" in page(commune, "submission-detail", asked.pk)

    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    assert 'id="changes"' in page(commune, "submission-detail", asked.pk)
    commune.post(reverse("submission-send", args=[asked.pk]))
    reviewer.post(reverse("submission-accept", args=[asked.pk]), {"version": 2})

    asked.refresh_from_db()
    assert (asked.state, asked.accepted.number) == ("accepted", 2)
    assert asked.accepted.checksum[:16] in page(commune, "submission-detail", asked.pk)


def test_every_frozen_figure_opens_as_many_lines_as_it_says(asked, an, anh, chi, signed_in):
    make_sent(submission=asked, by=anh)
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    client = signed_in(chi)

    figures = re.findall(
        r'data-figure="(\w+)" href="([^"]+)"[^>]*>([^<]+)<', page(client, "submission-detail", asked.pk)
    )

    counted = {"loan_amount", "mean_income", "reoffence_rate"}
    assert len(figures) > 25
    for key, address, shown in figures:
        if key not in counted:
            listed = client.get(address.replace("&amp;", "&")).content.decode()
            assert f'data-count="{shown.replace(".", "")}"' in listed, key


def test_a_late_commune_is_listed_as_late(an, chi, units, signed_in):
    period = Period(TODAY - timedelta(days=60), TODAY - timedelta(days=31))
    campaign = make_campaign(unit=units.cluster, by=an, period=period)

    shown = page(signed_in(chi), "campaign-detail", campaign.pk)

    assert shown.count("chip-brick") == 2


def test_the_neighbour_and_the_officer_may_not_send(asked, an, binh, chi, signed_in):
    url = reverse("submission-send", args=[asked.pk])

    assert [signed_in(who).post(url).status_code for who in (an, chi)] == [403, 403]
    assert signed_in(binh).get(reverse("submission-detail", args=[asked.pk])).status_code == 404
    assert not asked.versions.exists()


def test_a_reviewer_below_does_not_decide_what_the_unit_above_asked(an, anh, chi, dung, units, signed_in):
    make_returnee(by=an)
    campaign = make_campaign(unit=units.province, by=an, period=LAST_MONTH)
    submission = campaign.submissions.get(unit=units.nam_da)
    make_sent(submission=submission, by=anh)
    url = reverse("submission-accept", args=[submission.pk])

    assert signed_in(chi).post(url, {"version": 1}).status_code == 403
    assert signed_in(dung).post(url, {"version": "x"}).status_code == 302
    assert Submission.objects.get(pk=submission.pk).state == "accepted"


def test_a_second_tab_learns_what_happened_meanwhile(asked, anh, chi, signed_in):
    version = make_sent(submission=asked, by=anh)
    actions.campaign.accept(submission=asked, version=version, by=chi)

    response = signed_in(chi).post(
        reverse("submission-give-back", args=[asked.pk]), {"comment": "Xem lại", "version": version.pk}
    )

    assert response.status_code == 200
    assert "Xem lại" in response.content.decode()


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


def test_a_frozen_letter_is_the_same_bytes_whenever_it_is_printed(asked, an, anh, chi, signed_in):
    version = make_sent(submission=asked, by=anh)
    actions.campaign.accept(submission=asked, version=version, by=chi)
    url, client = reverse("submission-docx", args=[asked.pk]), signed_in(chi)

    first = client.post(url, {"version": 1})
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    again = client.post(url, {"version": "x"})

    assert first.content == again.content == bytes(version.letter)
    draft = frozen.Draft(version.figures, version.previous, version.lines)
    assert frozen.letter(asked.unit, LAST_MONTH, draft, TODAY) == first.content
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(first.content)).paragraphs)
    assert "BÁO CÁO" in words
