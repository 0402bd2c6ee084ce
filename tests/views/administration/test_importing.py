import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.importing import run as runs
from cases.jobs import queue
from cases.jobs.at_work import JobLock
from cases.models import ImportRun, Notice, Returnee, StagedRow
from tests.books import PERSON, VISIT, book, grid, notices, raw
from tests.makers import make_succession, make_unit

UID = "8d3a3f9e-6d0a-4b54-9d0e-0d6f0f6f6f01"


def send(client, file, name="so.xlsx", uid=UID, kind="register"):
    answer = client.post(
        reverse("import-list"), {"uid": uid, "kind": kind, "file": SimpleUploadedFile(name, file.getvalue())}
    )
    return answer, ImportRun.objects.order_by("pk").last()


@pytest.fixture
def desk(an, signed_in):
    return signed_in(an)


def detail(run):
    return reverse("import-detail", args=[run.pk])


def test_from_upload_to_load(desk, an):
    answer, run = send(desk, book(people=[PERSON], work=[VISIT]))
    assert answer.url == detail(run)
    shown = desk.get(detail(run)).content.decode()
    assert "Không có lỗi" in shown
    assert "HS-1 · Nguyễn Văn Mẫu" in shown
    assert not Returnee.objects.exists()

    desk.post(detail(run), {"do": "load"})
    desk.post(detail(run), {"do": "load"})

    run.refresh_from_db()
    assert (run.state, run.content, StagedRow.objects.count()) == ("loaded", None, 0)
    assert Returnee.objects.get().entries.count() == 1
    assert "Đã nạp." in desk.get(detail(run)).content.decode()


def test_the_form_sent_twice_keeps_one_upload(desk, an):
    content = book(people=[PERSON])
    send(desk, content)
    send(desk, content)

    assert ImportRun.objects.count() == 1


def test_another_workbook_in_the_form_of_the_one_before_is_kept_as_its_own(desk, an):
    send(desk, book(people=[PERSON]))
    answer, _run = send(desk, book(people=[PERSON, {**PERSON, "Mã hồ sơ": "HS-2"}]))

    assert ImportRun.objects.count() == 2
    assert answer.url == detail(ImportRun.objects.first())


def test_a_cell_is_corrected_in_the_page_and_everything_loaded(desk, an):
    _answer, run = send(desk, book(people=[{**PERSON, "Giới tính": "trai"}], work=[VISIT]))
    shown = desk.get(detail(run)).content.decode()
    assert "Nạp tất cả" not in shown
    assert "“trai”" in shown
    row = run.rows.get(sheet="Người")
    url = reverse("import-row", args=[run.pk, row.pk])
    assert "Cần một trong các giá trị" in desk.get(url).content.decode()

    answer = desk.post(url, {**row.cells, "sex": "Nam"}, follow=True)

    assert "Đã sửa dòng 2" in answer.content.decode()
    desk.post(detail(run), {"do": "load"})
    assert Returnee.objects.get().sex == "male"


def test_a_known_row_shows_what_stands_and_what_would_stand(desk, an):
    _answer, run = send(desk, book(people=[{**PERSON, "Thôn, bon, buôn": "Thôn 1"}]))
    desk.post(detail(run), {"do": "load"})

    _answer, run = send(desk, book(people=[{**PERSON, "Thôn, bon, buôn": "Thôn 2"}]), uid=uuid4())

    for url in (detail(run), reverse("import-row", args=[run.pk, run.rows.get().pk])):
        assert "<del>Thôn 1</del>" in desk.get(url).content.decode()
        assert "<ins>Thôn 2</ins>" in desk.get(url).content.decode()


