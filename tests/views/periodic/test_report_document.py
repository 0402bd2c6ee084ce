"""The pages of the official report: what is written stays, what is counted follows, what is by hand is marked."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from cases.lib.period import Period
from cases.models import AuditEvent, DocumentNumber, ReportCell, ReportDocument
from tests.makers import TODAY, make_activity, make_campaign, make_cell, make_document, make_returnee

YEAR = {"from": "15/12/2025", "to": "14/12/2026"}
OVER = {"from": "15/12/2024", "to": "14/12/2025"}
WITHOUT_NAME = "Chưa ghi tên người ký văn bản"
REASON = "Cộng thêm sổ giấy tháng 3"


def url(route="report-document", **query):
    return reverse(route, query={**YEAR, **query})


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def written(client, address, **changes):
    """The form as it stands on the page, with changes, sent."""
    form = client.get(address).context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    data["signed_on"] = f"{form['signed_on'].value():%d/%m/%Y}"
    return client.post(address, {**data, **changes})


@pytest.fixture
def met(an):
    return make_activity(make_returnee(by=an, completed_on=TODAY, presented_on=TODAY), by=an)


def test_a_text_that_was_written_stays_and_the_others_follow_the_figures(met, an, signed_in):
    client = signed_in(an)

    assert written(client, url("report-document-edit"), directions="Mở lớp nghề hàn.").status_code == 302

    stored = ReportDocument.objects.get()
    assert (stored.directions, stored.results, stored.place, stored.recipients) == ("Mở lớp nghề hàn.", "", "", "")
    make_activity(make_returnee(by=an), by=an)
    shown = page(client, url())
    assert "Mở lớp nghề hàn." in shown
    assert "gặp gỡ, động viên 2 lượt" in shown


def test_the_way_back_leads_from_a_form_over_the_letter_to_the_report(an, signed_in):
    client = signed_in(an)
    ways = [client.get(url(route)).context["crumbs"] for route in ("report-document", "report-document-edit")]

    letter, form = ([step.get("url", "").partition("?")[0] for step in way] for way in ways)
    assert letter == [reverse("report-show"), ""]
    assert form == [reverse("report-show"), reverse("report-document"), ""]


def test_the_letter_shows_who_signs(anh, an, signed_in):
    client = signed_in(an)
    written(client, url("report-document-edit"), capacity="KT.", signatory_rank="Thượng úy", signatory_name="Lê An")

    shown = page(client, url())
    assert "KT. TRƯỞNG CÔNG AN XÃ" in shown
    assert "Thượng úy Lê An" in shown


def test_the_chief_signs_unless_somebody_else_is_named(anh, an, signed_in):
    assert "Đại úy Trần Quốc Anh" in page(signed_in(an), url())


def test_a_wrong_day_is_said_and_nothing_typed_is_lost(an, signed_in):
    response = written(signed_in(an), url("report-document-edit"), signed_on="31/02/2026", directions="Giữ lại")

    assert response.status_code == 200
    assert "31/02/2026" in response.content.decode()
    assert "Giữ lại" in response.content.decode()
    assert not ReportDocument.objects.exists()


def test_taking_the_number_twice_takes_one(an, signed_in):
    client = signed_in(an)
    for _ in range(2):
        client.post(url("report-number", **OVER))

    assert DocumentNumber.objects.get().number == 1
    assert "Số: 01/BC-CAX" in page(client, url(**OVER))


def test_a_letter_of_a_running_period_takes_no_number(an, signed_in):
    client = signed_in(an)

    assert reverse("report-number") not in page(client, url())
    client.post(url("report-number"))
    assert not DocumentNumber.objects.exists()


def test_a_letter_that_was_asked_for_takes_its_number_when_it_is_sent(an, units, signed_in):
    client, period = signed_in(an), Period(date(2024, 12, 15), date(2025, 12, 14))
    submission = make_campaign(unit=units.cluster, by=an, period=period).submissions.get(unit=units.nam_da)
    figures = reverse("submission-detail", args=[submission.pk])

    shown = page(client, url(**OVER))
    assert reverse("report-number") not in shown
    assert figures in shown
    assert client.post(url("report-number", **OVER)).url == figures
    assert not DocumentNumber.objects.exists()


def test_a_letter_without_a_name_below_it_is_warned_of(an, anh, signed_in):
    client = signed_in(an)
    assert WITHOUT_NAME not in page(client, url(**OVER))

    written(client, url("report-document-edit", **OVER), signatory_name="")
    assert WITHOUT_NAME in page(client, url(**OVER))


def test_a_figure_by_hand_is_marked_on_the_page_and_in_the_file(met, an, signed_in):
    client = signed_in(an)
    address = url("report-cell", figure="encouragement")
    response = client.post(address, {"value": "1.012", "reason": REASON})

    assert response.status_code == 302
    shown = page(client, url())
    assert ">1.012</span>" in shown
    assert "nhập tay; số đếm được: 1" in shown
    assert REASON in shown
    made = Document(BytesIO(client.post(url("report-docx")).content))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert f"số nhập tay 1.012; số đếm được 1; lý do: {REASON}" in text
    assert AuditEvent.objects.filter(verb="reportdocument.downloaded").exists()


def test_a_wrong_figure_by_hand_is_said_beside_its_field(an, signed_in):
    client, address = signed_in(an), url("report-cell", figure="encouragement")
    wrong = [("", "x"), ("12", ""), ("12,5", "x"), ("-3", "x"), ("nhiều", "x"), ("9" * 19, "x")]

    for value, reason in wrong:
        response = client.post(address, {"value": value, "reason": reason})
        assert response.status_code == 200, value
        assert "is-invalid" in response.content.decode(), value
    assert not ReportCell.objects.exists()


def test_the_counted_figure_stands_again_with_a_reason(met, an, signed_in):
    cell = make_cell(by=an)
    client, address = signed_in(an), reverse("report-cell-withdraw", args=[cell.pk])

    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "Đã nhập đủ"}).status_code == 302
    assert 'data-total="encouragement">1<' in page(client, url())


def test_a_reviewer_reads_and_writes_nothing(an, chi, units, signed_in):
    make_document(by=an, directions="Mở lớp nghề hàn.")
    client = signed_in(chi)

    shown = page(client, url(unit=units.nam_da.pk))
    assert "Mở lớp nghề hàn." in shown
    assert reverse("report-document-edit") not in shown
    assert client.get(url("report-document-edit", unit=units.nam_da.pk)).status_code == 403


def test_an_unknown_figure_is_not_found(an, signed_in):
    assert signed_in(an).get(url("report-cell", figure="no-such")).status_code == 404


def test_the_report_page_shows_the_period_before(an, chi, signed_in):
    make_activity(make_returnee(by=an), by=an)
    make_activity(make_returnee(by=an), by=an, on=TODAY - timedelta(days=9))
    query = {"from": f"{TODAY:%d/%m/%Y}", "to": f"{TODAY:%d/%m/%Y}"}

    shown = page(signed_in(chi), reverse("report-show", query=query))
    figure = re.search(r'data-total="encouragement".*?figure-before">(.*?)</p>', shown, re.DOTALL)[1]
    figure = " ".join(re.sub(r"<[^>]*>", "", figure).split())
    assert figure == "Kỳ trước: 0 · +1"


def test_the_official_report_is_in_vietnamese_whatever_the_reader_speaks(met, an, signed_in):
    client = signed_in(an)
    client.post(reverse("set_language"), {"language": "en"})

    shown = page(client, url())
    assert "Gặp gỡ, động viên" in shown
    assert "Tải Word" not in shown
