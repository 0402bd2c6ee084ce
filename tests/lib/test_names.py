import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.lib import names

name = st.lists(st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy'", min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Tra62n  Thij Hoaf", "tran thi hoa"),
        ("Lý Quí", "li qui"),
        ("H’Bia Niê", "hbia nie"),
        ("H Bia Niê", "hbia nie"),
        ("K' Tiêng", "ktieng"),
        ("Y-Thương", "ythuong"),
        ("K Sor", "ksor"),
        ("Giàng A Sang", "giang a sang"),
        ("N. V. Hùng", "n v hung"),
        ("", ""),
    ],
)
def test_the_key_of_a_name_is_the_same_for_its_spellings(typed, key):
    assert names.search_key(typed) == key


@pytest.mark.parametrize(
    "other",
    ["Nguyễn Văn Hùng", "nguyen van hung", "Nguyeenx Vawn Hufng", "Hùng Nguyễn Văn", "Nguyễn Hùng", "Nguyễn Văn Hùg"],
)
def test_the_same_name_is_likely_and_shares_a_key(other):
    assert names.likeness("Nguyễn Văn Hùng", other) >= 0.9
    assert names.keys("Nguyễn Văn Hùng") & names.keys(other)


@pytest.mark.parametrize(
    "other", ["Nguyễn Văn Hưng", "Nguyễn Văn Dũng", "Nguyễn Thị Hùng", "Trần Văn Hùng", "Hùng", ""]
)
def test_another_name_is_not_likely(other):
    assert names.likeness("Nguyễn Văn Hùng", other) < 0.85


@given(name)
def test_a_name_is_wholly_like_itself(given_name):
    if names.words(given_name):
        assert names.likeness(given_name, given_name) == 1


@given(name, name)
def test_likeness_is_the_same_from_both_sides(one, other):
    assert names.likeness(one, other) == pytest.approx(names.likeness(other, one))
    assert 0 <= names.likeness(one, other) <= 1


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_taken(one, other):
    assert 0 <= names.likeness(one, other) <= 1
    assert all(0 < len(key) <= names.KEY_LENGTH for key in names.keys(one))


@given(name, st.randoms())
def test_a_whole_key_is_the_same_in_any_order(given_name, dice):
    parts = [word.plain for word in names.words(given_name) if len(word.plain) > 1]
    mixed = dice.sample(parts, len(parts))

    assert names.full_key(" ".join(parts)) == names.full_key(" ".join(mixed))


@pytest.mark.parametrize(
    ("one", "other"), [("hung", "hun"), ("hung", "hungg"), ("hung", "hugn"), ("hung", "hing"), ("", "a")]
)
def test_one_slip_is_one_letter_more_less_other_or_swapped(one, other):
    assert names.one_slip(one, other)
    assert names.one_slip(other, one)


@pytest.mark.parametrize(("one", "other"), [("hung", "hai"), ("hung", "gnuh"), ("hung", "hu")])
def test_more_than_one_slip_is_another_word(one, other):
    assert not names.one_slip(one, other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NGUYEENX VAWN DUNGX", "NGUYỄN VĂN DŨNG"),
        ("Tra62n Thi5 Hoa2", "Trần Thị Hòa"),
        ("Nguyễn Văn Dũng", "Nguyễn Văn Dũng"),
        ("K Sor", "K Sor"),
        ("H'Bia Niê", "H'Bia Niê"),
    ],
)
def test_what_was_meant_is_offered_only_where_signs_of_telex_or_vni_stand(typed, meant):
    assert names.as_meant(typed) == meant
