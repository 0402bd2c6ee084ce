"""What was sent is shown and handed out as it was sent, byte for byte, or not at all."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from cases import actions
from cases.lib.period import Period
from cases.models import AuditEvent, ReportVersion
from tests.makers import TODAY, make_activity, make_campaign, make_cell, make_document, make_returnee, make_sent

LAST_MONTH = Period(TODAY - timedelta(days=40), TODAY - timedelta(days=10))
REASON = "Cộng thêm sổ giấy"


@pytest.fixture
def asked(an, units):
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    campaign = make_campaign(unit=units.cluster, by=an, period=LAST_MONTH)
    return campaign.submissions.get(unit=units.nam_da)


@pytest.fixture
def by_hand(asked, an):
    """The same, with 12 written in the place of the 1 that is counted."""
    document = make_document(by=an, start=LAST_MONTH.start, end=LAST_MONTH.end, signed_on=LAST_MONTH.end)
    make_cell(by=an, document=document, value=12, reason=REASON)
    return asked


def url(route, submission, query=""):
    return reverse(f"submission-{route}", args=[submission.pk]) + query


def opened(client, route, submission, query=""):
    response = client.get(url(route, submission, query))
    assert response.status_code == 200
    return response.content.decode()


def letter_of(made):
    document = Document(BytesIO(made))
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "STT")
    cells = {row.cells[1].text: row.cells[3].text for row in table.rows}
    return "\n".join(paragraph.text for paragraph in document.paragraphs), cells["Gặp gỡ, động viên"]


def cell_of(made):
    rows = load_workbook(BytesIO(made)).worksheets[0].iter_rows(values_only=True)
    return next((row[3], row[7]) for row in rows if row[1] == "Gặp gỡ, động viên")


def test_a_figure_by_hand_is_sent_with_what_was_counted_and_why(by_hand, anh):
    version = make_sent(submission=by_hand, by=anh)
    words, cell = letter_of(version.letter)

    assert version.figures["encouragement"] == 12
    assert version.typed == {"encouragement": {"counted": 1, "reason": REASON, "by": "Lê Văn An"}}
    assert len(version.lines["encouragement"]) == 1
    assert cell == "12 (*)"
    assert f"số nhập tay 12; số đếm được 1; lý do: {REASON}" in words
    assert "gặp gỡ, động viên 12 lượt" in words
    assert cell_of(version.workbook) == (12, f"Nhập tay; số đếm được: 1. Lý do: {REASON}")


@pytest.mark.parametrize("is_sent", [False, True], ids=["draft", "version"])
def test_a_figure_by_hand_is_marked_on_the_page_and_the_list_holds_what_was_counted(
    is_sent, by_hand, anh, chi, signed_in
):
    if is_sent:
        make_sent(submission=by_hand, by=anh)
    client = signed_in(chi)

    shown = opened(client, "detail", by_hand)
    assert "<span>12</span>" in shown
    assert f"Nhập tay: {REASON} (Lê Văn An)" in shown
    address, counted = re.search(r'data-figure="encouragement" href="([^"]+)"[^>]*>(\d+)<', shown).groups()
    assert counted == "1"
    assert 'data-count="1"' in client.get(address.replace("&amp;", "&")).content.decode()


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_file_is_the_same_bytes_whenever_it_is_taken_and_in_whatever_language(form, asked, an, anh, chi, signed_in):
    version = make_sent(submission=asked, by=anh)
    actions.campaign.accept(submission=asked, version=version, by=chi)
    client = signed_in(chi)

    first = client.post(url(form, asked), {"version": 1})
    make_activity(make_returnee(by=an), by=an, on=LAST_MONTH.end)
    client.post(reverse("set_language"), {"language": "en"})
    again = client.post(url(form, asked), {"version": "x"})

    kept = {"docx": version.letter, "xlsx": version.workbook}[form]
    assert first.content == again.content == bytes(kept)
    assert f"ban-1.{form}" in first["Content-Disposition"]
    taken = AuditEvent.objects.filter(verb="submission.downloaded")
    assert [row.after for row in taken] == [{"version": 1, "format": form}] * 2


def test_the_workbook_of_a_version_says_its_figures_and_who_sent_them(asked, anh):
    book = load_workbook(BytesIO(make_sent(submission=asked, by=anh).workbook))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]

    assert cell_of(make_sent(submission=asked, by=anh).workbook) == (1, None)
    assert any(str(cell).startswith("Trần Quốc Anh, Xã Nam Đà gửi lúc ") for cell in cells)


def test_the_same_report_makes_the_same_letter_again(by_hand, anh):
    first = make_sent(submission=by_hand, by=anh)

    assert make_sent(submission=by_hand, by=anh) == first
    assert by_hand.versions.count() == 1


@pytest.fixture
def forged(asked, anh):
    """A version whose figures were changed behind the application's back."""
    version = make_sent(submission=asked, by=anh)
    version.pk, version.number, version.figures = None, 2, {**version.figures, "encouragement": 99}
    ReportVersion.objects.bulk_create([version])
    return version


def test_a_version_that_is_not_as_it_was_sent_is_told_of(forged, asked, chi, signed_in):
    client = signed_in(chi)
    said = "không còn đúng như khi gửi"

    assert said in opened(client, "detail", asked)
    assert url("docx", asked) not in opened(client, "detail", asked)
    assert said in opened(client, "list", asked, "?version=2")
    assert said not in opened(client, "detail", asked, "?version=1")
    for form in ("docx", "xlsx"):
        response = client.post(url(form, asked), {"version": 2}, follow=True)
        assert response["Content-Type"].startswith("text/html")
        assert said in response.content.decode()
    assert not AuditEvent.objects.filter(verb="submission.downloaded").exists()


def test_a_version_that_is_not_as_it_was_sent_is_not_accepted(forged, asked, chi, signed_in):
    signed_in(chi).post(url("accept", asked), {"version": 2})

    asked.refresh_from_db()
    assert asked.state == "submitted"


def test_the_frozen_list_asks_as_often_for_nine_people_as_for_one(asked, an, anh, chi, signed_in):
    client = signed_in(anh)

    def queries():
        version = make_sent(submission=asked, by=anh)
        with CaptureQueriesContext(connection) as captured:
            opened(client, "list", asked, "?indicator=encouragement")
        actions.campaign.give_back(submission=asked, version=version, comment="Xem lại", cells={}, by=chi)
        return len(captured)

    queries()
    few = queries()
    for number in range(8):
        make_activity(make_returnee(by=an, full_name=f"Người {number}"), by=an, on=LAST_MONTH.end)

    assert queries() == few
