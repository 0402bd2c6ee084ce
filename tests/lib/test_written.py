"""Cells as people fill them in: terms, offences, phones, names, short years."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.lib import written
from cases.lib.name_text import guess_sex, parse_name
from cases.lib.sentence_text import (
    FINE,
    LIFE,
    NON_CUSTODIAL,
    PRISON,
    SUSPENDED,
    OffenceText,
    Penalties,
    Term,
    main_part,
    months_beside,
    parse_offence,
    parse_penalties,
    parse_term,
    split_term,
)
from cases.lib.text import fold

TERMS = {
    "36 tháng": Term(PRISON, 36),
    "24T": Term(PRISON, 24),
    "2 năm tù giam": Term(PRISON, 24),
    "07 năm": Term(PRISON, 84),
    "3n6t": Term(PRISON, 42),
    "Tù": Term(PRISON),
    "Chung thân": Term(LIFE),
    "18 tháng tù cho hưởng án treo": Term(SUSPENDED, 18),
    "24 tháng cải tạo không giam giữ": Term(NON_CUSTODIAL, 24),
    "Ba năm tù": Term(PRISON, 36),
    "ba năm sáu tháng tù": Term(PRISON, 42),
    "03 (ba) năm tù": Term(PRISON, 36),
    "03(ba) năm 06 (sáu) tháng": Term(PRISON, 42),
    "36 (ba mươi sáu) tháng tù": Term(PRISON, 36),
    "03 năm (ba năm) tù giam": Term(PRISON, 36),
    "3 năm (36 tháng)": Term(PRISON, 36),
    "3 năm rưỡi": Term(PRISON, 42),
    "năm năm năm tháng": Term(PRISON, 65),
    "hai mươi lăm năm": Term(PRISON, 300),
    "ba nam tu": Term(PRISON, 36),
    "18 thg tù giam": Term(PRISON, 18),
    "hai mươi tư tháng (án treo)": Term(SUSPENDED, 24),
}


@pytest.mark.parametrize("typed", TERMS)
def test_a_sentence_in_words_is_a_penalty_and_its_months(typed):
    assert parse_term(typed) == TERMS[typed]


UNREAD = ["36", "3,5 năm", "2 năm 15 ngày", "0 tháng", "chung thân 3 năm", "x", "", "2 năm 2 năm", "từ 3 năm"]
UNREAD += ["03 (bốn) năm", "3 năm (24 tháng)", "mười năm tháng", "3 năm 14 tháng", "từ ba năm", "mười", "361 tháng"]


@pytest.mark.parametrize("typed", UNREAD)
def test_what_reads_in_no_or_several_ways_is_no_sentence(typed):
    with pytest.raises(ValueError):
        parse_term(typed)


DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()


def in_words(number):
    """As a court writes it: 5 is "lăm" behind a ten."""
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "mười"}.get(tens, f"{DIGITS[tens]} mươi")
    one = "" if tens and not ones else "lăm" if tens and ones == 5 else DIGITS[ones]
    return f"{ten} {one}".strip()


@settings(max_examples=80)
@given(
    st.integers(1, 29),
    st.integers(1, 11),
    st.sampled_from(
        ["{0} năm {1} tháng tù", "{2:02d} ({0}) năm {3:02d} ({1}) tháng", "{2} năm {3} tháng ({0} năm {1} tháng)"]
    ),
    st.sampled_from([str, str.upper, fold]),
)
def test_a_term_in_words_is_the_one_in_figures(years, months, form, typing):
    typed = typing(form.format(in_words(years), in_words(months), years, months))

    assert parse_term(typed) == Term(PRISON, 12 * years + months)


def test_of_a_term_with_odd_days_the_whole_months_around_it_are_told():
    assert months_beside("3 năm 6 tháng 15 ngày") == (PRISON, [42, 43])
    assert months_beside("5 tháng 12 ngày án treo") == (SUSPENDED, [5, 6])
    assert months_beside("20 ngày") == (PRISON, [1])
    with pytest.raises(ValueError):
        months_beside("3 năm 6 tháng")


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("18 tháng án treo, thử thách 36 tháng", Term(SUSPENDED, 18)),
        ("2 năm tù cho hưởng án treo, thời gian thử thách là bốn năm", Term(SUSPENDED, 24)),
        ("Phạt tiền 20.000.000 đồng", Term(FINE)),
        ("phạt tiền 20 triệu", Term(FINE)),
    ],
)
def test_the_main_part_of_a_sentence_is_told_without_probation_and_amount(typed, part):
    assert main_part(typed) == part


@pytest.mark.parametrize(
    "typed",
    [
        "phạt tiền 20 triệu và 3 năm tù",
        "từ 18 tháng án treo, thử thách 36 tháng",
        "18 tháng tù, thử thách 36 tháng",
        "18 tháng án treo",
    ],
)
def test_where_more_stands_in_it_than_probation_or_amount_no_part_is_told(typed):
    with pytest.raises(ValueError):
        main_part(typed)


@pytest.mark.parametrize(
    ("typed", "main", "beside", "is_whole"),
    [
        ("phạt tiền 20 triệu và 3 năm tù", Term(PRISON, 36), ("phạt tiền",), False),
        ("3 năm tù, quản chế 2 năm", Term(PRISON, 36), ("quản chế",), False),
        ("7 năm tù và 2 năm quản chế", Term(PRISON, 84), ("quản chế",), False),
        ("tù 2 năm 6 tháng kèm phạt tiền", Term(PRISON, 30), ("phạt tiền",), True),
        ("án treo 18 tháng, thử thách 36 tháng, phạt tiền 10 triệu", Term(SUSPENDED, 18), ("phạt tiền",), False),
        ("24T, cấm hành nghề lái xe 3 năm, quản chế", Term(PRISON, 24), ("cấm đảm nhiệm chức vụ", "quản chế"), False),
        ("3 năm tù, phạt tiền, đã nộp", Term(PRISON, 36), ("phạt tiền",), False),
        ("Phạt tiền 20 triệu đồng, tịch thu tài sản", Term(FINE), ("tịch thu tài sản",), False),
    ],
)
def test_a_main_penalty_and_others_beside_it_are_told_apart(typed, main, beside, is_whole):
    assert parse_penalties(typed) == Penalties(main, beside, is_whole)


@pytest.mark.parametrize("typed", ["2 năm tù và 3 năm tù", "từ 3 năm tù và phạt tiền", "quản chế 2 năm", "3 năm tù"])
def test_where_no_main_penalty_stands_or_two_none_is_told_apart(typed):
    with pytest.raises(ValueError):
        parse_penalties(typed)


def test_an_offence_with_several_penalties_behind_it_parts_before_the_first():
    for term in ("phạt tiền 20 triệu và 3 năm tù", "3 năm tù, quản chế 2 năm", "phạt tiền 20 triệu"):
        assert split_term(f"Đánh bạc, {term}") == ("Đánh bạc", term)
    assert split_term("Trộm cắp tài sản 3 năm tù, quản chế 2 năm") == ("Trộm cắp tài sản", "3 năm tù, quản chế 2 năm")


@settings(max_examples=60)
@given(
    st.integers(1, 29),
    st.integers(1, 11),
    st.sampled_from(["{} năm {} tháng", "{}n{}t", "{:02d} năm {:02d} tháng tù", "{} Năm, {} tháng"]),
)
def test_years_and_months_are_counted(years, months, form):
    assert parse_term(form.format(years, months)) == Term(PRISON, 12 * years + months)


OFFENCES = {
    "Trộm cắp tài sản (Đ173)": OffenceText("Trộm cắp tài sản", "173"),
    "Cố ý gây thương tích, Đ 134": OffenceText("Cố ý gây thương tích", "134"),
    "173 BLHS": OffenceText("", "173"),
    "k1 Đ173": OffenceText("", "173", 1),
    "Đánh bạc - khoản 2 Điều 321 Bộ luật Hình sự": OffenceText("Đánh bạc", "321", 2),
    "điểm a khoản 2 Điều 173": OffenceText("", "173", 2),
    "Giết người (Đ123), cướp (Đ168)": OffenceText("Giết người (Đ123), cướp (Đ168)"),
    "VP QĐ về ĐKPTGTĐB": OffenceText("VP QĐ về ĐKPTGTĐB"),
    "Trộm cắp tài sản theo khoản 1 Điều 173": OffenceText("Trộm cắp tài sản", "173", 1),
    "Đánh bạc quy định tại Điều 321 BLHS": OffenceText("Đánh bạc", "321"),
    "Vi phạm QĐ 12": OffenceText("Vi phạm QĐ 12"),
    "Đánh bạc k1Đ321": OffenceText("Đánh bạc", "321", 1),
    "Điều 138 BLHS 1999": OffenceText("Điều 138 BLHS 1999"),
    "Trộm cắp (Điều 138 Bộ luật Hình sự năm 1999)": OffenceText("Trộm cắp (Điều 138 Bộ luật Hình sự năm 1999)"),
}


@pytest.mark.parametrize("typed", OFFENCES)
def test_an_article_beside_an_offence_is_told_apart(typed):
    assert parse_offence(typed) == OFFENCES[typed]


IN_ONE_CELL = {
    "Trộm cắp tài sản, 24 tháng tù": ("Trộm cắp tài sản", "24 tháng tù"),
    "Đánh bạc - 12 tháng": ("Đánh bạc", "12 tháng"),
    "Cố ý gây thương tích (03 năm)": ("Cố ý gây thương tích", "03 năm"),
    "Đánh bạc, Trộm cắp tài sản": ("Đánh bạc, Trộm cắp tài sản", ""),
    "24 tháng tù": ("24 tháng tù", ""),
    "Đánh bạc, ba năm tù": ("Đánh bạc", "ba năm tù"),
    "Tổ chức đánh bạc 03 (ba) năm tù": ("Tổ chức đánh bạc", "03 (ba) năm tù"),
    "Giết người - tù chung thân": ("Giết người", "tù chung thân"),
    "Đánh tháo người đang chấp hành án phạt tù": ("Đánh tháo người đang chấp hành án phạt tù", ""),
    "Hiếp dâm người dưới 16 tuổi": ("Hiếp dâm người dưới 16 tuổi", ""),
    "Đánh bạc năm 2020": ("Đánh bạc năm 2020", ""),
}


@pytest.mark.parametrize("typed", IN_ONE_CELL)
def test_a_sentence_behind_an_offence_is_told_apart(typed):
    assert split_term(typed) == IN_ONE_CELL[typed]


DAYS_WITH_WORDS = {
    "01/9/2025 (đặc xá)": ("01/9/2025", "đặc xá"),
    "1-8-2025.": ("1-8-2025", ""),
    "1985(40 tuổi)": ("1985", "40 tuổi"),
    "01 / 08 / 2025, QĐ 12": ("01/08/2025", "QĐ 12"),
}


@pytest.mark.parametrize("typed", DAYS_WITH_WORDS)
def test_words_behind_a_day_are_told_apart(typed):
    assert written.split_day(typed) == DAYS_WITH_WORDS[typed]


@pytest.mark.parametrize(
    "typed", ["01/8/2025 - 05/8/2025", "01/8/2025 (dự kiến)", "1985-1986", "01/8/2025?", "trước 01/8/2025", "01/8", "x"]
)
def test_a_day_in_doubt_or_one_of_two_is_not_parted(typed):
    with pytest.raises(ValueError):
        written.split_day(typed)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [("sn 1985", "1985"), ("Sinh năm: 1985", "1985"), ("0/0/1985", "1985"), ("…/5/1985", "5/1985"), ("x", "x")],
)
def test_a_birth_is_freed_of_what_says_nothing(typed, plain):
    assert written.tidy_birth(typed) == plain


PHONES = {
    "0912345678 / 0987654321": (["0912345678", "0987654321"], ""),
    "0912 345 678 (vợ)": (["0912345678"], "vợ"),
    "01234567890": (["0834567890"], ""),
    "O912345678": (["0912345678"], ""),
    "912345678": (["0912345678"], ""),
    "0912345678-0987654321": (["0912345678", "0987654321"], ""),
    "113": ([], "113"),
}


@pytest.mark.parametrize("typed", PHONES)
def test_every_phone_in_a_cell_is_found(typed):
    assert written.phones(typed) == PHONES[typed]


@pytest.mark.parametrize("typed", ["-", "không có", "Chưa có", "…", "chưa trình diện", " . ", "Ko"])
def test_a_cell_may_say_that_there_is_nothing(typed):
    assert written.is_nothing(typed)


@pytest.mark.parametrize("typed", ["0", "Kinh", "x", "Không rõ họ", "M'Nông"])
def test_other_words_say_something(typed):
    assert not written.is_nothing(typed)


def test_a_short_year_is_read_between_two_days():
    born = written.parse_short_day("12/5/15", earliest=date(1912, 1, 1), latest=date(2016, 12, 31))

    assert born == [date(1915, 5, 12), date(2015, 5, 12)]
    assert written.parse_short_day("01/9/25", earliest=date(1945, 9, 2), latest=date(2045, 9, 1)) == [date(2025, 9, 1)]


@given(st.integers(1920, 2030))
def test_a_year_typed_into_a_date_cell_is_found_again(year):
    day = date.fromordinal(date(1899, 12, 30).toordinal() + year)

    assert written.year_in_date_cell(day) == year


NAMES = {
    "ông Nguyễn Văn Dũng": ("Nguyễn Văn Dũng", None),
    "Nguyễn Văn Dũng (sn 1996)": ("Nguyễn Văn Dũng", 1996),
    "Nguyễn Văn Dũng 1985": ("Nguyễn Văn Dũng", 1985),
    "Nguyễn Văn Dũng 😀": ("Nguyễn Văn Dũng", None),
    "1. NGUYỄN THỊ LAN": ("Nguyễn Thị Lan", None),
    "Anh Tú": ("Anh Tú", None),
    "H’BIA ÊBAN": ("H'Bia Êban", None),
}


@pytest.mark.parametrize("typed", NAMES)
def test_a_name_is_freed_of_what_is_no_name(typed):
    found = parse_name(typed)

    assert (found.capitals, found.year) == NAMES[typed]


@pytest.mark.parametrize(
    ("typed", "name", "also", "beside"),
    [
        ("Nguyễn Văn An (Tèo)", "Nguyễn Văn An", "", "Tèo"),
        ("Nguyễn Văn An tức Tí", "Nguyễn Văn An", "Tí", ""),
        ("Lê Văn Tám (1985), bí danh Ba Tám", "Lê Văn Tám", "Ba Tám", ""),
        ("Trần Thị Lan - Thôn 3", "Trần Thị Lan", "", "Thôn 3"),
        ("Y Bhăm Niê", "Y Bhăm Niê", "", ""),
        ("Lê Thị Mỹ-Duyên", "Lê Thị Mỹ-Duyên", "", ""),
    ],
)
def test_another_name_and_words_beside_a_name_are_told_apart(typed, name, also, beside):
    found = parse_name(typed)

    assert (found.name, found.also, found.beside) == (name, also, beside)


def test_names_tell_the_sex_or_nothing():
    assert [guess_sex(name) for name in ("Trần Thị Lan", "H’Bia Êban")] == ["female"] * 2
    assert [guess_sex(name) for name in ("Nguyễn Văn Hùng", "Y Thương Niê", "Giàng A Páo", "K’Tiêng")] == ["male"] * 4
    assert [guess_sex(name) for name in ("Phạm Hoàng Anh", "Bùi Quốc Huy", "")] == [None] * 3
