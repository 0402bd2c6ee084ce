import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib import text

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]  # ngang huyền hỏi ngã sắc nặng
WORD = st.text(alphabet=LETTERS, min_size=1, max_size=6)
names = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def toned(letter, tone):
    return unicodedata.normalize("NFC", letter + tone)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Nguyễn   Thị Đào ", "nguyen thi dao"),
        ("ĐỖ VĂN ỔI", "do van oi"),
        ("H'Bia", "hbia"),
        ("H’Bia", "hbia"),
        ("HʼBia", "hbia"),
        ("Ðặng", "dang"),
        ("Nâm\u00a0N'Đir", "nam ndir"),
        ("Hòa", "hoa"),
        ("Hoà", "hoa"),
        ("Thuỷ", "thuy"),
        ("", ""),
    ],
)
def test_fold_leaves_only_what_a_search_needs(typed, folded):
    assert text.fold(typed) == folded


@given(st.text(max_size=60))
def test_fold_is_the_same_for_any_spelling_of_the_same_letters(typed):
    assert text.fold(unicodedata.normalize("NFD", typed)) == text.fold(typed)


@given(st.text(max_size=60) | names, st.booleans())
def test_a_text_with_nothing_to_clean_is_left_as_the_cleaning_would_leave_it(typed, lines):
    assert text.clean(typed, lines=lines) == text._cleaned(typed, lines)


@given(st.text(max_size=60))
def test_fold_and_match_key_change_nothing_the_second_time(typed):
    assert text.fold(text.fold(typed)) == text.fold(typed)
    assert text.match_key(text.match_key(typed)) == text.match_key(typed)


@given(names)
def test_fold_of_a_vietnamese_name_is_plain_ascii(name):
    assert text.fold(name.upper()).replace(" ", "").isascii()
    assert text.fold(name.upper()) == text.fold(name)


@pytest.mark.parametrize(("one", "other"), [("Lý", "Lí"), ("Mỹ Kỳ", "Mĩ Kì"), ("Quý", "Quí"), ("Quỳnh", "Quình")])
def test_match_key_takes_i_and_y_as_one_where_both_are_written(one, other):
    assert text.match_key(one) == text.match_key(other)


@pytest.mark.parametrize(("one", "other"), [("Thủy", "Thủi"), ("Thay", "Thai"), ("Y Thương", "I Thương")])
def test_match_key_keeps_y_apart_where_it_is_another_sound(one, other):
    assert text.match_key(one) != text.match_key(other)


@given(names, st.integers(1, 30))
def test_match_key_of_a_beginning_is_the_beginning_of_the_match_key(name, length):
    beginning = text.fold(name)[:length].rstrip()

    assert text.match_key(name).startswith(text.match_key(beginning))


def test_normalise_name_composes_letters_and_tidies_spaces():
    assert text.normalise_name(" Nguye\u0302\u0303n \t Va\u0306n\u200b  A ") == "Nguyễn Văn A"


def test_normalise_name_writes_one_apostrophe():
    assert text.normalise_name("H’Bia Niê") == text.normalise_name("H'Bia Niê") == "H'Bia Niê"


@given(st.text(max_size=60))
def test_normalise_name_is_settled_after_once(typed):
    name = text.normalise_name(typed)

    assert text.normalise_name(name) == name
    assert unicodedata.is_normalized("NFC", name)


def test_sort_key_orders_a_list_as_vietnam_does():
    ordered = [
        "Lê An",
        "Trần Ánh",
        "Lê Ạnh",
        "Võ Ân",
        "Lê Dũng",
        "A Đào",
        "Lê Đỗ",
        "Lê Hoa",
        "Lê Hòa",
        "Vũ Hòa",
        "Đỗ Ổi",
    ]
    keys = [text.sort_key(name) for name in ordered]

    assert keys == sorted(set(keys))


def test_sort_key_takes_the_given_name_then_the_surname_then_the_middle_names():
    ordered = ["Đinh Văn An", "Lê Thị An", "Lê Văn An", "An Bình"]
    keys = [text.sort_key(name) for name in ordered]

    assert keys == sorted(set(keys))


def test_sort_key_follows_the_alphabet_before_the_tone():
    keys = [text.sort_key(letter + tone) for letter in LETTERS for tone in (TONES[0], TONES[5])]

    assert keys == sorted(set(keys))


@given(st.sampled_from("aăâeêioôơuưy"), st.lists(st.sampled_from(TONES), min_size=2, max_size=2, unique=True))
def test_sort_key_follows_the_order_of_tones(vowel, pair):
    lower, higher = sorted(pair, key=TONES.index)

    assert text.sort_key(toned(vowel, lower)) < text.sort_key(toned(vowel, higher))


def test_sort_key_does_not_mind_where_the_tone_stands():
    assert text.sort_key("Hoà Thuỷ") == text.sort_key("hòa thủy")


@given(st.text(max_size=80))
def test_sort_key_has_only_signs_that_every_database_sorts_alike(typed):
    key = text.sort_key(typed)

    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789")
    assert len(key) <= 4 * len(unicodedata.normalize("NFC", typed))


@given(names, names)
def test_a_shorter_given_name_sorts_before_the_longer_one_it_begins(name, rest):
    given_name, longer = name.split()[-1], name.split()[-1] + rest.split()[0]

    assert text.sort_key(f"{rest} {given_name}") < text.sort_key(longer)


def test_excerpt_cuts_between_words():
    assert text.excerpt("Gia đình khó khăn, cần vay vốn", 20) == "Gia đình khó khăn…"
    assert text.excerpt("một\nhai", 20) == "một hai"
    assert text.excerpt("abcdefghij", 5) == "abcd…"


@given(st.text(max_size=80), st.integers(1, 40))
def test_excerpt_is_never_longer_than_asked(typed, length):
    assert len(text.excerpt(typed, length)) <= length
