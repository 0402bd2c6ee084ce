"""Reports sent up: the pages of commune and reviewer, from the question to the frozen answer."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.lib.period import Period
from cases.models import Campaign, DocumentNumber, Returnee, Submission
from tests.makers import TODAY, make_activity, make_campaign, make_document, make_judgment, make_returnee, make_sent

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

    changes = page(reviewer, "submission-detail", asked.pk)
    assert "Thiếu một lượt" in changes[changes.index('id="changes"') : changes.index('id="part-return"')]
    assert "Thiếu một lượt" in page(reviewer, "submission-detail", asked.pk, query="?version=1")
    asked.refresh_from_db()
    assert (asked.state, asked.accepted.number) == ("accepted", 2)
    assert asked.accepted.checksum[:16] in page(commune, "submission-detail", asked.pk)


def test_what_the_unit_above_asks_for_stands_with_the_commune_until_the_report_is_accepted(asked, anh, chi, signed_in):
    Campaign.objects.update(note="Gửi đủ số vay vốn")
    commune = signed_in(anh)
    before = [page(commune, "campaign-list"), page(commune, "submission-detail", asked.pk)]
    sent = make_sent(submission=asked, by=anh)
    signed_in(chi).post(reverse("submission-accept", args=[asked.pk]), {"version": sent.number})

    assert all("Gửi đủ số vay vốn" in shown for shown in before)
    assert "Gửi đủ số vay vốn" not in page(commune, "submission-detail", asked.pk)


def test_the_list_of_what_is_owed_tells_how_far_each_report_is(asked, anh, signed_in):
    assert '<span class="chip chip-brick">' in page(signed_in(anh), "campaign-list")

    make_sent(submission=asked, by=anh)

    owed = page(signed_in(anh), "campaign-list")
    assert '<span class="chip chip-sky">' in owed
    assert str(Submission.State.SUBMITTED.label) in owed


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


def test_an_accepted_report_says_so_in_the_words_of_an_office(asked, anh, chi, signed_in):
    actions.campaign.accept(submission=asked, version=make_sent(submission=asked, by=anh), by=chi)

    shown = page(signed_in(chi), "submission-detail", asked.pk)

    assert "Đã duyệt" in shown
    assert "Nhận vào làm" not in shown


def test_a_correction_on_its_way_leaves_the_accepted_version_in_sight(asked, an, anh, chi, signed_in):
    actions.campaign.accept(submission=asked, version=make_sent(submission=asked, by=anh), by=chi)
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    client = signed_in(anh)

    url = reverse("submission-send", args=[asked.pk])
    assert client.post(url, {"reason": " "}).status_code == 200
    client.post(url, {"reason": "Ghi bổ sung"})

    shown = page(signed_in(chi), "submission-detail", asked.pk)
    assert "Bản số 1 đã duyệt vẫn được tính cho đến khi bản sửa được duyệt" in shown
    assert "Khác so với bản số 1" in shown
    asked.refresh_from_db()
    assert (asked.state, asked.accepted.number) == ("submitted", 1)


def test_a_correction_without_a_change_is_refused_in_words_and_takes_no_number(asked, anh, chi, signed_in):
    actions.campaign.accept(submission=asked, version=make_sent(submission=asked, by=anh), by=chi)

    response = signed_in(anh).post(reverse("submission-send", args=[asked.pk]), {"reason": "Gửi lại cho chắc"})

    assert "giống hệt bản số 1 đã duyệt" in response.content.decode()
    assert "Gửi lại cho chắc" in response.content.decode()
    assert (asked.versions.count(), DocumentNumber.objects.count()) == (1, 1)


def test_a_report_refused_takes_no_number(an, anh, units, signed_in):
    running = Period(TODAY - timedelta(days=3), TODAY + timedelta(days=3))
    submission = make_campaign(unit=units.cluster, by=an, period=running).submissions.get(unit=units.nam_da)

    assert signed_in(anh).post(reverse("submission-send", args=[submission.pk])).status_code == 200
    assert not DocumentNumber.objects.exists()


def test_who_signs_and_which_number_are_said_before_sending(asked, an, anh, signed_in):
    client = signed_in(anh)
    shown = page(client, "submission-send", asked.pk)
    assert "Người ký văn bản: Đại úy Trần Quốc Anh" in shown
    assert "khi gửi" in shown

    make_document(by=an, start=LAST_MONTH.start, end=LAST_MONTH.end, signed_on=TODAY)
    assert "Chưa ghi tên người ký văn bản" in page(client, "submission-send", asked.pk)


@pytest.mark.parametrize("state", ["draft", "sent", "correction"])
@pytest.mark.parametrize("route", ["submission-detail", "submission-send"])
def test_a_report_runs_as_many_queries_for_nine_people_as_for_one(route, state, asked, an, anh, chi, signed_in):
    """Two searches of the records, some thirty questions each; none for a figure of its own."""
    make_judgment(returnee=Returnee.objects.get(), by=an)
    if state != "draft":
        actions.campaign.accept(submission=asked, version=make_sent(submission=asked, by=anh), by=chi)
    client, url = signed_in(anh), reverse(route, args=[asked.pk]) + ("?version=now" if state == "correction" else "")
    client.get(url)

    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    for _ in range(8):
        person = make_returnee(by=an)
        make_judgment(returnee=person, by=an)
        make_activity(person, by=an, on=LAST_MONTH.end)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200

    assert len(many) == len(few)
    assert len(few) < 70


def test_sending_counts_the_records_once_however_many_there_are(asked, an, anh, signed_in):
    client, url = signed_in(anh), reverse("submission-send", args=[asked.pk])

    def sent():
        make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
        with CaptureQueriesContext(connection) as captured:
            assert client.post(url).status_code == 302
        Submission.objects.filter(pk=asked.pk).update(state="returned", comment="Xem lại")
        return len(captured)

    sent()
    few = sent()
    for _ in range(5):
        make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    assert sent() == few


def test_one_report_answers_two_units_that_ask_for_the_same_period(asked, an, anh, dung, units, signed_in):
    above = make_campaign(unit=units.province, by=an, period=LAST_MONTH).submissions.get(unit=units.nam_da)
    later = make_campaign(unit=units.province, by=an, period=LAST_MONTH.previous()).submissions.get(unit=units.nam_da)
    commune = signed_in(anh)
    assert "Tỉnh Lâm Đồng cũng yêu cầu kỳ này" in page(commune, "submission-send", asked.pk)

    commune.post(reverse("submission-send", args=[asked.pk]))

    sent, too = asked.versions.get(), above.versions.get()
    assert (too.content, bytes(too.letter)) == (sent.content, bytes(sent.letter))
    assert DocumentNumber.objects.count() == 1
    assert not later.versions.exists()
    signed_in(dung).post(reverse("submission-accept", args=[above.pk]), {"version": 1})
    assert [Submission.objects.get(pk=each.pk).state for each in (asked, above)] == ["submitted", "accepted"]


def test_what_a_unit_has_accepted_is_not_sent_to_it_again(asked, an, anh, dung, units, signed_in):
    above = make_campaign(unit=units.province, by=an, period=LAST_MONTH).submissions.get(unit=units.nam_da)
    actions.campaign.accept(submission=above, version=make_sent(submission=above, by=anh), by=anh)

    signed_in(anh).post(reverse("submission-send", args=[asked.pk]))

    assert (asked.versions.count(), above.versions.count()) == (1, 1)


def test_a_word_beside_a_figure_is_enough_to_give_a_report_back(asked, anh, chi, signed_in):
    sent, back = make_sent(submission=asked, by=anh), reverse("submission-give-back", args=[asked.pk])
    reviewer = signed_in(chi)

    assert "Ghi rõ nội dung cần sửa." in reviewer.post(back, {"version": sent.pk}).content.decode()
    reviewer.post(back, {"version": sent.pk, "cell-encouragement": "Thiếu một lượt"})

    asked.refresh_from_db()
    assert (asked.state, asked.comment) == ("returned", "Xem lại các chỉ tiêu: Gặp gỡ, động viên")
    assert "Thiếu một lượt" in page(signed_in(anh), "submission-detail", asked.pk)
