"""A sheet that is no template: its columns are matched on a page, remembered, and offered to the neighbours."""

from uuid import uuid4

import pytest
from django.urls import reverse

from cases.models import ColumnMapping, HeadingSynonym, ImportRun, Notice, Returnee
from tests.makers import TODAY

HEADS = ["STT", "Họ tên", "Năm sinh", "Giới tính", "Ngày ra trại", "Ngày trình diện", "Người giám sát"]
LINES = [HEADS, [1, "Nguyễn Văn Mẫu", 1985, "Nam", "01/08/2025", "04/08/2025", "Ông Ba"]]
PASTED = "\n".join("\t".join(str(cell) for cell in line) for line in LINES)


@pytest.fixture
def desk(an, signed_in):
    return signed_in(an)


def paste(client, text=PASTED):
    client.post(reverse("import-list"), {"uid": uuid4(), "kind": "register", "cells": text})
    return ImportRun.objects.order_by("pk").last()


def columns(run):
    return reverse("import-columns", args=[run.pk])


def proposed(run):
    return {f"column_{column['place']}": column["target"] for column in run.mapping["columns"]}


def test_pasted_cells_are_matched_checked_and_loaded(desk):
    run = paste(desk)
    shown = desk.get(reverse("import-detail", args=[run.pk]), follow=True).content.decode()
    assert "Ghép cột" in shown
    assert "Nguyễn Văn Mẫu" in shown

    desk.post(columns(run), proposed(run))
    page = desk.get(reverse("import-detail", args=[run.pk])).content.decode()
    desk.post(reverse("import-detail", args=[run.pk]), {"do": "load"})

    assert "các số tiếp theo của Xã Nam Đà" in page
    person = Returnee.objects.get()
    assert (person.full_name, person.file_number, person.note) == (
        "Nguyễn Văn Mẫu",
        "24697-2025-001",
        "Người giám sát: Ông Ba",
    )
    run.refresh_from_db()
    assert (run.state, run.mapping) == ("loaded", {})


def test_no_row_of_pasted_people_is_taken_for_a_second_row_of_headings(desk):
    """Pasted cells are all text, and "Trại giam Gia Trung" begins as a heading does."""
    run = paste(desk, PASTED.replace("Người giám sát", "Nơi thụ án").replace("Ông Ba", "Trại giam Gia Trung"))

    assert run.mapping["head"] == 1
    assert [column["samples"] for column in run.mapping["columns"]][1] == ["Nguyễn Văn Mẫu"]


def test_no_column_is_called_optional(desk):
    page = desk.get(columns(paste(desk))).content.decode()

    assert "không bắt buộc" not in page


def test_a_list_of_notices_in_a_foreign_shape_is_matched_completed_and_loaded_once(anh, signed_in):
    client = signed_in(anh)
    heads = ["TT", "Họ tên phạm nhân", "Ngày, tháng, năm sinh", "", "Nơi về cư trú", "Hết án ngày", "SĐT người thân"]
    lines = [heads, ["", "", "Nam", "Nữ"], [1, "Trần Văn Mẫu", 1985, "", "Thôn Nam Tân", "20/09/2026", "0912345678"]]
    lines.append([2, "Lê Thị Mẫu", "", "02/03/1990", "Thôn Nam Hà", "21/09/2026", ""])
    text = "\n".join("\t".join(map(str, line)) for line in lines)

    for loaded in (2, 0):
        client.post(reverse("import-list"), {"uid": uuid4(), "kind": "notices", "cells": text})
        run = ImportRun.objects.order_by("pk").last()
        if run.state == "mapping":
            client.post(
                columns(run), {**proposed(run), "column_1": "notice.full_name", "column_5": "notice.completed_on"}
            )
            run.refresh_from_db()
        assert (run.errors, run.counts["Thông báo"]["create"]) == (0, loaded)
        client.post(reverse("import-detail", args=[run.pk]), {"do": "load"})

    he, she = Returnee.objects.order_by("completed_on")
    assert (he.sex, he.born_on, he.household_phone, he.hamlet) == ("male", "1985", "0912345678", "")
    assert (she.sex, she.born_on) == ("female", "1990-03-02")
    assert Notice.objects.count() == 2


def test_a_column_that_is_read_twice_or_no_name_is_told(desk):
    run = paste(desk)

    twice = desk.post(columns(run), {**proposed(run), "column_6": "person.born_on"}).content.decode()
    nameless = desk.post(columns(run), {**proposed(run), "column_1": ""}).content.decode()

    assert "Có cột khác cũng được đọc như vậy" in twice
    assert "Chưa có cột nào được đọc là họ và tên" in nameless
    assert not ColumnMapping.objects.exists()


def test_a_mapping_is_remembered_for_the_unit_and_offered_to_its_neighbour(desk, binh, signed_in):
    run = paste(desk)
    desk.post(columns(run), {**proposed(run), "column_6": ""})

    assert paste(desk).state == "checked"
    near = paste(signed_in(binh))

    assert near.state == "mapping"
    assert proposed(near)["column_6"] == ""
    assert near.mapping["lent_by"] == "Xã Nam Đà"


def test_a_cell_in_question_is_answered_with_one_choice(desk):
    run = paste(desk, PASTED.replace("\tNam\t", "\t\t").replace("Văn ", "Hoàng "))
    desk.post(columns(run), proposed(run))
    page = reverse("import-detail", args=[run.pk])
    text = desk.get(page).content.decode()
    assert "Ô nào cần chọn" in text
    assert "dòng hỏi ở dưới là ý nào" in text
    assert "dòng lỗi. Hãy sửa" not in text

    asked = {"do": "choose", "row": run.rows.get().pk, "field": "sex", "value": "Nữ"}
    desk.post(page, {**asked, "value": "Khác"})
    run.refresh_from_db()
    assert run.errors == 1
    desk.post(page, asked)

    run.refresh_from_db()
    assert run.errors == 0


def test_nothing_pasted_and_no_cells_are_told(desk):
    for text, words in (("", "Hãy chọn tệp hoặc dán các ô"), ("xin chào", "không phải các ô")):
        answer = desk.post(reverse("import-list"), {"uid": uuid4(), "kind": "register", "cells": text})
        assert words in answer.content.decode()


def test_an_administrator_adds_a_word_and_it_is_recognised(desk, em, signed_in):
    client = signed_in(em)
    sent = {"uid": uuid4(), "word": "Cán bộ kèm", "target": "person.aliases", "valid_from": f"{TODAY:%d/%m/%Y}"}
    client.post(reverse("rule-word-add"), sent)

    run = paste(desk, PASTED.replace("Người giám sát", "CÁN BỘ KÈM"))

    assert "Cán bộ kèm" in client.get(reverse("rule-word-list")).content.decode()
    assert proposed(run)["column_6"] == "person.aliases"
    edit = reverse("rule-word-edit", args=[HeadingSynonym.objects.get().pk])
    opened = client.get(edit).context["form"]["opened"].value()
    client.post(edit, {**sent, "opened": opened, "target": "", "valid_to": f"{TODAY:%d/%m/%Y}"})
    assert HeadingSynonym.objects.get().target == ""
