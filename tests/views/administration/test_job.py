"""Work that left its request: asked for, waited for, fetched by whoever asked, seen without its content by the rest."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cases import actions
from cases.jobs import at_work, queue
from cases.models import AuditEvent, ListExport, QueuedJob
from tests.makers import make_campaign, make_export, make_returnee, make_user

REASON = "Đối chiếu với UBND xã"


@pytest.fixture
def many(an, settings):
    """More people than a page waits for."""
    settings.EXPORT_ROWS = 2
    return [make_returnee(by=an, full_name=f"Người Thứ {number}") for number in range(4)]


def ask(client, **query):
    return client.post(reverse("list-export", args=["people"], query=query), {"reason": REASON}, follow=True)


def fetch(client, job):
    return client.post(reverse("job-file", args=[job.pk]))


def test_a_long_list_is_prepared_and_fetched_with_a_line_in_the_log(many, an, signed_in):
    client = signed_in(an)
    page = ask(client, q="nguoi")
    job = QueuedJob.objects.get()
    assert "Tệp đã sẵn sàng" in page.content.decode()
    assert not ListExport.objects.exists()

    book = load_workbook(BytesIO(b"".join(fetch(client, job).streaming_content)))

    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert {person.full_name for person in many} <= set(cells)
    taken = ListExport.objects.get()
    assert (taken.rows, taken.filters, taken.reason) == (4, {"q": "nguoi"}, REASON)
    assert AuditEvent.objects.filter(verb="list.exported").count() == 1


def test_a_list_that_is_short_enough_comes_at_once(many, an, signed_in):
    answer = ask(signed_in(an), q="thu 1")

    assert b"".join(answer.streaming_content)
    assert not QueuedJob.objects.exists()


def test_the_same_long_list_asked_for_twice_is_prepared_once(many, an, signed_in, monkeypatch):
    monkeypatch.setattr(queue, "start", lambda job: None)
    client = signed_in(an)
    first, second, other = ask(client), ask(client, after="from-its-second-page"), ask(client, q="nguoi")

    assert first.request["PATH_INFO"] == second.request["PATH_INFO"] != other.request["PATH_INFO"]
    assert QueuedJob.objects.count() == 2


def test_a_file_is_handed_out_for_a_day_and_then_deleted(an, signed_in):
    fresh, old = make_export(by=an), make_export(by=an, now=timezone.now() - timedelta(hours=25))
    client = signed_in(an)
    assert b"".join(fetch(client, fresh).streaming_content) == b"PK"
    assert fetch(client, old).status_code == 302

    actions.job.delete_old(now=timezone.now())

    assert list(QueuedJob.objects.filter(parts__isnull=False)) == [fresh]


def test_whoever_has_another_post_meanwhile_gets_no_file_of_the_earlier_one(an, units, signed_in):
    job = make_export(by=an)
    QueuedJob.objects.update(unit=units.krong_no)

    assert fetch(signed_in(an), job).status_code == 302
    assert not ListExport.objects.exists()


def test_the_page_says_what_waits_how_far_it_is_and_looks_again_without_javascript(an, signed_in):
    job = queue.put("export", "export-1", {}, an)
    client = signed_in(an)
    page = client.get(reverse("job-detail", args=[job.pk])).content.decode()
    assert "Đang chờ đến lượt" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page

    lock = at_work.JobLock(job.uid)
    lock.tell(1500, 0)
    page = client.get(reverse("job-detail", args=[job.pk])).content.decode()
    lock.end()
    assert "Đã ghi 1.500 dòng" in page


def test_a_job_that_waits_while_no_worker_is_there_is_begun_and_the_page_says_so(an, signed_in, monkeypatch):
    monkeypatch.setattr(queue, "wake", lambda: True)
    job = queue.put("export", "export-1", {}, an)

    page = signed_in(an).get(reverse("job-detail", args=[job.pk])).content.decode()

    assert "hệ thống bắt đầu ngay" in page


def test_the_administrator_sees_what_for_whom_and_the_error_but_not_what_it_is_about(em, an, signed_in):
    job = queue.put("export", "export-1", {"name": "people", "query": "q=Dũng", "reason": REASON}, an)
    actions.job.fail(job=actions.job.claim(pk=job.pk, owner="x", now=timezone.now()), told="Báo cáo xã", error="123456")
    client = signed_in(em)
    for url in (reverse("job-list"), reverse("job-detail", args=[job.pk])):
        page = client.get(url).content.decode()
        assert "Chuẩn bị tệp Excel" in page
        assert "123456" in page
        assert REASON not in page
        assert "Báo cáo xã" not in page
    assert an.full_name in client.get(reverse("job-list")).content.decode()
    for other in ({"state": "done"}, {"kind": "workbook"}):
        assert "Không có việc nào phù hợp" in client.get(reverse("job-list"), other).content.decode()


def test_the_report_of_a_large_unit_is_sent_by_a_worker_and_once(units, anh, an, dung, signed_in, settings):
    settings.LARGE_UNIT_PEOPLE = 0
    make_returnee(by=an)
    submission = make_campaign(unit=units.province, by=dung).submissions.get(unit=units.nam_da)
    client = signed_in(anh)

    answers = [client.post(reverse("submission-send", args=[submission.pk]), follow=True) for _twice in range(2)]

    pages = [answer.content.decode() for answer in answers]
    assert [job.told in page for job, page in zip(QueuedJob.objects.order_by("pk"), pages, strict=True)] == [True, True]
    assert [job.state for job in QueuedJob.objects.order_by("pk")] == ["done", "done"]
    assert submission.versions.count() == 1


def test_a_report_that_a_colleague_is_sending_already_is_told_to_whoever_asks_too(
    units, anh, an, dung, signed_in, settings, monkeypatch
):
    settings.LARGE_UNIT_PEOPLE = 0
    monkeypatch.setattr(queue, "start", lambda job: None)
    make_returnee(by=an)
    submission = make_campaign(unit=units.province, by=dung).submissions.get(unit=units.nam_da)
    url = reverse("submission-send", args=[submission.pk])
    signed_in(anh).post(url)

    answer = signed_in(make_user("phuc", "Trần Phúc", "chief", units.nam_da)).post(url, follow=True)

    assert answer.status_code == 200
    assert "Báo cáo này đang được một người khác gửi" in answer.content.decode()
    assert QueuedJob.objects.get().made_by == anh
