"""Ways of writing met in registers: several things in one cell, one thing in several, and whoever stands last."""

import pytest

from cases.importing import register
from cases.importing.columns import BY_NAME, JUDGMENTS
from cases.importing.source import UnmappedError
from cases.lib import sentence_text
from tests.books import PERSON, book, check, errors, raw

HEADS = ["STT", "Họ và tên", "Năm sinh", "Thôn", "Tội danh", "Mức án", "Ngày ra trại"]
FULL = [1, "Nguyễn Văn Hùng", 1985, "Thôn 1", "Đánh bạc", "12 tháng", "01/08/2025"]
SIGNED = [[None, "NGƯỜI LẬP SỔ", None, None, "TRƯỞNG CÔNG AN XÃ"], [None, "Trần Văn Trương", None, None, "Lê Văn Công"]]


def read(lines, by, **answers):
    file = raw({"Sổ": lines})
    said = {register.EVERY: {register.EVERY: answers}}
    with pytest.raises(UnmappedError) as unmapped:
        check(file, by)
    return check(file, by, mapping=unmapped.value.mapping, corrections=said)


def with_cell(place, cell):
    return [HEADS, [*FULL[:place], cell, *FULL[place + 1 :]]]


def test_every_kind_of_penalty_in_words_is_one_the_register_has():
    kinds = {kind for kind, _words in sentence_text._KINDS}

    assert kinds <= set(JUDGMENTS.by_field["main_penalty"].choices.values())


@pytest.mark.parametrize(
    ("typed", "kind", "months"),
    [
        ("24 tháng án treo", "suspended_prison", 24),
        ("Án treo", "suspended_prison", None),
        ("36", "prison", 36),
        ("03 (ba) năm tù", "prison", 36),
        ("Ba năm sáu tháng tù", "prison", 42),
        ("Chung thân", "life", None),
    ],
)
def test_a_sentence_is_read_as_it_is_written(an, typed, kind, months):
    (judgment,) = read(with_cell(5, typed), an).rows["Bản án"]

    assert (judgment["main_penalty"], judgment["months"], judgment.bad) == (kind, months, False)


def test_what_is_proposed_is_told_at_a_column_of_its_own_sheet(an):
    found = read([HEADS, FULL], an)

    told = {(said.sheet, said.column) for said in found.messages if said.sheet in BY_NAME}
    assert ("Bản án", "Ngày xong hình phạt chính") in told
    assert [each for each in told if each[1] not in {column.header for column in BY_NAME[each[0]].columns}] == []


def test_a_number_that_may_be_years_or_months_is_asked_about(an):
    (judgment,) = read(with_cell(5, "24"), an).rows["Bản án"]

    assert dict(judgment.asked)["cell:main_penalty"] == [["24 tháng", "24 tháng"], ["24 năm", "24 năm"]]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("3 năm 6 tháng 15 ngày", ["42 tháng", "43 tháng"]),
        ("5 tháng 12 ngày án treo", ["5 tháng án treo", "6 tháng án treo"]),
    ],
)
def test_a_term_with_odd_days_asks_for_the_month_and_reads_what_is_chosen(an, typed, offered):
    (judgment,) = read(with_cell(5, typed), an).rows["Bản án"]
    assert dict(judgment.asked)["cell:main_penalty"] == [[each, each] for each in offered]

    for each in offered:
        (chosen,) = read(with_cell(5, each), an).rows["Bản án"]
        assert (chosen["months"], chosen.bad) == (int(each.split()[0]), False)


@pytest.mark.parametrize(
    ("typed", "offered", "kept"),
    [
        ("18 tháng án treo, thử thách 36 tháng", "18 tháng án treo", ("suspended_prison", 18)),
        ("phạt tiền 20 triệu", "Phạt tiền", ("fine", None)),
    ],
)
def test_what_a_judgment_has_no_place_for_is_asked_about_and_the_rest_is_one_choice(an, typed, offered, kept):
    (judgment,) = read(with_cell(5, typed), an).rows["Bản án"]
    assert dict(judgment.asked)["cell:main_penalty"] == [[offered, offered]]

    (chosen,) = read(with_cell(5, offered), an).rows["Bản án"]
    assert ((chosen["main_penalty"], chosen["months"]), chosen.bad) == (kept, False)


SEVERAL = [
    ("phạt tiền 20 triệu và 3 năm tù", ("prison", 36), {"fine"}),
    ("3 năm tù, quản chế 2 năm, tịch thu tài sản", ("prison", 36), {"residence_control", "confiscation"}),
    ("24 tháng án treo, thử thách 48 tháng, phạt tiền 10 triệu", ("suspended_prison", 24), {"fine"}),
    ("phạt tiền 20 triệu, cấm hành nghề 1 năm", ("fine", None), {"post_ban"}),
]


@pytest.mark.parametrize(("typed", "kept", "beside"), SEVERAL)
def test_several_penalties_in_one_cell_are_one_choice_and_each_finds_its_place(an, typed, kept, beside):
    (judgment,) = read(with_cell(5, typed), an).rows["Bản án"]
    ((offered, _same),) = dict(judgment.asked)["cell:main_penalty"]

    (chosen,) = read(with_cell(5, offered), an).rows["Bản án"]

    assert ((chosen["main_penalty"], chosen["months"]), chosen.bad) == (kept, False)
    assert {part.kind for part in chosen.about.parts if hasattr(part, "done_on")} - {"court_fee"} == beside


