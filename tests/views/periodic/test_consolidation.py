"""The consolidated report of a campaign: who sees which part of it, and what it says beside each commune."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cases import actions
from cases.lib.period import Period
from cases.models import Submission
from tests.makers import TODAY, make_activity, make_campaign, make_returnee, make_sent, make_unit

LAST_MONTH = Period(TODAY - timedelta(days=40), TODAY - timedelta(days=10))


@pytest.fixture
def person(an):
    person = make_returnee(by=an, completed_on=LAST_MONTH.start - timedelta(days=60))
    make_activity(person, by=an, on=LAST_MONTH.end)
    return person


@pytest.fixture
def accepted(person, an, anh, units):
    submission = make_campaign(unit=units.province, by=an, period=LAST_MONTH).submissions.get(unit=units.nam_da)
    version = make_sent(submission=submission, by=anh)
    return actions.campaign.accept(submission=submission, version=version, by=anh)


def address(submission):
    return reverse("campaign-figures", args=[submission.campaign_id])


def test_what_changed_since_stands_beside_the_commune(accepted, person, an, dung, signed_in):
    make_activity(person, by=an, on=LAST_MONTH.start)

    page = signed_in(dung).get(address(accepted)).content.decode()

    assert "Gặp gỡ, động viên: lúc gửi 1, nay 2" in page
    assert "Đã duyệt 1 trong 3 đơn vị" in page
    assert reverse("submission-detail", args=[accepted.pk]) in page


def test_a_unit_between_sees_its_own_communes_of_a_report_asked_above(accepted, chi, signed_in):
    page = signed_in(chi).get(address(accepted)).content.decode()

    assert "Cụm Krông Nô" in page
    assert "Xã Đắk Sắk" not in page


def test_the_workbook_tells_what_the_page_tells(accepted, person, an, dung, signed_in):
    make_activity(person, by=an, on=LAST_MONTH.start)
    client = signed_in(dung)

    taken = reverse("list-export", args=["consolidation"], query={"of": accepted.campaign_id})
    answer = client.post(taken, {"reason": "Báo cáo"})

    book = load_workbook(BytesIO(b"".join(answer)))
    assert book.sheetnames == ["Tổng hợp", "Theo đơn vị", "Nhập tay", "Thay đổi sau khi duyệt"]
    figures = {row[1].value: [cell.value for cell in row[3:6]] for row in book["Tổng hợp"].iter_rows(min_row=6)}
    assert figures["Gặp gỡ, động viên"] == [1, 2, 1]
    changed = [[cell.value for cell in row] for row in book["Thay đổi sau khi duyệt"].iter_rows(min_row=6)]
    assert ["Xã Nam Đà", "Gặp gỡ, động viên", 1, 2] == [changed[0][0], *changed[0][2:]]


def test_the_queries_do_not_grow_with_the_communes(accepted, anh, dung, units, signed_in):
    client = signed_in(dung)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(accepted)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(4):
        unit = make_unit(kind="commune", code=f"9910{number}", name=f"Xã số {number}", parent=units.cluster)
        late = Submission.objects.create(campaign=accepted.campaign, unit=unit)
        actions.campaign.accept(submission=late, version=make_sent(submission=late, by=anh), by=anh)

    assert queries() == few <= 15
