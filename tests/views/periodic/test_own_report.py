"""The report of a unit above: made of what its communes had accepted, signed, numbered by the body that has a stamp."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from cases import actions
from cases.lib.period import Period
from cases.models import DocumentNumber, ReportDocument, ReportVersion
from tests.makers import TODAY, make_activity, make_campaign, make_cell, make_document, make_returnee, make_sent

LAST_MONTH = Period(TODAY - timedelta(days=40), TODAY - timedelta(days=10))


@pytest.fixture
def campaign(an, anh, dung, units):
    """The province asks; of Nam Đà a report with 21 meetings by hand was accepted."""
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    campaign = make_campaign(unit=units.province, by=dung, period=LAST_MONTH)
    days = {"start": LAST_MONTH.start, "end": LAST_MONTH.end, "signed_on": TODAY}
    make_cell(by=anh, document=make_document(by=anh, **days), value=21, reason="Sổ giấy ghi khác")
    submission = campaign.submissions.get(unit=units.nam_da)
    actions.campaign.accept(submission=submission, version=make_sent(submission=submission, by=anh), by=dung)
    return campaign


def answer(client, campaign, unit):
    client.post(reverse("campaign-answer", args=[campaign.pk]))
    return campaign.submissions.get(unit=unit)


def letter(submission, number=1):
    document = Document(BytesIO(submission.versions.get(number=number).letter))
    cells = [cell for table in document.tables for cell in table._cells]
    return "\n".join(each.text for part in (document, *cells) for each in part.paragraphs)


def test_a_province_sends_and_freezes_its_own(campaign, dung, units, signed_in):
    client = signed_in(dung)
    own = answer(client, campaign, units.province)
    page = client.get(reverse("submission-detail", args=[own.pk])).content.decode()

    client.post(reverse("submission-send", args=[own.pk]))

    own.refresh_from_db()
    assert "Số liệu được tổng hợp lúc này" in page
    assert (own.state, own.accepted.figures["encouragement"]) == ("accepted", 21)
    assert "Đã gửi, đã chốt" in client.get(reverse("submission-detail", args=[own.pk])).content.decode()
    assert ReportVersion.objects.frozen_since([units.krong_no], LAST_MONTH.end)  # it counted on these units
    assert "CÔNG AN TỈNH LÂM ĐỒNG" in letter(own)
    assert "21 lượt (*)" in letter(own)


def test_the_own_report_is_begun_once(campaign, dung, units, signed_in):
    client = signed_in(dung)

    assert answer(client, campaign, units.province) == answer(client, campaign, units.province)


def test_a_cluster_answers_through_the_body_that_has_a_stamp(campaign, chi, dung, units, signed_in):
    """Whatever the province sends and what its cluster sends stand in one register: no number twice."""
    for user, unit in ((chi, units.cluster), (dung, units.province)):
        client = signed_in(user)
        client.post(reverse("submission-send", args=[answer(client, campaign, unit).pk]))

    cluster = campaign.submissions.get(unit=units.cluster)
    assert cluster.state == "submitted"  # the province asked for it, and looks it through
    assert "trên địa bàn cụm Krông Nô" in letter(cluster)
    assert "Bộ Công an" not in letter(cluster).split("Nơi nhận")[1].split("Phụ lục")[0]  # it did not ask
    numbers = DocumentNumber.objects.filter(document__unit__in=(units.cluster, units.province))
    assert list(numbers.order_by("number").values_list("unit__name", "number")) == [
        ("Tỉnh Lâm Đồng", 1),
        ("Tỉnh Lâm Đồng", 2),
    ]


def test_a_unit_above_writes_and_sends_nothing_of_a_commune(campaign, dung, units, signed_in):
    client = signed_in(dung)
    theirs = campaign.submissions.get(unit=units.krong_no)
    days = f"from={LAST_MONTH.start:%d/%m/%Y}&to={LAST_MONTH.end:%d/%m/%Y}&lens=as-was"

    assert client.get(reverse("submission-send", args=[theirs.pk])).status_code == 403
    assert client.post(reverse("submission-send", args=[theirs.pk])).status_code == 403
    for route in ("report-document-edit", "report-cell"):
        assert client.get(f"{reverse(route)}?unit={units.krong_no.pk}&{days}").status_code == 403
    assert not theirs.versions.exists()


def test_a_correction_bears_its_own_day_and_says_which_letter_it_replaces(campaign, an, anh, dung, units):
    """The number stays: it is the same document of the register."""
    own = actions.campaign.answer(campaign=campaign, unit=units.province, by=dung)
    first = make_sent(submission=own, by=dung, on=TODAY - timedelta(days=3))
    make_activity(make_returnee(by=an, unit=units.dak_sak), by=an, on=LAST_MONTH.end)
    own.refresh_from_db()

    second = make_sent(submission=own, by=dung, reason="Ghi bổ sung")

    assert second.number == 2
    said = letter(own, number=2)
    assert f"ngày {TODAY:%d} tháng" in said
    assert f"thay bản gửi ngày {TODAY:%d/%m/%Y}" in said  # on which the first was sent
    assert first.texts["head"].split(",")[0] == second.texts["head"].split(",")[0]


def test_a_correction_accepted_below_is_told_where_it_is_missing(campaign, an, anh, dung, units, signed_in):
    own = actions.campaign.answer(campaign=campaign, unit=units.province, by=dung)
    make_sent(submission=own, by=dung)
    below = campaign.submissions.get(unit=units.nam_da)
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.start)
    version = make_sent(submission=below, by=anh, reason="Ghi bổ sung")
    actions.campaign.accept(submission=below, version=version, by=dung)

    page = signed_in(dung).get(reverse("submission-detail", args=[own.pk])).content.decode()

    assert "Xã Nam Đà: số liệu đã sửa chưa có trong bản này" in page


def test_what_was_given_back_is_said_on_the_home_of_the_chief(campaign, anh, dung, units, signed_in):
    make_cell(by=anh, document=ReportDocument.objects.get(unit=units.nam_da), value=22, reason="Cộng lại sổ")
    submission = campaign.submissions.get(unit=units.nam_da)
    version = make_sent(submission=submission, by=anh, reason="Cộng lại sổ")
    told = {"comment": "Xem lại số lượt gặp gỡ", "cells": {}}
    actions.campaign.give_back(submission=submission, version=version, by=dung, **told)

    page = signed_in(anh).get(reverse("home")).content.decode()

    assert "Tỉnh Lâm Đồng trả lại báo cáo" in page
    assert "Xem lại số lượt gặp gỡ" in page