def test_several_penalties_without_amount_or_time_ask_nothing_and_two_main_ones_are_named(an):
    (judgment,) = read(with_cell(5, "3 năm tù và phạt tiền"), an).rows["Bản án"]
    (two,) = read(with_cell(5, "2 năm tù và 3 năm tù"), an).rows["Bản án"]

    assert (judgment["months"], judgment["additional"], judgment.bad) == (36, "phạt tiền", False)
    assert any("Hai hình phạt chính" in said.text for said in two.messages)


def test_every_additional_penalty_of_a_cell_is_kept_and_what_has_no_place_is_told(an):
    row = {"Mã hồ sơ": "HS-1", "Tội danh": "Trộm", "Hình phạt chính": "Tù có thời hạn", "Số tháng": 12}
    cell = {"Hình phạt bổ sung": "Quản chế 2 năm; phạt tiền 10 triệu", "Ngày xong hình phạt bổ sung": "01/09/2026"}
    found = check(book(people=[PERSON], judgments=[{**row, **cell}]), an)

    (judgment,) = found.rows["Bản án"]
    assert {part.kind for part in judgment.about.parts if hasattr(part, "done_on")} >= {"residence_control", "fine"}
    assert {said.column for said in judgment.messages} == {*cell}


@pytest.mark.parametrize(
    "typed", ["03 (bốn) năm tù", "3 năm (24 tháng)", "mười năm tháng", "ba năm tù, đã giảm 6 tháng"]
)
def test_a_sentence_that_reads_in_two_ways_is_asked_about(an, typed):
    found = read(with_cell(5, typed), an)

    assert errors(found) == [("Bản án", 2, "Hình phạt chính")]


def test_words_behind_a_day_are_kept_in_the_note(an):
    (person,) = read(with_cell(6, "01/08/2025 (QĐ 12)"), an).rows["Người"]

    assert (f"{person['completed_on']}", person["note"]) == ("2025-08-01", "Ngày chấp hành xong: 01/08/2025 (QĐ 12)")


def test_a_short_year_of_birth_is_read_where_it_means_one_year_and_asked_about_where_two(an):
    (plain,) = read(with_cell(2, "85"), an).rows["Người"]
    (asked,) = read(with_cell(2, "12"), an).rows["Người"]

    assert (plain["born_on"], plain.bad) == ("1985", False)
    assert dict(asked.asked)["cell:born_on"] == [["1912", "1912"], ["2012", "2012"]]


def test_an_offence_and_its_sentence_in_one_column_part(an):
    heads = ["STT", "Họ và tên", "Năm sinh", "Thôn", "Tội danh, mức án", "Ngày ra trại"]
    (judgment,) = read([heads, [1, "Lê Văn An", 1985, "Thôn 1", "Đánh bạc, 12 tháng tù", "1/8/2025"]], an).rows[
        "Bản án"
    ]

    assert (judgment["offence"], judgment["main_penalty"], judgment["months"]) == ("Đánh bạc", "prison", 12)


def test_the_article_of_an_older_code_is_no_article_of_the_code_in_force(an):
    (judgment,) = read(with_cell(4, "Trộm cắp (Điều 138 BLHS 1999)"), an).rows["Bản án"]

    assert (judgment["offence"], judgment["article"]) == ("Trộm cắp (Điều 138 BLHS 1999)", None)


def test_a_birth_in_three_columns_is_one_day(an):
    heads = [["STT", "Họ và tên", "Ngày, tháng, năm sinh", None, None, "Giới tính", "Ngày ra trại"]]
    heads += [[None, None, "Ngày", "Tháng", "Năm", None, None]]
    rows = [
        [1, "Nguyễn Văn Hùng", 12, 5, 1985, "Nam", "01/08/2025"],
        [2, "Lê Thị Mỹ Duyên", None, 11, 1990, "Nữ", "01/08/2025"],
        [3, "Trần Thị Thu Hằng", "-", "-", 1991, "Nữ", "01/08/2025"],
    ]

    found = read([*heads, *rows], an)

    assert [row["born_on"] for row in found.rows["Người"]] == ["1985-05-12", "1990-11", "1991"]
    assert errors(found) == []


def test_another_name_goes_to_its_column_and_other_words_to_the_note(an):
    lines = [HEADS, *[[1, name, *FULL[2:]] for name in ("Nguyễn Văn Hùng tức Tí", "Lê Văn Thắng (về từ 2024)")]]

    asked = read(lines, an)
    first, second = read(lines, an, names="converted").rows["Người"]

    assert [dict(row.asked).keys() for row in asked.rows["Người"]] == [{"names"}] * 2
    assert (first["full_name"], first["aliases"]) == ("Nguyễn Văn Hùng", "Tí")
    assert (second["full_name"], second["note"]) == ("Lê Văn Thắng", "Họ và tên: về từ 2024")


@pytest.mark.parametrize("gap", [[], [[]]], ids=["next row", "after a blank row"])
def test_whoever_stands_last_without_a_number_is_a_person_and_who_signs_is_none(an, gap):
    found = read([HEADS, FULL, *gap, [None, "Trương Thị Công", None, "Thôn 5"], *SIGNED], an)

    assert [row["full_name"] for row in found.rows["Người"]] == ["Nguyễn Văn Hùng", "Trương Thị Công"]
    assert {column for name, _row, column in errors(found) if name == "Người"} == {"Ngày sinh", "Ngày chấp hành xong"}
    assert any("NGƯỜI LẬP SỔ" in said.text for said in found.messages)