def test_rows_with_errors_keep_the_load_away_unless_the_good_ones_are_chosen(desk, an):
    other = {**PERSON, "Mã hồ sơ": "HS-2", "Ngày trình diện": "01/01/2020"}
    _answer, run = send(desk, book(people=[PERSON, other]))

    desk.post(detail(run), {"do": "load"})
    assert not Returnee.objects.exists()
    desk.post(detail(run), {"do": "good"})

    assert Returnee.objects.get().file_number == "HS-1"
    left = desk.get(reverse("import-bad-rows", args=[run.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(left.content))["Người"]
    head, row = list(sheet.iter_rows(values_only=True, max_col=19))
    assert (head[-1], row[0], row[-1][:16]) == ("Lỗi", "HS-2", "Ngày trình diện:")
    desk.post(detail(run), {"do": "discard"})
    assert not StagedRow.objects.exists()


def test_for_a_divided_commune_the_page_offers_the_choice_for_a_whole_hamlet(desk, an, units):
    old = make_unit(kind="commune", code="24700", name="Xã Chia", valid_from=units.nam_da.valid_from.replace(2004))
    make_succession(old, units.nam_da, share="part")
    make_succession(old, units.dak_sak, share="part")
    days = {"Mã đơn vị": "24700", "Ngày chấp hành xong": "01/03/2024", "Ngày trình diện": "05/03/2024"}
    people = [{**PERSON, **days, "Mã hồ sơ": f"HS-{number}", "Thôn, bon, buôn": "Thôn 1"} for number in range(3)]
    _answer, run = send(desk, book(people=people))
    row = run.rows.first()
    url = reverse("import-row", args=[run.pk, row.pk])
    assert "Xã Nam Đà (24697)</option>" in desk.get(url).content.decode()

    desk.post(url, {**row.cells, "heir": "24697", "all_of_hamlet": "on"})

    run.refresh_from_db()
    assert run.errors == 0


def test_a_discarded_workbook_is_kept_nowhere(desk, an):
    _answer, run = send(desk, book(people=[PERSON]))

    desk.post(detail(run), {"do": "discard"})
    desk.post(detail(run), {"do": "load"})

    run.refresh_from_db()
    assert (run.state, run.content, run.corrections, StagedRow.objects.count()) == ("discarded", None, {}, 0)
    assert not Returnee.objects.exists()


def test_wrong_files_are_answered_in_words(desk, an):
    for content, name, words in (
        (b"x", "so.pdf", "không phải tệp .xlsx"),
        (b"PK nothing", "so.xlsx", "không phải tệp Excel"),
        (b"\xd0\xcf\x11\xe0old", "so.xlsx", "mật khẩu"),
    ):
        sent = {"uid": uuid4(), "kind": "register", "file": SimpleUploadedFile(name, content)}

        answer = desk.post(reverse("import-list"), sent, follow=True)

        assert words in answer.content.decode(), name


@pytest.mark.parametrize(("cells", "words"), [("", "Hãy chọn tệp hoặc dán"), ("một cột", "không phải các ô")])
def test_neither_a_file_nor_cells_is_answered_in_words(desk, cells, words):
    answer = desk.post(reverse("import-list"), {"uid": uuid4(), "kind": "register", "cells": cells})

    assert words in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_a_run_that_was_cut_off_is_said_and_begun_again(desk, an):
    _answer, run = send(desk, book(people=[PERSON]))
    ImportRun.objects.update(state="loading")
    assert "bị ngắt giữa chừng" in desk.get(detail(run)).content.decode()

    desk.post(detail(run), {"do": "check"})
    desk.post(detail(run), {"do": "load"})

    assert Returnee.objects.count() == 1


def test_while_a_long_workbook_is_at_work_the_page_says_how_far(desk, an):
    _answer, run = send(desk, book(people=[PERSON]))
    ImportRun.objects.update(state="checking")
    work = JobLock(queue.put("workbook", f"workbook-{run.pk}", {"run": run.pk}, an).uid)
    work.tell(30, 60)
    shown = desk.get(detail(run)).content.decode()
    work.end()

    assert "Đã xong 50" in shown
    assert "data-reload" in shown


def test_the_way_of_a_load_is_told_from_the_check_on_and_never_backwards(desk, an, monkeypatch):
    told = []
    _answer, run = send(desk, book(people=[PERSON], work=[VISIT] * 5))
    monkeypatch.setattr(JobLock, "tell", lambda work, done, of: told.append(done / of))

    desk.post(detail(run), {"do": "load"})

    assert told == sorted(told)
    assert 0.25 in told
    assert told[-1] == 1


def test_what_changed_since_the_preview_is_seen_at_the_load(desk, an):
    _answer, run = send(desk, book(people=[{**PERSON, "Số định danh": "067085000001"}]))
    same = Returnee(file_number="KHAC", full_name="Ai Đó", sex="male", born_on="1985", completed_on="2025-08-01")
    same.unit, same.identity_number = an.unit, "067085000001"
    actions.returnee.register(returnee=same, by=an, checked=True)

    desk.post(detail(run), {"do": "load"})

    run.refresh_from_db()
    assert (run.state, run.errors) == ("checked", 1)
    assert "Chưa nạp gì" in desk.get(detail(run)).content.decode()


def test_a_load_that_found_the_database_busy_can_be_begun_again(desk, monkeypatch):
    _answer, run = send(desk, book(people=[PERSON]))

    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(runs, "load", busy)
        desk.post(detail(run), {"do": "load"})
    assert "Chưa nạp gì: hệ thống đang bận" in desk.get(detail(run)).content.decode()
    desk.post(detail(run), {"do": "load"})

    assert Returnee.objects.exists()


def test_the_empty_workbook_and_the_example_are_in_order(desk, an):
    for kind in ("template", "example"):
        file = io.BytesIO(desk.get(reverse("import-blank", args=[kind])).content)
        _answer, run = send(desk, file)
        run.refresh_from_db()
        assert (run.state, run.errors, run.notices) == ("checked", 0, []), kind
        run.delete()


def test_the_preview_runs_a_constant_number_of_queries(desk, an):
    counts = []
    for size in (2, 20):
        people = [{**PERSON, "Mã hồ sơ": f"HS-{number}"} for number in range(size)]
        _answer, run = send(desk, book(people=people, work=[VISIT] * size), uid=uuid4())
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(detail(run)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_second_upload_takes_nothing_from_the_first_and_both_are_loaded(desk, an):
    _answer, first = send(desk, book(people=[{**PERSON, "Giới tính": "trai"}]), "so-mot.xlsx")
    answer, second = send(desk, book(people=[{**PERSON, "Mã hồ sơ": "HS-2"}]), "so-hai.xlsx", uid=uuid4())

    assert "“so-mot.xlsx”" in desk.get(answer.url).content.decode()
    waiting = desk.get(reverse("import-list")).content.decode().partition("Chưa nạp")[2]
    assert detail(first) in waiting.partition("</ul>")[0]
    assert detail(second) in waiting.partition("</ul>")[0]
    choose(desk, first, "Nam")
    for run in (first, second):
        desk.post(detail(run), {"do": "load"})
    assert set(Returnee.objects.values_list("file_number", flat=True)) == {"HS-1", "HS-2"}
    assert "Chưa nạp" not in desk.get(reverse("import-list")).content.decode()


def test_a_file_of_which_nothing_is_to_load_makes_way_for_the_next(desk, an):
    _answer, loaded = send(desk, book(people=[PERSON]))
    desk.post(detail(loaded), {"do": "load"})
    for content in (io.BytesIO(b"PK nothing"), book(people=[PERSON])):
        _answer, first = send(desk, content, uid=uuid4())
        send(desk, book(people=[{**PERSON, "Mã hồ sơ": "HS-2"}]), uid=uuid4())

        first.refresh_from_db()
        assert (first.state, first.content) == ("discarded", None)


# --- a page that was opened before: whatever is chosen on it is done, or it is told what became of it ---


def choose(desk, run, word, **more):
    """The button of the page that says what the sex of the first person is."""
    sent = {"do": "choose", "row": run.rows.first().pk, "field": "sex", "value": word, **more}
    return desk.post(detail(run), sent, follow=True).content.decode()


@pytest.fixture
def asked(desk):
    """A workbook with two cells in question, as a page shows it; what is done to it since is done elsewhere."""
    people = [{**PERSON, "Mã hồ sơ": f"HS-{number}", "Giới tính": "trai"} for number in (1, 2)]
    return send(desk, book(people=people))[1]


def test_a_choice_of_a_page_that_was_opened_before_the_last_check_is_taken(desk, asked):
    first, second = asked.rows.values_list("pk", flat=True)

    choose(desk, asked, "Nam", row=first)
    choose(desk, asked, "Nữ", row=second)

    asked.refresh_from_db()
    assert asked.errors == 0
    assert [row.cells["sex"] for row in asked.rows.all()] == ["Nam", "Nữ"]


def test_a_choice_that_another_page_has_made_otherwise_is_told_and_not_turned_over(desk, asked):
    first = asked.rows.first().pk
    choose(desk, asked, "Nam", row=first)

    page = choose(desk, asked, "Nữ", row=first)

    assert "Giới tính: “Nữ”" in page
    assert "“Nam”" in page
    assert asked.rows.first().cells["sex"] == "Nam"


@pytest.mark.parametrize("state", sorted({*ImportRun.State} - {"checked", "checking"}))
@pytest.mark.parametrize(
    "sent",
    [
        {"do": "choose"},
        {"do": "answer", "answer": "earlier=same"},
        {"do": "load"},
        {"do": "good"},
        {"do": "discard"},
    ],
    ids=lambda sent: sent["do"],
)
def test_nothing_that_is_pressed_on_a_page_opened_before_is_dropped_in_silence(desk, asked, state, sent):
    ImportRun.objects.update(state=state, content=None, mapping={"columns": [], "sheet": "x", "head": 1})
    row = asked.rows.first().pk

    page = desk.post(detail(asked), {"row": row, "field": "sex", "value": "Nam", **sent}, follow=True)

    assert [str(said) for said in page.context["messages"]], (state, sent)


def test_what_is_chosen_while_a_check_is_at_work_is_checked_too(desk, asked, an, monkeypatch):
    read, pk = runs._read, asked.rows.last().pk

    def choose_meanwhile(*args):
        monkeypatch.setattr(runs, "_read", read)
        found = read(*args)
        choose(desk, asked, "Nữ", row=pk)
        return found

    monkeypatch.setattr(runs, "_read", choose_meanwhile)
    choose(desk, asked, "Nam")

    asked.refresh_from_db()
    assert (asked.state, asked.errors) == ("checked", 0)
    assert [row.cells["sex"] for row in asked.rows.all()] == ["Nam", "Nữ"]


def test_a_row_typed_on_a_page_opened_before_is_compared_and_what_was_typed_stays(desk, asked):
    row = asked.rows.first()
    url = reverse("import-row", args=[asked.pk, row.pk])
    seen = desk.get(url).context["form"].seen
    choose(desk, asked, "Nam", row=row.pk)

    page = desk.post(url, {**row.cells, "sex": "Nữ", "hamlet": "Thôn Bảy", "seen": seen})

    assert "“Nam” là nội dung hiện nay" in page.content.decode()
    assert "Thôn Bảy" in page.content.decode()
    assert asked.rows.first().cells["sex"] == "Nam"
    again = page.context["form"]["seen"].value()
    assert desk.post(url, {**row.cells, "sex": "Nữ", "hamlet": "Thôn Bảy", "seen": again}).status_code == 302
    assert asked.rows.first().cells["sex"] == "Nữ"


@pytest.mark.parametrize("gone", [True, False], ids=["the row is gone", "the row stands"])
def test_a_row_typed_into_a_workbook_that_was_loaded_meanwhile_is_not_lost(desk, asked, gone):
    row = asked.rows.first()
    if gone:
        asked.rows.all().delete()
    ImportRun.objects.update(state="loaded", content=None)

    sent = {**row.cells, "sex": "Nam", "hamlet": "Thôn Bảy", "of_sheet": row.sheet, "of_row": row.number}
    page = desk.post(reverse("import-row", args=[asked.pk, row.pk]), sent).content.decode()

    assert "Đã nạp" in page
    assert "Thôn Bảy" in page


def test_headings_that_are_not_right_keep_the_load_away(desk, an):
    headings = [["Mã hồ sơ"]]
    for sheets in ({"Người": [*headings, ["HS-1"]]}, {"Người": grid("Người", [PERSON]), "Hoạt động": headings}):
        _answer, run = send(desk, raw(sheets), uid=uuid4())

        shown = desk.get(detail(run)).content.decode()

        assert "Thiếu cột" in shown
        assert "Nạp tất cả" not in shown


def test_a_column_that_is_not_read_is_told_and_keeps_nothing_away(desk, an):
    _answer, run = send(desk, book(people=[{**PERSON, "Ghi thêm": "x"}]))

    shown = desk.get(detail(run)).content.decode()

    assert "Ghi thêm" in shown
    assert "Nạp tất cả" in shown


def test_a_list_of_notices_goes_the_same_way(desk, an):
    file = notices({"Giới tính": "trai"}, {"Họ và tên": "Trần Văn Hai"})
    _answer, run = send(desk, file, kind="notices")
    assert "“trai”" in desk.get(detail(run)).content.decode()
    row = run.rows.get(number=2)

    desk.post(reverse("import-row", args=[run.pk, row.pk]), {**row.cells, "sex": "Nam"})
    assert "ai đang có ít người nhận trước" in desk.get(detail(run)).content.decode()
    desk.post(detail(run), {"do": "load"})
    desk.post(detail(run), {"do": "load"})

    assert "Đã chia cho cán bộ" in desk.get(detail(run)).content.decode()
    assert "cán bộ Lê Văn An" in desk.get(reverse("arrival-list")).content.decode()
    assert Notice.objects.awaited().count() == 2
    assert reverse("arrival-list") in desk.get(detail(run)).content.decode()


def test_a_reviewer_may_load_notices_only(chi, signed_in):
    client = signed_in(chi)

    send(client, book(people=[PERSON]))
    assert not ImportRun.objects.exists()
    _answer, run = send(client, notices({"Mã đơn vị": "24678"}, {}), kind="notices")

    assert "không thuộc" in client.get(detail(run)).content.decode()
    left = client.get(reverse("import-bad-rows", args=[run.pk]))
    assert openpyxl.load_workbook(io.BytesIO(left.content)).sheetnames == ["Thông báo"]
