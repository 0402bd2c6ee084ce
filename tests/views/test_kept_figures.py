"""Figures of a large unit: counted by a worker, shown with their moment, the same as if the page had counted them."""

import re
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cases import actions
from cases.models import KeptFigures, QueuedJob, Unit
from cases.reports import people_parts
from cases.reports.figures import AskedFigures
from cases.tasks import figures
from tests.makers import TODAY, make_unit
from tests.page_queries import recorded
from tests.views.test_constant_queries import crowd, work_at

YEAR = {"from": f"{TODAY - timedelta(days=364):%d/%m/%Y}", "to": f"{TODAY:%d/%m/%Y}"}
PAGES = [
    reverse("dashboard-show"),
    f"{reverse('report-show')}?{urlencode({**YEAR, 'lens': 'as-was'})}",
    f"{reverse('report-show')}?{urlencode({**YEAR, 'lens': 'as-is'})}",
    f"{reverse('report-units')}?{urlencode({**YEAR, 'part': 'managed'})}",
    reverse("reoffending-show"),
    f"{reverse('reoffending-show')}?{urlencode({'years': 5, 'lens': 'as-was'})}",
]
VOLATILE = [
    re.compile(r'<div class="kept-figures".*?</form>\s*</div>', re.DOTALL),
    re.compile(r'name="csrfmiddlewaretoken" value="\w+"'),
    re.compile(r'nonce="[^"]+"'),
    re.compile(r"\d\d/\d\d/\d{4} \d\d:\d\d"),
    re.compile(r"(after|before)=[\w%=-]+"),
]


@pytest.fixture
def large(settings, monkeypatch, units, dung, binh):
    """A province that is large, with two people at a time in a part; its pages are those of dung."""
    settings.KEPT_FIGURES_PEOPLE = 0
    monkeypatch.setattr(people_parts.parts_of, "__defaults__", (2,))
    work_at(units.nam_da, "a", units.krong_no)
    work_at(units.krong_no, "b", units.nam_da)
    return units.province


def text(response):
    assert response.status_code == 200
    page = response.content.decode()
    for each in VOLATILE:
        page = each.sub("", page)
    return re.sub(r"\s+", " ", page)


def open_book(response):
    assert response.status_code == 200
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def open_twice(client, address):
    """The page that waits, and the page once the figures are there."""
    return client.get(address), client.get(address)


@pytest.mark.both
@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_kept_figures_is_the_page_that_counts(address, large, dung, signed_in, settings):
    client = signed_in(dung)
    settings.KEPT_FIGURES_PEOPLE = 10**6
    counted = text(client.get(address))
    settings.KEPT_FIGURES_PEOPLE = 0

    waits, kept = open_twice(client, address)

    assert "Số liệu đang được đếm" in waits.content.decode()
    assert 'class="kept-figures"' in kept.content.decode()
    assert text(kept) == counted


def test_opening_a_page_counts_once_however_many_wait_for_it(large, dung, signed_in):
    client = signed_in(dung)
    for _each in range(3):
        client.get(PAGES[1])

    (job,) = QueuedJob.objects.filter(kind=QueuedJob.Kind.FIGURES)
    assert (job.state, job.made_by) == ("done", None)
    assert KeptFigures.objects.count() == 1


def test_the_moment_stands_on_the_page_and_on_paper_and_the_button_counts_again(large, dung, signed_in):
    client = signed_in(dung)
    page = open_twice(client, PAGES[1])[1].content.decode()
    row = KeptFigures.objects.get()
    assert f"Số liệu lúc {timezone.localtime(row.counted_at):%H:%M ngày %d/%m/%Y}." in " ".join(page.split())

    answer = client.post(reverse("figures-count"), {"page": "report", "query": PAGES[1].partition("?")[2]})

    assert answer.url == PAGES[1]
    assert KeptFigures.objects.get().counted_at > row.counted_at
    assert QueuedJob.objects.filter(made_by=dung, kind="figures", state="done").exists()


def test_figures_of_yesterday_say_so_and_bear_their_own_day(large, dung, signed_in, monkeypatch):
    client = signed_in(dung)
    client.get(reverse("dashboard-show"))
    yesterday = TODAY - timedelta(days=1)
    told = {"start": yesterday, "end": yesterday, "upto": yesterday, "counted_on": yesterday}
    KeptFigures.objects.update(**told, counted_at=timezone.now() - timedelta(days=1))

    page = client.get(reverse("dashboard-show")).content.decode()

    assert "Đó là số liệu của ngày trước" in page
    assert f"{yesterday:%d/%m/%Y}" in re.search(r'class="lead.*?</p>', page, re.DOTALL)[0]
    assert "Đó là số liệu của ngày trước" not in client.get(reverse("dashboard-show")).content.decode()


def test_a_page_of_a_day_long_ago_is_not_shown_for_that_of_today(large, dung, signed_in):
    client = signed_in(dung)
    client.get(reverse("dashboard-show"))
    long_ago = TODAY - timedelta(days=8)
    KeptFigures.objects.update(start=long_ago, end=long_ago, upto=long_ago, counted_on=long_ago)

    assert "Số liệu đang được đếm" in client.get(reverse("dashboard-show")).content.decode()


@pytest.mark.both
def test_a_unit_that_changes_or_a_rule_lets_all_kept_figures_fall(large, dung, em, signed_in):
    client = signed_in(dung)
    open_twice(client, PAGES[0])
    Unit.objects.filter(pk=large.pk).update(phone="0261 3999 001")
    assert KeptFigures.objects.standing().count() == 1

    Unit.objects.filter(pk=large.pk).update(name="Tỉnh Đổi Tên")
    assert KeptFigures.objects.standing().count() == 0
    open_twice(client, PAGES[0])
    assert KeptFigures.objects.standing().count() == 1
    make_unit(kind="commune", code="99170", name="Xã Mới", parent=large)
    assert KeptFigures.objects.standing().count() == 0

    open_twice(client, PAGES[1])
    actions.kept_figures.delete_old(now=timezone.now())
    assert [row.page for row in KeptFigures.objects.all()] == ["report"]


def test_other_code_shows_none_of_what_was_counted_before(large, dung, signed_in):
    client = signed_in(dung)
    open_twice(client, PAGES[0])
    KeptFigures.objects.update(edition="before")

    assert "Số liệu đang được đếm" in client.get(PAGES[0]).content.decode()


def test_nobody_gets_the_figures_of_a_unit_they_do_not_answer_for(large, dung, chi, signed_in):
    open_twice(signed_in(dung), PAGES[1])
    client = signed_in(chi)
    asked = f"{PAGES[1]}&unit={large.pk}"

    page = open_twice(client, asked)[1].content.decode()
    client.post(reverse("figures-count"), {"page": "report", "query": asked.partition("?")[2]})

    assert "Không có đơn vị" in page
    assert set(KeptFigures.objects.values_list("unit", flat=True)) == {large.pk, chi.unit.pk}
    assert not QueuedJob.objects.filter(made_by=chi, key__contains=f"-{large.pk}-").exists()


def test_nothing_that_is_kept_names_anybody(large, dung, signed_in):
    client = signed_in(dung)
    for address in PAGES:
        client.get(address)

    kept = " ".join(str(row.figures) for row in KeptFigures.objects.all())

    assert KeptFigures.objects.count() == 5
    assert "Người" not in kept
    assert "Vắng" not in kept


def test_a_commune_is_counted_for_each_reader_however_many_people_it_has(large, an, signed_in):
    page = signed_in(an).get(PAGES[0]).content.decode()

    assert 'class="kept-figures"' not in page
    assert not QueuedJob.objects.exists()


def test_the_workbook_and_the_letter_hold_the_figures_of_the_page(large, dung, units, signed_in):
    client, query = signed_in(dung), PAGES[1].partition("?")[2]
    open_twice(client, PAGES[1])
    row = KeptFigures.objects.get()
    row.figures["total"]["managed_end"] = 987_654
    row.save()

    for name in ("report", "official"):
        book = client.post(f"{reverse('list-export', args=[name])}?{query}", {"reason": "Báo cáo"})
        cells = [cell for line in open_book(book).worksheets[0].iter_rows(values_only=True) for cell in line]
        assert 987_654 in cells, name
    assert "987.654" in client.get(PAGES[1]).content.decode()
    assert "987.654" in client.get(f"{reverse('report-document')}?{query}").content.decode()


def test_a_file_asked_for_before_its_figures_are_there_waits_for_them(large, dung, signed_in):
    client, query = signed_in(dung), PAGES[1].partition("?")[2]
    address = f"{reverse('list-export', args=['report'])}?{query}"

    waits = client.post(address, {"reason": "Báo cáo"})

    assert "Số liệu đang được đếm" in waits.content.decode()
    assert open_book(client.post(address, {"reason": "Báo cáo"}))


def test_a_count_that_fails_is_told_and_not_begun_again_by_every_look(large, dung, signed_in, monkeypatch):
    def broken(*_args, **_kwargs):
        raise MemoryError

    monkeypatch.setattr(AskedFigures, "count", broken)
    client = signed_in(dung)
    client.get(PAGES[0])

    page = [client.get(PAGES[0]).content.decode() for _each in range(2)][1]

    assert "Chưa đếm được số liệu" in page
    assert QueuedJob.objects.filter(kind="figures").count() == 1


def test_the_night_counts_what_large_units_are_asked_for_and_goes_on_where_it_was_cut_off(large, dung, monkeypatch):
    wanted, counted = list(figures.usual_figures(TODAY)), []
    assert {each.unit.kind for each in wanted} == {"ministry", "province", "cluster"} & {
        *Unit.objects.values_list("kind", flat=True)
    }
    count = AskedFigures.count

    def cut_off(asked, *args):
        if len(counted) == 3:
            raise ConnectionAbortedError
        counted.append(asked.key)
        return count(asked, *args)

    monkeypatch.setattr(AskedFigures, "count", cut_off)
    job = QueuedJob(kind="usual", made_at=timezone.now())
    with pytest.raises(ConnectionAbortedError):
        figures.count_usual(job, lambda done, of: None)
    monkeypatch.setattr(AskedFigures, "count", lambda asked, *args: counted.append(asked.key) or count(asked, *args))

    figures.count_usual(job, lambda done, of: None)

    assert sorted(counted) == sorted(each.key for each in wanted)
    assert KeptFigures.objects.standing().count() == len(wanted)


def test_a_page_of_kept_figures_asks_as_often_for_many_people_as_for_few(large, units, dung, signed_in):
    client = signed_in(dung)
    for address in PAGES:
        client.get(address)
    few = {address: len(recorded(client, address)) for address in PAGES}

    crowd(units.nam_da, dung)
    KeptFigures.objects.update(ground=actions.kept_figures.ground())

    assert {address: len(recorded(client, address)) for address in PAGES} == few
    assert max(few.values()) <= 15
